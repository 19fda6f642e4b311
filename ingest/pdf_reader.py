"""Reads PDF files."""

import logging
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf

from ingest import ocr
from ingest.block import Block, Document
from ingest.errors import IngestError
from ingest.pdf_lines import page_blocks
from ingest.pdf_mend import mend_cells
from ingest.pdf_page import PageContent, read_page
from ingest.scan import read_scan

MAX_PAGES = 10_000
MAX_BYTES = 500_000_000
_SCAN_SHARE = 0.5
"""A page with so large a picture and next to no letters is a scan."""
_SCAN_LETTERS = 20
_PICTURE_SHARE = 0.02
"""Smaller pictures on a page without text are ornaments."""
_UNKNOWN_SHARE = 0.3
"""Share of characters without a known meaning above which a page's text cannot be read."""

log = logging.getLogger(__name__)
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


def read_pdf(path: Path, password: str | None = None) -> Document:
    """The blocks of a PDF in reading order.

    Raises `IngestError`: empty, not_a_pdf, too_large, damaged, encrypted, no_text.
    """
    with _open(path, password) as pdf:
        pages = len(pdf)
        blocks: list[Block] = []
        unreadable: list[int] = []
        missing: list[int] = []
        read_by_ocr: list[tuple[int, float]] = []
        table = 1
        for number in range(1, pages + 1):
            try:
                page = pdf[number - 1]
                content = read_page(page)
                found, table = page_blocks(content, table)
            except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
                log.info("%s: sidan %d går inte att läsa: %s", path.name, number, error)
                missing.append(number)
                continue
            if _needs_ocr(content):
                scanned = read_scan(page, table) if ocr.available() else None
                if scanned:
                    found = list(scanned.blocks)
                    table += scanned.tables
                    read_by_ocr.append((number, scanned.confidence))
                else:
                    unreadable.append(number)
            elif not found and pdf.is_repaired:
                missing.append(number)
            blocks.extend(found)
        bookmarks = _bookmarks(pdf)
    if not blocks:
        raise _no_text(path, pages, unreadable, missing)
    return Document(
        "pdf",
        tuple(mark_headings(mend_cells(blocks), bookmarks)),
        pages=pages,
        unreadable_pages=tuple(sorted(unreadable + missing)),
        ocr_pages=tuple(read_by_ocr),
        warnings=tuple(_warnings(path, pages, unreadable, missing, read_by_ocr)),
    )


def _open(path: Path, password: str | None) -> Any:
    name = path.name
    size = path.stat().st_size
    if size == 0:
        raise IngestError("empty", f"{name} är tom (0 byte); hämta filen på nytt.")
    if size > MAX_BYTES:
        raise IngestError(
            "too_large", f"{name} är {size // 1_000_000} MB, mer än {MAX_BYTES // 1_000_000} MB; dela upp filen."
        )
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise IngestError(
                "not_a_pdf", f"{name} är ingen PDF trots namnet; spara dokumentet som PDF eller ge filen rätt ändelse."
            )
    try:
        pdf = pymupdf.open(path, filetype="pdf")
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise IngestError("damaged", f"{name} är skadad och går inte att öppna; hämta filen på nytt.") from error
    if pdf.needs_pass and not pdf.authenticate(password or ""):
        pdf.close()
        fact = "är krypterad" if password is None else "är krypterad och lösenordet stämmer inte"
        raise IngestError("encrypted", f"{name} {fact}; ta bort lösenordet eller ange --password.")
    if len(pdf) == 0:
        pdf.close()
        raise IngestError("damaged", f"{name} är skadad och har inga läsbara sidor; hämta filen på nytt.")
    if len(pdf) > MAX_PAGES:
        pages = len(pdf)
        pdf.close()
        raise IngestError("too_large", f"{name} har {pages} sidor, fler än {MAX_PAGES}; dela upp filen.")
    return pdf


