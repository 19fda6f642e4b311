"""Opens zip archives of reports safely."""

import errno
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.errors import IngestError

SUFFIXES = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".txt"})
MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 500_000_000
MAX_TOTAL_BYTES = 20_000_000_000
LONGEST_NAME = 60
"""Letters kept of a name, the last ones: in UTF-8 at most 240 bytes, which every file system takes."""
MAX_RATIO = 200
"""Unpacked to packed size; text packs to a tenth, a bomb to a thousandth."""
_RATIO_FROM = 10_000_000
"""Bytes; smaller files may be as empty as they like."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive."""

    name: str
    """Where it stands in the archive, without "..", drives and control characters."""
    path: Path | None
    """The unpacked file; None when it could not be unpacked."""
    error: IngestError | None = None


def unpack(archive: Path, folder: Path) -> Iterator[Member]:
    """Unpack the reports of an archive one by one into `folder`, each in a numbered folder of its own.

    The caller may delete each file when done with it. Files of other kinds and hidden ones are passed over.
    Raises `IngestError` for the archive as a whole: damaged, too_large.
    """
    try:
        opened = zipfile.ZipFile(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as cause:
        raise IngestError(
            "damaged", f"{archive.name} är skadad och går inte att packa upp; hämta arkivet på nytt."
        ) from cause
    with opened as bundle:
        files = [info for info in bundle.infolist() if not info.is_dir()]
        check_sizes(files, archive.name)
        for number, info in enumerate(files, start=1):
            name = safe_name(info.filename)
            suffix = PurePosixPath(name).suffix.lower()
            if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts):
                continue
            if suffix == ".zip":
                error = IngestError(
                    "unsupported", f"{name} i {archive.name} är ett zip-arkiv i ett zip-arkiv; packa upp det först."
                )
                yield Member(name, None, error)
            elif suffix in SUFFIXES:
                target = folder / f"{number:05d}" / PurePosixPath(name).name
                target.parent.mkdir(parents=True)
                yield _extract(bundle, info, name, target, archive.name)


def check_sizes(files: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive that says itself that it is too large or a bomb. Raises `IngestError` too_large."""
    total = sum(info.file_size for info in files)
    if len(files) > MAX_MEMBERS:
        raise IngestError("too_large", f"{name} har {len(files)} filer, fler än {MAX_MEMBERS}; dela upp arkivet.")
    if total > MAX_TOTAL_BYTES:
        raise IngestError("too_large", f"{name} blir {total // 1_000_000} MB uppackad, för mycket; dela upp arkivet.")
    for info in files:
        if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise IngestError(
                "too_large",
                f"{name} sväller orimligt vid uppackning ({safe_name(info.filename)}); kontrollera filens ursprung.",
            )


def safe_name(name: str) -> str:
    """The member's name as a relative path that stays in its folder."""
    bare = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\\", "/"))
    parts = [re.sub(r'[<>:"|?*]', "_", part)[-LONGEST_NAME:] for part in bare.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "namnlös"


def _extract(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, target: Path, archive: str) -> Member:
    if info.flag_bits & 1:
        fact = f"{name} i {archive} är krypterad; packa upp arkivet med lösenordet först."
        return Member(name, None, IngestError("encrypted", fact))
    if info.file_size > MAX_MEMBER_BYTES:
        size, most = info.file_size // 1_000_000, MAX_MEMBER_BYTES // 1_000_000
        fact = f"{name} i {archive} är {size} MB, mer än {most} MB; dela upp filen."
        return Member(name, None, IngestError("too_large", fact))
    try:
        written = 0
        with bundle.open(info) as source, target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > MAX_MEMBER_BYTES:
                    raise zipfile.BadZipFile("larger than its header says")
                out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as cause:
        target.unlink(missing_ok=True)
        if isinstance(cause, OSError) and cause.errno == errno.ENOSPC:
            fact = f"{name} i {archive} får inte plats på disken; frigör plats och läs in arkivet igen."
            return Member(name, None, IngestError("unreadable", fact))
        return Member(name, None, IngestError("damaged", f"{name} i {archive} är skadad; hämta arkivet på nytt."))
    return Member(name, target)
