"""Reads any report file, picking the reader by what the file holds, then by its name."""

import zipfile
from dataclasses import replace
from pathlib import Path

from ingest.block import Document
from ingest.docx_reader import read_docx
from ingest.errors import IngestError
from ingest.markup_reader import read_html, read_markdown
from ingest.pdf_reader import read_pdf
from ingest.text_reader import read_text

MAX_TEXT_BYTES = 100_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})


def read_document(path: Path, *, password: str | None = None) -> Document:
    """The blocks of a file. Raises `IngestError` when it cannot be read."""
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IngestError("unsupported", f"{name} är en mapp; ange filerna i den.")
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise IngestError("missing", f"{name} finns inte; kontrollera sökvägen.") from error
    except OSError as error:
        raise IngestError(
            "unreadable", f"{name} går inte att öppna ({error.strerror}); kontrollera rättigheterna."
        ) from error
    suffix = path.suffix.lower()
    if size == 0:
        raise IngestError("empty", f"{name} är tom (0 byte); hämta filen på nytt.")
    if suffix == ".pdf" or b"%PDF-" in head[:1024]:
        return read_pdf(path, password)
    if head.startswith(b"PK\x03\x04"):
        return _read_package(path)
    if head.startswith(_OLE):
        return _refuse_ole(path)
    if suffix == ".docx":
        raise IngestError(
            "damaged", f"{name} är ingen Word-fil trots namnet; öppna dokumentet i Word och spara om det."
        )
    if size > MAX_TEXT_BYTES:
        raise IngestError("too_large", f"{name} är {size // 1_000_000} MB, mer än 100 MB; dela upp filen.")
    data = path.read_bytes()
    if suffix in _HTML_SUFFIXES or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        return read_html(data, name)
    if suffix in _MARKDOWN_SUFFIXES:
        return read_markdown(data, name)
    return replace(read_text(data, name), format="txt")


def _read_package(path: Path) -> Document:
    try:
        with zipfile.ZipFile(path) as bundle:
            names = set(bundle.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise IngestError("damaged", f"{path.name} är skadad och går inte att öppna; hämta filen på nytt.") from error
    if "word/document.xml" in names:
        return read_docx(path)
    raise IngestError(
        "unsupported", f"{path.name} är ett arkiv eller en okänd filtyp; packa upp den och ange filerna i den."
    )


def _refuse_ole(path: Path) -> Document:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if _ENCRYPTED_OFFICE in head:
        raise IngestError("encrypted", f"{path.name} är krypterad; öppna filen i Word och spara den utan lösenord.")
    raise IngestError("unsupported", f"{path.name} är i ett äldre Office-format; spara den som docx eller pdf.")