def _needs_ocr(content: PageContent) -> bool:
    text = "".join(piece.raw for piece in content.pieces)
    if not text:
        return content.image_share >= _PICTURE_SHARE
    visible = [char for char in text if not char.isspace()]
    unknown = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in visible)
    if len(visible) >= _SCAN_LETTERS and unknown > _UNKNOWN_SHARE * len(visible):
        return True
    return content.image_share >= _SCAN_SHARE and sum(char.isalpha() for char in visible) < _SCAN_LETTERS


def _bookmarks(pdf: Any) -> dict[int, list[tuple[int, str]]]:
    """(level, folded title) by 1-based page."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    try:
        entries = pdf.get_toc()
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):
        return {}
    for level, title, page in entries:
        words = _key(title)
        if words:
            found[page].append((level, words))
    return dict(found)


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def mark_headings(blocks: list[Block], bookmarks: dict[int, list[tuple[int, str]]]) -> list[Block]:
    """Blocks whose lines, one or several in a row, read as a bookmark of their page become headings of its level."""
    marked = list(blocks)
    waiting = {page: list(entries) for page, entries in bookmarks.items()}
    keys = [_key(block.text) if block.cells is None else "" for block in blocks]
    for index, block in enumerate(blocks):
        entries = waiting.get(block.page or 0)
        if not entries or not keys[index]:
            continue
        for entry in entries:
            level, title = entry
            end, read = index, ""
            while (
                end < len(blocks)
                and keys[end]
                and blocks[end].page == block.page
                and title.startswith(read + keys[end])
            ):
                read += keys[end]
                end += 1
            if read == title:
                for position in range(index, end):
                    marked[position] = replace(marked[position], markup="heading", level=level)
                entries.remove(entry)
                break
    return marked


def page_list(pages: list[int]) -> str:
    """[1, 2, 3, 7] → "1–3, 7"."""
    parts: list[str] = []
    for page in sorted(pages):
        first, _, last = parts[-1].partition("–") if parts else ("", "", "")
        if parts and int(last or first) == page - 1:
            parts[-1] = f"{first}–{page}"
        else:
            parts.append(str(page))
    return ", ".join(parts)


def _warnings(
    path: Path, pages: int, unreadable: list[int], missing: list[int], read_by_ocr: list[tuple[int, float]]
) -> list[str]:
    warnings = []
    if missing:
        warnings.append(
            f"{path.name} är skadad eller avkortad: {pages - len(missing)} av {pages} sidor gick att läsa, "
            f"sidorna {page_list(missing)} saknas; hämta filen på nytt."
        )
    if unreadable:
        step = "kör textigenkänning (OCR) på filen" if ocr.available() else "installera tesseract med svenska (swe)"
        warnings.append(
            f"{path.name}: sidorna {page_list(unreadable)} är bilder utan läsbar text; {step} och läs in igen."
        )
    if read_by_ocr:
        mean = sum(confidence for _, confidence in read_by_ocr) / len(read_by_ocr)
        warnings.append(
            f"{path.name}: sidorna {page_list([page for page, _ in read_by_ocr])} är inskannade och lästa med "
            f"textigenkänning (säkerhet i medeltal {mean:.0f} %); jämför citat med originalet."
        )
    return warnings


def _no_text(path: Path, pages: int, unreadable: list[int], missing: list[int]) -> IngestError:
    if missing and not unreadable:
        return IngestError(
            "damaged", f"{path.name} är skadad: ingen av {pages} sidor gick att läsa; hämta filen på nytt."
        )
    if unreadable:
        step = (
            "textigenkänningen (OCR) hittade inga ord, kontrollera bilderna"
            if ocr.available()
            else "installera tesseract med svenska (swe) och läs in igen"
        )
        return IngestError("no_text", f"{path.name} har bara bilder och ingen text; {step}.")
    count = "en sida" if pages == 1 else f"{pages} sidor"
    return IngestError("no_text", f"{path.name} har {count} men ingen text; kontrollera att rätt fil sparades.")
