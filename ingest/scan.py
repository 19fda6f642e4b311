"""A scanned page as blocks: turned upright, read by Tesseract, its tables put together by their lines and columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import numpy as np
import pymupdf

from ingest import ocr
from ingest.block import Block, Run
from ingest.ocr import Word, line_blocks, mean_confidence
from ingest.pdf_grid import RawTable, ruled_tables
from ingest.pdf_lines import row_blocks
from ingest.pdf_page import Frame, PageContent, Piece, Rule
from ingest.pdf_tables import unruled_tables
from ingest.scan_rules import Grey, find_rules, without_rules

_POINTS_PER_INCH = 72
_MAX_SIDE = 5000
"""Pixels; a huge page is drawn at a lower resolution."""
_UPRIGHT = 60.0
"""Mean confidence that a page lying on its side or its head does not reach."""
_DESCENDERS = frozenset("gjpqy,;Q()[]/")
_DESCENT = 0.2
"""How far descenders reach below the line, of a word's height with them."""
_WORD_SPACE = 0.9
"""Widest gap between words of one cell, in line heights."""
_MARK_WIDTH = 22.0
"""Points; a column as narrow holds a drawn status mark, which Tesseract takes for a letter or two."""
_NOISE = frozenset("|_[]{}=~")


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was read from a page's picture."""

    blocks: tuple[Block, ...]
    confidence: float
    """Mean over its words, 0–100."""
    tables: int
    """How many tables the blocks hold."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words and lines of a picture turned some way, in the reading frame."""

    frame: Frame
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]

    @property
    def worth(self) -> float:
        """How much sense the words make: those of letters, by confidence."""
        return sum(word.confidence for word in self.words if len(word.text) > 2 and word.text.isalpha())


def read_scan(page: Any, first_table: int) -> ScannedPage | None:
    """The blocks of a page's picture, in Tesseract's reading order; None when it finds no word.

    A picture that makes little sense as it stands is read turned, too. `first_table` numbers the page's first table.
    """
    dpi = min(ocr.DPI, int(_MAX_SIDE * _POINTS_PER_INCH / max(page.rect.width, page.rect.height, 1.0))) or 1
    drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    picture = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width]
    readings = [_read(picture, page, 0, dpi)]
    if mean_confidence(readings[0].words) < _UPRIGHT:
        readings += [_read(picture, page, turn, dpi) for turn in (1, 2, 3)]
    best = max(readings, key=lambda reading: reading.worth)
    return _page(best, first_table) if best.words else None


def _read(picture: Grey, page: Any, turn: int, dpi: int) -> _Reading:
    """The picture read after `turn` quarter turns clockwise."""
    points = _POINTS_PER_INCH / dpi
    turned = np.ascontiguousarray(np.rot90(picture, -turn))
    rules = find_rules(turned, points)
    cleaned = without_rules(turned, rules, points)
    height, width = cleaned.shape
    png = pymupdf.Pixmap(pymupdf.csGRAY, width, height, cleaned.tobytes(), False).tobytes("png")
    words = ocr.read_image(png, page.number + 1, dpi)
    frame = Frame(page.number + 1, page.rect.width, page.rect.height, turn)
    return _Reading(frame, tuple(word for word in words if not _NOISE.issuperset(word.text)), tuple(rules))


def _page(reading: _Reading, first_table: int) -> ScannedPage:
    frame = reading.frame
    pieces = _pieces(reading.words)
    ruled, rest = ruled_tables(pieces, reading.rules)
    unruled, rest = unruled_tables(_phrases(rest), reading.rules)
    tables = sorted([*map(_without_marks, ruled), *unruled], key=lambda table: table.y0)
    kept = {place for piece in rest for place in range(piece.line, piece.line + len(piece.raw.split()))}
    lines = line_blocks([word for place, word in enumerate(reading.words) if place in kept], frame.page)
    content = PageContent(frame, (), reading.rules, (), 0.0)
    blocks: list[Block] = []
    for number, table in enumerate(tables, start=first_table):
        above = next((place for place, line in enumerate(lines) if _top(line) > table.y0), len(lines))
        blocks += [_placed(line, frame) for line in lines[:above]]
        blocks += row_blocks(table, content, None, number)
        lines = lines[above:]
    blocks += [_placed(line, frame) for line in lines]
    return ScannedPage(tuple(blocks), mean_confidence(reading.words), len(tables))


def _top(line: Block) -> float:
    return min(run.box.y0 for run in line.runs if run.box)


def _placed(line: Block, frame: Frame) -> Block:
    """The line with its boxes on the displayed page."""
    return replace(line, runs=tuple(_on_page(run, frame) for run in line.runs))


def _on_page(run: Run, frame: Frame) -> Run:
    assert run.box is not None
    return replace(run, box=frame.box(run.box.x0, run.box.y0, run.box.x1, run.box.y1))


def _pieces(words: Sequence[Word]) -> list[Piece]:
    """One piece a word, in Tesseract's order; the words of one line stand on one baseline."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    bases = {number: median(_base(word) for word in line) for number, line in lines.items()}
    size = median(max(w.box.y1 for w in line) - min(w.box.y0 for w in line) for line in lines.values()) if lines else 1
    return [
        Piece(
            line=place,
            start=0,
            last=True,
            raw=word.text,
            edges=_edges(word),
            y0=word.box.y0,
            y1=word.box.y1,
            baseline=bases[word.line],
            size=round(size, 1),
            bold=False,
            italic=False,
            color=None,
            upright=True,
        )
        for place, word in enumerate(words)
    ]


def _base(word: Word) -> float:
    below = _DESCENT * (word.box.y1 - word.box.y0) if _DESCENDERS.intersection(word.text) else 0.0
    return word.box.y1 - below


def _edges(word: Word) -> tuple[float, ...]:
    """Edges of the letters, taken to be equally wide."""
    step = (word.box.x1 - word.box.x0) / len(word.text)
    return tuple(word.box.x0 + step * number for number in range(len(word.text) + 1))


def _phrases(pieces: Sequence[Piece]) -> list[Piece]:
    """Words that follow each other on a line put together, as a cell between wide gaps holds them."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if (
            before is not None
            and piece.line == before.line + len(before.raw.split())
            and piece.baseline == before.baseline
            and 0 <= piece.x0 - before.x1 < _WORD_SPACE * piece.size
        ):
            found[-1] = replace(
                before,
                raw=f"{before.raw} {piece.raw}",
                edges=(*before.edges, *piece.edges),
                y0=min(before.y0, piece.y0),
                y1=max(before.y1, piece.y1),
            )
        else:
            found.append(piece)
    return found


def _without_marks(table: RawTable) -> RawTable:
    """The table without a first column of status marks, and without dashes that were bits of its lines.

    A row that runs across the columns, such as a header or a comment, may begin in the marks' column.
    """
    rows = [tuple(_cell(cell) for cell in row) for row in table.rows]
    wide = [any(piece.x1 > table.x0 + _MARK_WIDTH for piece in row[0]) for row in rows]
    marked = sum(bool(row[1]) and not across for row, across in zip(rows, wide, strict=True))
    if marked and not any(row[1] for row, across in zip(rows, wide, strict=True) if across):
        rows = [((row[0] if across else row[1]), *row[2:]) for row, across in zip(rows, wide, strict=True)]
    return replace(table, rows=tuple(rows))


def _cell(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    words = tuple(piece for piece in pieces if piece.raw != "—")
    return words or pieces
