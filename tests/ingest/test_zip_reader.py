"""Archives of reports."""

import zipfile
from pathlib import Path

import pytest

from ingest import zip_reader
from ingest.errors import IngestError
from ingest.zip_reader import safe_name, unpack


def bundle(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_members_of_known_kinds_are_unpacked_one_by_one(tmp_path: Path) -> None:
    files = {
        "2021/Parker å lek.txt": b"lek",
        "bild.png": b"x",
        "__MACOSX/._a.txt": b"x",
        ".dold.txt": b"x",
        "b.PDF": b"pdf",
    }
    archive = bundle(tmp_path / "arkiv.zip", files)
    found = [(m.name, m.path.read_bytes() if m.path else None, m.error) for m in unpack(archive, tmp_path / "ut")]
    assert found == [("2021/Parker å lek.txt", b"lek", None), ("b.PDF", b"pdf", None)]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\temp\\a.txt", "C_/temp/a.txt"),
        ("a\x00\n.txt", "a.txt"),
        ("..", "namnlös"),
    ],
)
def test_names_stay_in_the_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    archive = bundle(tmp_path / "arkiv.zip", {"../../ute.txt": b"x", "/rot.txt": b"y"})
    target = tmp_path / "a" / "b"
    paths = [member.path for member in unpack(archive, target)]
    assert all(path and path.resolve().is_relative_to(target.resolve()) for path in paths)
    assert not (tmp_path / "ute.txt").exists()


def test_same_names_do_not_meet(tmp_path: Path) -> None:
    archive = bundle(tmp_path / "arkiv.zip", {"x/a.txt": b"1", "y/a.txt": b"2"})
    assert [m.path.read_bytes() for m in unpack(archive, tmp_path / "ut") if m.path] == [b"1", b"2"]


def test_an_archive_in_an_archive_is_refused_and_the_rest_read(tmp_path: Path) -> None:
    archive = bundle(tmp_path / "arkiv.zip", {"inre.zip": b"PK", "a.txt": b"1"})
    inner, text = unpack(archive, tmp_path / "ut")
    assert inner.path is None
    assert inner.error is not None
    assert (inner.error.kind, str(inner.error)) == (
        "unsupported", "inre.zip i arkiv.zip är ett zip-arkiv i ett zip-arkiv; packa upp det först.",
    )  # fmt: skip
    assert text.path is not None


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    archive = bundle(tmp_path / "arkiv.zip", {"a.txt": b" " * 20_000_000})
    with pytest.raises(IngestError, match="sväller") as caught:
        list(unpack(archive, tmp_path / "ut"))
    assert caught.value.kind == "too_large"


def test_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = bundle(tmp_path / "arkiv.zip", {"a.txt": b"12345", "b.txt": b"1"})
    monkeypatch.setattr(zip_reader, "MAX_MEMBER_BYTES", 4)
    first, second = unpack(archive, tmp_path / "ut")
    assert first.error is not None
    assert first.error.kind == "too_large"
    assert second.error is None
    monkeypatch.setattr(zip_reader, "MAX_MEMBERS", 1)
    with pytest.raises(IngestError, match="2 filer"):
        list(unpack(archive, tmp_path / "ut2"))


def test_damage_in_one_member_leaves_the_others(tmp_path: Path) -> None:
    archive = tmp_path / "arkiv.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.txt", b"MARKERAD")
        made.writestr("b.txt", b"hel")
    archive.write_bytes(archive.read_bytes().replace(b"MARKERAD", b"MARKERAT"))
    first, second = unpack(archive, tmp_path / "ut")
    assert first.error is not None
    assert (first.error.kind, first.path) == ("damaged", None)
    assert second.path is not None


def test_no_archive(tmp_path: Path) -> None:
    (tmp_path / "arkiv.zip").write_bytes(b"rubbish")
    with pytest.raises(IngestError) as caught:
        list(unpack(tmp_path / "arkiv.zip", tmp_path / "ut"))
    assert caught.value.kind == "damaged"
