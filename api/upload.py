"""A file that came over HTTP: a harmless name, a safe place, and back to what was if it cannot be read."""

import re
import threading
import unicodedata
from pathlib import Path

from api.problems import ProblemError
from search.archive import Archive
from search.schema import IngestResult
from search.views import ProgressCallback

SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")
MAX_NAME = 120
"""Characters in a stored file name; file systems allow 255 bytes."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

_lock = threading.Lock()


def safe_name(name: str | None) -> str:
    """The last part of a file name without anything that a file system or a page could mind. Raises ProblemError."""
    last = unicodedata.normalize("NFC", (name or "").replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(char if char.isalnum() or char in " -_.()" else "_" for char in last).strip(" .")
    stem, _, suffix = kept.rpartition(".")
    stem = stem.strip(" .")[:MAX_NAME]
    if not stem or f".{suffix.lower()}" not in SUFFIXES:
        raise ProblemError(415, f"Filnamnet ska sluta på {', '.join(SUFFIXES)}.")
    return f"_{stem}.{suffix}" if _RESERVED.fullmatch(f"{stem}.{suffix}") else f"{stem}.{suffix}"


def ingest_upload(
    archive: Archive, folder: Path, name: str, part: Path, progress: ProgressCallback | None = None
) -> IngestResult:
    """Move the received file `part` to `folder/name` and ingest it; on failure the file that was there comes back."""
    target = folder / name
    former = part.with_suffix(".former")
    with _lock:
        if target.exists():
            target.replace(former)
        part.replace(target)
        result = archive.ingest([target], progress=progress)
        if any(one.status == "failed" for one in result.reports):
            target.unlink(missing_ok=True)
            if former.exists():
                former.replace(target)
        former.unlink(missing_ok=True)
    return result
