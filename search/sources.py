"""The files that a run of ingest reads: those named, those in folders, and those in zip archives."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from filecmp import cmp
from hashlib import sha256
from pathlib import Path

from ingest.errors import IngestError
from ingest.walk import find_files
from ingest.zip_reader import unpack


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read."""

    path: Path
    """Where it is; for a member of an archive its unpacked copy."""
    name: str
    """What it is called in the archive of reports: "rapport.pdf", "arkiv.zip/2021/rapport.pdf"."""
    error: IngestError | None = None
    """Why it could not be unpacked; `path` is then the archive's path, and the member's within it."""
    archive: Path | None = None
    """The zip archive it came from."""


def find_sources(paths: Sequence[Path], folder: Path, scratch: Path, *, keep: bool) -> Iterator[Source]:
    """The files in order. Members of archives get a place of their own in `folder`, the same at each run.

    A member that is there already, unchanged, is left alone. Without `keep` nothing in `folder` is changed, and new
    members are in `scratch`, a folder that the caller deletes.
    """
    for number, found in enumerate(find_files(paths)):
        path = found.absolute()
        if not _is_text(str(path)):
            # Neither the catalogue nor JSON can hold such a name, and no other name leads to the file.
            shown = Path(os.fsencode(path).decode("utf-8", "backslashreplace"))
            message = (
                f"{shown.name} har ett namn med tecken som inte är text; döp om filen eller mappen och läs in igen."
            )
            yield Source(shown, shown.name, IngestError("unsupported", message))
        elif path.suffix.lower() == ".zip" and path.is_file():
            yield from _members(path, folder, scratch / str(number), keep)
        else:
            # One place has one name, however it was reached ("../rapporter/a.pdf").
            yield Source(Path(os.path.normpath(path)), path.name)


def _members(archive: Path, folder: Path, scratch: Path, keep: bool) -> Iterator[Source]:
    own = folder / _digest(str(archive))
    seen: Counter[str] = Counter()
    try:
        for member in unpack(archive, scratch):
            name = f"{archive.name}/{member.name}"
            if member.path is None:
                yield Source(archive / member.name, name, member.error, archive)
                continue
            seen[name] += 1
            target = own / _digest(f"{member.name}#{seen[name]}") / member.path.name
            yield Source(_settle(member.path, target, keep), name, None, archive)
    except IngestError as error:
        yield Source(archive, archive.name, error, archive)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"{archive.name} kan inte packas upp ({reason}); kontrollera rättigheter och ledigt utrymme."
        yield Source(archive, archive.name, IngestError("unreadable", message), archive)


def _settle(unpacked: Path, target: Path, keep: bool) -> Path:
    if target.is_file() and cmp(unpacked, target, shallow=False):
        unpacked.unlink()
        return target
    if not keep:
        return unpacked
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(unpacked, target)
    return target


def forget_unpacked(path: Path, folder: Path) -> None:
    """Delete the unpacked copy at `path`, if it is one, with the folders that it leaves empty."""
    if not path.is_relative_to(folder):
        return
    path.unlink(missing_ok=True)
    for above in path.parents:
        if above == folder or not above.is_dir() or any(above.iterdir()):
            return
        above.rmdir()


def _is_text(name: str) -> bool:
    """Whether the name is text: bytes that are not UTF-8 come from the file system as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
