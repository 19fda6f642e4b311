"""Reads Word files (docx)."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from ingest.block import Block, Cell, Document, Run
from ingest.docx_numbering import Numbering
from ingest.errors import IngestError
from ingest.pdf_text import BULLET, clean
from ingest.row import row_text
from ingest.zip_reader import check_sizes

MAX_BYTES = 500_000_000
"""Unpacked."""
_MAX_SPAN = 60
_HEADING = re.compile(r"(?:heading|rubrik)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"title|rubrik", re.IGNORECASE)
_LIST = re.compile(r"list\b|list(?:a|stycke)?\b|list (?:bullet|number|paragraph)", re.IGNORECASE)
_OUTLINE = re.compile(r"\d+\.\d")
"""A number of several levels; plain numbers of list items are left out, as list marks are."""
_NOT_TEXT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:instrText", "w:pPr"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}


def read_docx(path: Path) -> Document:
    """The paragraphs and table rows of a Word file in document order.

    Raises `IngestError`: damaged, too_large, no_text.
    """
    name = path.name
    try:
        with zipfile.ZipFile(path) as bundle:
            files = bundle.infolist()
            check_sizes(files, name)
            if sum(info.file_size for info in files) > MAX_BYTES:
                raise IngestError(
                    "too_large", f"{name} blir mer än {MAX_BYTES // 1_000_000} MB uppackad; dela upp filen."
                )
        document = docx.Document(str(path))
        blocks = tuple(_Reader(document).blocks())
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        PackageNotFoundError,
        SyntaxError,
        KeyError,
        ValueError,
        AttributeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise IngestError(
            "damaged", f"{name} är skadad och går inte att läsa; öppna filen i Word och spara om den."
        ) from error
    if not blocks:
        raise IngestError("no_text", f"{name} har ingen text; kontrollera att rätt fil sparades.")
    return Document("docx", blocks)


class _Reader:
    """Walks the body of one document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}
        self._default = next(
            (s.style_id for s in document.styles if s.element.get(qn("w:default")) == "1" and s.name == "Normal"), None
        )
        self._tables = 0
        self._numbering = Numbering(document)

    def blocks(self) -> Iterator[Block]:
        yield from self._children(self._document.element.body)

    def _children(self, parent: Any) -> Iterator[Block]:
        stack = [iter(parent)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                stack.append(iter(child))

    def _paragraph(self, element: Any) -> Iterator[Block]:
        lines = [raw for raw in paragraph_text(element).split("\n") if clean(raw)]
        counted = self._number(element)
        for number, raw in enumerate(lines):
            text = clean(raw)
            bullet = BULLET.match(text)
            text = text[bullet.end() :] if bullet else text
            level = self._level(element)
            shown = number == 0 and (level or _OUTLINE.match(counted))
            opening = f"{counted} " if counted and shown else ""
            listed = bullet or (number == 0 and self._is_list(element))
            markup: Literal["heading", "list_item"] | None = "heading" if level else "list_item" if listed else None
            bold, italic, size = self._look(element)
            run = Run(len(opening), len(opening + text), raw.strip())
            gap = 0.0 if number else 1.0
            yield Block(
                opening + text, (run,), size=size, bold=bold, italic=italic, markup=markup, level=level, gap=gap
            )
        for box in element.iter(qn("w:txbxContent")):
            if not any(parent.tag in _NOT_TEXT - {qn("w:txbxContent")} for parent in box.iterancestors()):
                yield from self._children(box)

    def _number(self, element: Any) -> str:
        """What Word prints before the paragraph; counted for every paragraph, whether it is shown or not."""
        styles = list(self._styles_of(element))
        properties = [element.find(qn("w:pPr")), *(style.element.find(qn("w:pPr")) for style in styles)]
        return self._numbering.number(properties, styles[0].style_id if styles else None)

    def _style(self, element: Any) -> Any:
        found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = found.get(qn("w:val")) if found is not None else self._default
        return self._styles.get(key)

    def _styles_of(self, element: Any) -> Iterator[Any]:
        style, seen = self._style(element), 0
        while style is not None and seen < 20:
            yield style
            style, seen = style.base_style, seen + 1

    def _level(self, element: Any) -> int | None:
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None and (outline.get(qn("w:val")) or "").isdigit():
            value = int(outline.get(qn("w:val")))
            return value + 1 if value < 9 else None
        for style in self._styles_of(element):
            name = style.name or ""
            found = _HEADING.match(name)
            if found:
                return int(found[1])
            if _TITLE.fullmatch(name):
                return 1
            outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None and (outline.get(qn("w:val")) or "").isdigit() and int(outline.get(qn("w:val"))) < 9:
                return int(outline.get(qn("w:val"))) + 1
        return None

    def _is_list(self, element: Any) -> bool:
        if element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
            return True
        return any(_LIST.match(style.name or "") for style in self._styles_of(element))

    def _look(self, element: Any) -> tuple[bool, bool, float | None]:
        """Bold and italic when all of the text is, and the size of its first run in points."""
        style = next(self._styles_of(element), None)
        runs = [run for run in element.iter(qn("w:r")) if "".join(run.itertext(qn("w:t"))).strip()]
        styled = list(self._styles_of(element))

        def on(run: Any, tag: str) -> bool:
            found = run.find(f"{qn('w:rPr')}/{qn(tag)}")
            if found is not None:
                return found.get(qn("w:val")) not in ("0", "false", "off")
            attribute = "bold" if tag == "w:b" else "italic"
            return bool(next((v for s in styled if (v := getattr(s.font, attribute)) is not None), False))

        size = None
        if runs:
            found = runs[0].find(f"{qn('w:rPr')}/{qn('w:sz')}")
            if found is not None and (found.get(qn("w:val")) or "").isdigit():
                size = int(found.get(qn("w:val"))) / 2
        if size is None and style is not None:
            size = next((s.font.size.pt for s in styled if s.font.size is not None), None)
        bold = bool(runs) and all(on(run, "w:b") for run in runs)
        italic = bool(runs) and all(on(run, "w:i") for run in runs)
        return bold, italic, size

    def _table(self, table: Any) -> Iterator[Block]:
        self._tables += 1
        number = self._tables
        first = True
        for row in _rows(table):
            cells: list[Cell] = []
            bold: list[bool] = []
            before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            cells.extend(Cell("") for _ in range(_number(before)))
            for cell in _cells(row):
                properties = cell.find(qn("w:tcPr"))
                span = properties.find(qn("w:gridSpan")) if properties is not None else None
                merged = properties.find(qn("w:vMerge")) if properties is not None else None
                if merged is not None and merged.get(qn("w:val")) != "restart":
                    cells.append(Cell(""))
                else:
                    cells.append(_cell(cell))
                    bold.extend(self._look(p)[0] for p in cell.iter(qn("w:p")) if paragraph_text(p).strip())
                cells.extend(Cell("") for _ in range(max(_number(span), 1) - 1))
            text, runs = row_text(cells)
            if text:
                gap = 1.0 if first else 0.0
                yield Block(text, runs, bold=bool(bold) and all(bold), cells=tuple(cells), table=number, gap=gap)
                first = False


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag == qn("w:sdt"):
            yield from child.findall(f"{qn('w:sdtContent')}/{qn('w:tr')}")


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt"):
            yield from child.findall(f"{qn('w:sdtContent')}/{qn('w:tc')}")


def _number(element: Any) -> int:
    value = element.get(qn("w:val")) if element is not None else None
    return min(int(value), _MAX_SPAN) if value and value.isdigit() else 0


def _cell(cell: Any) -> Cell:
    """The cell's paragraphs, one run each."""
    text = ""
    runs: list[Run] = []
    for paragraph in cell.iter(qn("w:p")):
        raw = paragraph_text(paragraph).replace("\n", " ")
        words = clean(raw)
        if words:
            text += " " if text else ""
            runs.append(Run(len(text), len(text) + len(words), raw.strip()))
            text += words
    return Cell(text, tuple(runs))


def paragraph_text(paragraph: Any) -> str:
    """What a reader sees of a paragraph: deleted text, field codes and text boxes left out; "\n" at a line break."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _NOT_TEXT or _hidden(child):
            continue
        elif child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append(" ")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif child.tag == qn("w:softHyphen"):
            parts.append("\u00ad")
        else:
            stack.append(iter(child))
    return "".join(parts)


def _hidden(run: Any) -> bool:
    """Whether a run is set as hidden text."""
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") if run.tag == qn("w:r") else None
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off")
