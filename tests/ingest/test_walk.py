"""Which files are found."""

from pathlib import Path

import pytest

from ingest.walk import find_files


def names(found: list[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in found]


def test_folders_are_searched_in_stable_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.PDF", "a.docx", "c.html", "d.md", "bild.png", ".dold.txt", ".git/x.txt", "b/.x/y.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert names(list(find_files([tmp_path])), tmp_path) == ["a.docx", "b/1.PDF", "b/2.txt", "c.html", "d.md"]


def test_a_named_file_is_always_given_and_only_once(tmp_path: Path) -> None:
    odd = tmp_path / "rapport.bin"
    odd.touch()
    text = tmp_path / "a.txt"
    text.touch()
    missing = tmp_path / "saknas.pdf"
    assert list(find_files([odd, text, tmp_path, missing])) == [odd, text, missing]


def test_links_out_of_the_folder_are_skipped(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "hemlig.txt").touch()
    (inside / "egen.txt").touch()
    try:
        (inside / "lank.txt").symlink_to(outside / "hemlig.txt")
        (inside / "mapp").symlink_to(outside)
        (inside / "slinga").symlink_to(inside)
    except OSError:
        pytest.skip("links cannot be made here")
    assert names(list(find_files([inside])), inside) == ["egen.txt"]
