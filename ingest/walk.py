"""Find the files to read in files and folders."""

from collections.abc import Iterator, Sequence
from pathlib import Path

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".txt", ".zip"})


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named in `paths`, and those of known suffixes in the folders named there, each once, in stable order.

    Hidden files and folders, and links that lead out of the folder, are skipped; a file that is named is always given.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _in_folder(path, path.resolve()) if path.is_dir() else (path,):
            if (resolved := found.resolve()) not in seen:
                seen.add(resolved)
                yield found


def _in_folder(folder: Path, root: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith("."):
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _in_folder(path, root)
        elif path.is_file() and path.suffix.lower() in SUFFIXES:
            yield path
