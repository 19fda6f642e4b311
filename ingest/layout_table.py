"""Tables in text whose columns stand below each other, as `pdftotext -layout` prints them.

Each printed line is laid out as if on a page, one blank a fixed width, and read as a PDF table without rules is.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from ingest.block import Block, Cell, Run
from ingest.clean import clean_inline
from ingest.columns import kind_of_heading
from ingest.furniture import page_lines
from ingest.pdf_page import Piece
from ingest.pdf_tables import unruled_tables
from ingest.table_text import join

RawRow = tuple[tuple[Piece, ...], ...]
"""Cells of pieces."""
_BLANK = 3.0
"""Width of a blank: columns may be out of line by one, which is less than the table reader's tolerance."""
_LINE = 12.0
_SIZE = 10.0
_PAGE_BREAK = 100.0
_WORDS = re.compile(r"\S+(?: \S+)*")
_WIDE = re.compile(r"\S {4,}(?=\S)")
_WIDE_SHARE = 0.015
"""Share of lines with a wide gap in text that keeps its columns; other extractions have next to none."""
_MIN_WIDE_LINES = 2
_LEADERS = re.compile(r"(?:\.\s?){4,}")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*\.?|[-–•●○▪◦·■o]) {2,}\S+(?: \S+)*\s*")
"""A heading with its number far to the left, or a list item."""


def with_layout_rows(blocks: Sequence[Block], lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of `lines`, one each; those of a table become one block a row, with cells."""
    wide = [_WIDE.search(line) is not None for line in lines]
    if sum(wide) < max(_MIN_WIDE_LINES, _WIDE_SHARE * sum(1 for block in blocks if block.text)):
        return tuple(blocks)
    pieces: list[Piece] = []
    headers = page_lines(blocks)
    tops = _tops(lines, headers)
    for number, (block, line, top) in enumerate(zip(blocks, lines, tops, strict=True)):
        if number in headers:
            continue
        if block.text and block.cells is None and not _NUMBERED.fullmatch(line) and not _LEADERS.search(line):
            pieces += _pieces(line, number, top)
    rows: dict[int, Block] = {}
    taken: set[int] = set()
    for count, table in enumerate(unruled_tables(pieces)[0], start=1):
        named = kind_of_heading(join(_cell(piece) for piece in table.rows[0][0]).text) is not None
        if sum(wide[number] for row in table.rows for number in _numbers(row)) < (1 if named else _MIN_WIDE_LINES):
            continue
        for row in table.rows:
            numbers = _numbers(row)
            rows[numbers[0]] = _row_block(row, [blocks[number] for number in numbers], count)
            taken.update(numbers)
    return tuple(
        rows.get(number, block) for number, block in enumerate(blocks) if number in rows or number not in taken
    )


def _tops(lines: Sequence[str], headers: Set[int]) -> list[float]:
    """How far down each line stands; page headers take no room, nor the blank lines below them."""
    tops: list[float] = []
    top = 0.0
    header = False
    for number, line in enumerate(lines):
        filled = line.strip() != ""
        if "\f" in line:
            top += _PAGE_BREAK
        elif number not in headers and (filled or not header):
            top += _LINE
        header = number in headers or (header and not filled)
        tops.append(top)
    return tops


def _pieces(line: str, number: int, top: float) -> list[Piece]:
    """The stretches of a line with two or more blanks between them, `top` points down."""
    ahead = line.count("\f")  # takes no width
    return [
        Piece(
            line=number,
            start=found.start(),
            last=found.end() == len(line.rstrip()),
            raw=found[0],
            edges=tuple(_BLANK * (column - ahead) for column in range(found.start(), found.end() + 1)),
            y0=top,
            y1=top + _SIZE,
            baseline=top + _SIZE,
            size=_SIZE,
            bold=False,
            italic=False,
            color=None,
            upright=True,
        )
        for found in _WORDS.finditer(line)
    ]


def _numbers(row: RawRow) -> list[int]:
    return sorted({piece.line for cell in row for piece in cell})


def _row_block(row: RawRow, lines: Sequence[Block], table: int) -> Block:
    """The row with its cells; its text is what its lines say from left to right, as the source has it."""
    text = ""
    runs: list[Run] = []
    for line in lines:
        text += " " if text else ""
        runs.extend(replace(run, start=run.start + len(text), end=run.end + len(text)) for run in line.runs)
        text += line.text
    cells = tuple(join(_cell(piece) for piece in cell) for cell in row)
    first = lines[0]
    return Block(text, tuple(runs), indent=first.indent, gap=first.gap, cells=cells, table=table)


def _cell(piece: Piece) -> Cell:
    text = clean_inline(piece.raw).text
    return Cell(text, (Run(0, len(text), piece.raw, piece.line + 1, piece.start),) if text else ())
