"""Read plain text, with whatever Markdown or HTML marks it carries, into one block a printed line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.block import Block, Cell, Document, Run
from ingest.clean import clean_inline, clean_line
from ingest.errors import IngestError
from ingest.layout_table import with_layout_rows

_LINE_END = re.compile(r"\r\n|\n|\r")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNATURES = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL_SHARE = 0.002
"""A text file may hold a stray control character, a binary file is full of them."""
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[-–*•●○▪◦·o])\t+(?=\S)[^\t]*\s*")
_MIN_MARGIN_LINES = 10
"""Fewer lines do not tell a page's margin from the text's own indents."""
_MAX_DOUBLE_LINE = 140
"""In double-spaced text blank lines stand between printed lines, which are no longer; elsewhere between paragraphs."""
_DOUBLE_SHARE = 0.95
"""Of the lines of double-spaced text, so many have a blank line below …"""
_PARAGRAPH_SHARE = 0.05
"""… and so many at least have more than one: the ends of paragraphs."""
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")


def read_text(data: bytes, name: str) -> Document:
    """Read the bytes of a text file called `name`, with the tables that its columns show.

    Raises what `read_lines` raises.
    """
    document = read_lines(data, name)
    return replace(document, blocks=_single_spaced(with_layout_rows(document.blocks, _lines(data, name))))


def _lines(data: bytes, name: str) -> list[str]:
    lines = _LINE_END.split(decode(data, name))
    return lines[:-1] if lines[-1] == "" else lines


def read_lines(data: bytes, name: str) -> Document:
    """Read the bytes of a text file called `name`, one block a line.

    Raises IngestError: "empty" when there is nothing but white space, "unsupported" when it is not text.
    """
    lines = _lines(data, name)
    if not any(line.strip() for line in lines):
        raise IngestError("empty", f"{name} är tom. Kontrollera att hela filen har hämtats och läs in den igen.")
    blocks: list[Block] = []
    gap = 0.0
    margin = _margin(lines)
    for number, line in enumerate(lines, start=1):
        block = _row_block(line, number, gap) or _line_block(line, number, gap)
        blocks.append(replace(block, indent=max(block.indent - margin, 0)))
        gap = gap + 1.0 if not block.text else 0.0
    return Document(format="txt", blocks=tuple(blocks))


def decode(data: bytes, name: str) -> str:
    """The text of `data`: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252, else Latin-1."""
    if data.startswith(_SIGNATURES):
        raise IngestError("unsupported", f"{name} är inte en textfil. Spara den som txt, pdf, docx, html eller md.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    if len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise IngestError("unsupported", f"{name} är inte en textfil. Spara den som txt, pdf, docx, html eller md.")
    return text


def _column(line: str) -> int:
    """Where the line's first word begins in the file."""
    return len(line) - len(line.lstrip())


def _indent(line: str) -> int:
    """Blanks before the line's first word as printed: a form feed takes no width."""
    column = _column(line)
    return column - line[:column].count("\f")


def _margin(lines: Sequence[str]) -> int:
    """Blanks that stand before more than half of the lines: those of the page, not of the text."""
    indents = Counter(_indent(line) for line in lines if line.strip())
    indent, count = indents.most_common(1)[0]
    return indent if indents.total() >= _MIN_MARGIN_LINES and 2 * count > indents.total() else 0


def _single_spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, in double-spaced text without the blank line below each printed line."""
    texts = [block for block in blocks if block.text]
    below = texts[1:]
    if (
        sum(block.gap >= 1 for block in below) < _DOUBLE_SHARE * len(below)
        or sum(block.gap >= 2 for block in below) < _PARAGRAPH_SHARE * len(below)
        or sum(len(block.text) <= _MAX_DOUBLE_LINE for block in texts) < _DOUBLE_SHARE * len(texts)
    ):
        return tuple(blocks)
    kept: list[Block] = []
    skipping = False
    for block in blocks:
        if not skipping or block.text or block.runs:
            kept.append(replace(block, gap=max(block.gap - 1, 0)))
        skipping = bool(block.text)
    return tuple(kept)


def _line_block(line: str, number: int, gap: float) -> Block:
    clean = clean_line(line)
    if not clean.text or _RULE.fullmatch(line):
        # What is printed but says nothing (a rule) keeps its place, so that no quote reaches across it.
        raw = line.strip()
        runs = (Run(0, 0, raw, number, _column(line)),) if raw else ()
        return Block(text="", runs=runs, indent=_indent(line), gap=gap)
    column = _column(line)
    # A blank at the line's end stays in `raw`: sources that print one leave it out where the line ends inside a word.
    run = Run(0, len(clean.text), line[column:], number, column)
    return Block(
        text=clean.text,
        runs=(run,),
        indent=_indent(line),
        bold=clean.bold,
        italic=clean.italic,
        markup="heading" if clean.level else "list_item" if clean.marked else None,
        level=clean.level,
        gap=gap,
    )


def _row_block(line: str, number: int, gap: float) -> Block | None:
    """The line as a table row: cells parted by tabs, or by bars as in Markdown."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1 and not _RULE.fullmatch(line):
        start = line.index("|") + 1
        end = len(line.rstrip())
        return _cells_block(line, number, gap, start, end - 1 if stripped.endswith("|") else end, "|")
    if "\t" in line.strip(" \r\f\v") and stripped and not _NUMBERED.fullmatch(line):
        return _cells_block(line, number, gap, 0, len(line), "\t")
    return None


def _bar(place: int, number: int, column: int) -> Run:
    """A bar is no text, but quotes must not reach over it as if it were a blank."""
    return Run(place, place, "|", number, column)


def _cells_block(line: str, number: int, gap: float, start: int, end: int, separator: str) -> Block:
    cells: list[Cell] = []
    runs: list[Run] = []
    text = ""
    for part in line[start:end].split(separator):
        if separator == "|":
            runs.append(_bar(len(text), number, start - 1))
        clean = clean_inline(part)
        if clean.text:
            run = Run(0, len(clean.text), part.strip(), number, start + _column(part))
            cells.append(Cell(clean.text, (run,)))
            text += " " if text else ""
            runs.append(Run(len(text), len(text) + len(clean.text), run.raw, number, run.column))
            text += clean.text
        else:
            cells.append(Cell(""))
        start += len(part) + 1
    if separator == "|" and line[end : end + 1] == "|":
        runs.append(_bar(len(text), number, end))
    return Block(text=text, runs=tuple(runs), indent=_indent(line), gap=gap, cells=tuple(cells))
