"""Which reader reads which file."""

import zipfile
from pathlib import Path

import docx
import pymupdf
import pytest

from ingest.errors import IngestError
from ingest.reader import read_document


def pdf_bytes() -> bytes:
    pdf = pymupdf.open()
    pdf.new_page().insert_text((60, 90), "Parkleken är öppen")
    return bytes(pdf.tobytes())


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", pdf_bytes(), "pdf"),
        ("pdf-med-fel-namn.txt", pdf_bytes(), "pdf"),
        ("a.html", b"<p>Parkleken</p>", "html"),
        ("html-utan-namn.txt", b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>Parkleken</p>", "html"),
        ("a.md", b"# Parkleken", "md"),
        ("a.txt", b"Parkleken", "txt"),
    ],
)
def test_content_goes_before_the_name(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    document = read_document(tmp_path / name)
    assert document.format == kind
    assert document.blocks[0].text.startswith("Parkleken")


def test_docx_by_content(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Parkleken")
    document.save(str(tmp_path / "fil.bin"))
    assert read_document(tmp_path / "fil.bin").format == "docx"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", "not_a_pdf"),
        ("a.docx", b"text", "damaged"),
        ("a.docx", b"PK\x03\x04rubbish", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "unsupported"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(IngestError) as caught:
        read_document(tmp_path / name)
    assert caught.value.kind == kind
    assert str(caught.value).startswith(name)


def test_missing_folder_and_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "text")
    for name, kind in (("borta.pdf", "missing"), (".", "unsupported"), ("a.zip", "unsupported")):
        with pytest.raises(IngestError) as caught:
            read_document(tmp_path / name)
        assert caught.value.kind == kind
