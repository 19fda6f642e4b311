"""Read one file into a report."""

import hashlib
from pathlib import Path

from ingest.build import build_report
from ingest.errors import IngestError
from ingest.reader import read_document
from ingest.report import Report


def parse_file(path: Path, *, password: str | None = None) -> Report:
    """Read and build the report of a file. Raises IngestError when it cannot be read."""
    document = read_document(path, password=password)
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IngestError("missing", f"{path.name} kan inte läsas. Kontrollera sökvägen och rättigheterna.") from error
    return build_report(document, source=path.name, sha256=sha256)
