"""A file that came over HTTP: a harmless name, a safe place, and back to what was if it cannot be read."""

import re
import tempfile
import threading
import unicodedata
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.problems import ProblemError
from search.archive import Archive
from search.schema import IngestResult
from search.views import ProgressCallback

FOLDER = "uploads"
"""Folder under the home where uploaded files are kept, for their page images."""
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".md", ".txt")
MAX_NAME = 120
"""Characters in a stored file name; file systems allow 255 bytes."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come in whole and waits to be ingested."""

    archive: Archive
    folder: Path
    name: str
    part: Path

    def ingest(self, progress: ProgressCallback | None = None) -> IngestResult:
        """Ingest it; see `ingest_upload`."""
        try:
            return ingest_upload(self.archive, self.folder, self.name, self.part, progress)
        finally:
            self.part.unlink(missing_ok=True)


async def receive(archive: Archive, upload: UploadFile) -> Received:
    """Keep the bytes of an upload beside their place. Raises ProblemError for a name of another kind of file."""
    name = safe_name(upload.filename)
    folder = Path((await run_in_threadpool(archive.status)).home) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:
        while block := await upload.read(1 << 20):
            await run_in_threadpool(partial(part.write, block))
    return Received(archive, folder, name, Path(part.name))


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
