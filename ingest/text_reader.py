"""Read plain text, with whatever Markdown or HTML marks it carries, into one block a printed line."""

import re
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
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")


def read_text(data: bytes, name: str) -> Document:
    """Read the bytes of a text file called `name`, with the tables that its columns show.

    Raises what `read_lines` raises.
    """
    document = read_lines(data, name)
    return replace(document, blocks=with_layout_rows(document.blocks, _lines(data, name)))


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
    for number, line in enumerate(lines, start=1):
        block = _row_block(line, number, gap) or _line_block(line, number, gap)
        blocks.append(block)
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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _line_block(line: str, number: int, gap: float) -> Block:
    clean = clean_line(line)
    if not clean.text or _RULE.fullmatch(line):
        # What is printed but says nothing (a rule) keeps its place, so that no quote reaches across it.
        raw = line.strip()
        runs = (Run(0, 0, raw, number, _indent(line)),) if raw else ()
        return Block(text="", runs=runs, indent=_indent(line), gap=gap)
    indent = _indent(line)
    # A blank at the line's end stays in `raw`: sources that print one leave it out where the line ends inside a word.
    run = Run(0, len(clean.text), line[indent:], number, indent)
    return Block(
        text=clean.text,
        runs=(run,),
        indent=indent,
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
            run = Run(0, len(clean.text), part.strip(), number, start + _indent(part))
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
