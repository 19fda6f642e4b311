"""Blocks of one PDF page in reading order: printed lines, and table rows with their cells."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.block import Block, Cell
from ingest.pdf_columns import Rect, reading_order
from ingest.pdf_grid import RawTable, ruled_tables
from ingest.pdf_page import Frame, Mark, PageContent, Piece
from ingest.pdf_tables import baseline_rows, unruled_tables
from ingest.pdf_text import BULLET, compose
from ingest.row import row_text

_WORD_GAP = 1.0
"""Widest gap inside a printed line, in font sizes."""
_MARK_GAP = 5.0
"""Widest gap between a list mark and its text, in font sizes."""
_SYMBOL_REACH = 40.0
"""Farthest that a status mark stands from its line, in points."""
_LIST_MARK = re.compile(r"[•·▪◦○●■–—-]|[\uf000-\uf0ff]|\(?\d{1,3}(\.\d+)*[.)]?|[a-zåäö][.)]|o")
_LEADER = re.compile(r"(?:\.\s?){4,}$|…{2,}$|_{4,}$")
_LEAST_HEIGHT = 0.5
"""Points; text may be set in size 0."""
_PARAGRAPH_GAP = 0.25
"""Line heights beyond the usual distance between lines that set a new paragraph apart."""
_STATUS_GLYPHS = "●•■⬤◉\u25cf\u25a0\u2b24\uf06c\uf06e"


@dataclass(frozen=True, slots=True)
class _Line:
    """Pieces printed as one line."""

    pieces: tuple[Piece, ...]

    @property
    def rect(self) -> Rect:
        return (
            self.pieces[0].x0,
            min(p.y0 for p in self.pieces),
            max(p.x1 for p in self.pieces),
            max(p.y1 for p in self.pieces),
        )


_Item = _Line | RawTable


def page_blocks(content: PageContent, first_table: int) -> tuple[list[Block], int]:
    """The page's blocks, and the number for the next table of the file; `first_table` numbers this page's first."""
    tables, rest = ruled_tables(content.pieces, content.rules)
    more, rest = unruled_tables(rest, content.rules)
    lines = _lines(rest)
    across = [_Line((piece,)) for piece in rest if not piece.upright]
    leading = _leading(lines)
    items: list[_Item] = [*tables, *more, *lines]
    blocks: list[Block] = []
    bottom = None
    groups: list[list[_Item]] = [*reading_order(items, _rect), [*across]]
    for group in groups:
        for item in sorted(group, key=lambda item: (_rect(item)[1], _rect(item)[0])):
            above = bottom if bottom is not None and _rect(item)[1] > bottom - 2 else None
            if isinstance(item, _Line):
                blocks.append(_line_block(item, content, above, leading))
            else:
                blocks.extend(row_blocks(item, content, above, first_table))
                first_table += 1
            bottom = _rect(item)[3]
    return blocks, first_table


def _rect(item: _Item) -> Rect:
    return item.rect if isinstance(item, _Line) else (item.x0, item.y0, item.x1, item.y1)


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    rows = baseline_rows(pieces)
    for number, row in enumerate(rows):
        near = [piece for other in rows[max(0, number - 4) : number + 5] if other is not row for piece in other]
        current = [row[0]]
        for piece in row[1:]:
            if _same_line(current, piece) or _justified(row, current[-1], piece, near):
                current.append(piece)
            else:
                lines.append(_Line(tuple(current)))
                current = [piece]
        lines.append(_Line(tuple(current)))
    return _raised(lines)


def _same_line(line: list[Piece], piece: Piece) -> bool:
    """Whether the piece goes on the line: near enough, after a list mark, or on either side of a dot leader."""
    before = line[-1]
    gap = (piece.x0 - before.x1) / max(piece.size, 1)
    if gap < _WORD_GAP or _LEADER.search(before.raw.strip()) or _LEADER.match(piece.raw.strip()):
        return True
    return len(line) == 1 and gap < _MARK_GAP and bool(_LIST_MARK.fullmatch(before.raw.strip()))


def _justified(row: list[Piece], before: Piece, piece: Piece, near: list[Piece]) -> bool:
    """Whether the gap is a word space stretched by justification: lines above and below run across it.

    One of them is enough when the row has several such gaps of one width.
    """
    if piece.line != before.line + 1:
        return False
    across = {
        other.baseline > piece.baseline
        for other in near
        if abs(other.size - piece.size) < 0.6
        and other.x0 < before.x1 - 1
        and other.x1 > piece.x1 - 1
        and abs(other.baseline - piece.baseline) < 5 * piece.size
    }
    gaps = [right.x0 - left.x1 for left, right in pairwise(row) if right.x0 - left.x1 > _WORD_GAP * piece.size]
    even = len(gaps) > 1 and max(gaps) < 1.3 * min(gaps)
    return len(across) == 2 or (bool(across) and even)


def _raised(lines: list[_Line]) -> list[_Line]:
    """Footnote marks and the like, printed small and off the baseline, put into the line that they stand in."""
    lines = list(lines)
    for small in [line for line in lines if len(line.pieces) == 1 and len(line.pieces[0].raw.strip()) <= 3]:
        mark = small.pieces[0]
        for index, line in enumerate(lines):
            host = line.pieces[-1]
            if (
                line is not small
                and mark.size < 0.8 * host.size
                and host.y0 - 2 <= (mark.y0 + mark.y1) / 2 <= host.y1
                and -1 <= mark.x0 - host.x1 < 0.4 * host.size
            ):
                lines[index] = _Line((*line.pieces, mark))
                lines.remove(small)
                break
    return lines


def _leading(lines: list[_Line]) -> dict[float, float]:
    """Usual distance from baseline to baseline by font size, where the page shows it."""
    steps: defaultdict[float, Counter[float]] = defaultdict(Counter)
    ends: dict[int, Piece] = {}
    for line in lines:
        piece = line.pieces[0]
        above = ends.get(round(piece.x0))
        if above and above.size == piece.size and piece.size < piece.baseline - above.baseline < 2.2 * piece.size:
            steps[piece.size][round(piece.baseline - above.baseline, 1)] += 1
        ends[round(piece.x0)] = piece
    return {size: found.most_common(1)[0][0] for size, found in steps.items() if found.total() >= 3}


def _line_block(line: _Line, content: PageContent, above: float | None, leading: dict[float, float]) -> Block:
    pieces = line.pieces
    symbol = _symbol(line.rect, content.marks)
    if symbol is None and pieces[0].color and pieces[0].raw.strip()[:1] in _STATUS_GLYPHS:
        symbol = pieces[0].color
        pieces = pieces[1:] if len(pieces) > 1 and len(pieces[0].raw.strip()) == 1 else pieces
    composed = compose([pieces], content.frame)
    bullet = BULLET.match(composed.text)
    if bullet:
        composed = composed.without(bullet.end())
    letters: Counter[float] = Counter()
    for piece in pieces:
        letters[piece.size] += len(piece.raw.strip())
    size = letters.most_common(1)[0][0]
    height = max(leading.get(size, 1.22 * size), _LEAST_HEIGHT)
    blank = max(0.0, line.rect[1] - above - (height - (line.rect[3] - line.rect[1]))) if above is not None else 0.0
    whole = letters.total()
    return Block(
        text=composed.text,
        runs=composed.runs,
        page=content.frame.page,
        size=size,
        markup="list_item" if bullet else None,
        bold=sum(len(p.raw.strip()) for p in pieces if p.bold) > 0.8 * whole,
        italic=sum(len(p.raw.strip()) for p in pieces if p.italic) > 0.8 * whole,
        gap=_gap(blank / height),
        symbol=symbol,
    )


def _gap(blank: float) -> float:
    """The blank space as `Block.gap` has it: what sets paragraphs apart counts as a whole line, less as it is."""
    return round(max(blank, 1.0) if blank >= _PARAGRAPH_GAP else max(blank, 0.0), 2)


def _symbol(rect: Rect, marks: Sequence[Mark]) -> str | None:
    """Colour of the nearest mark beside the line."""
    x0, y0, x1, y1 = rect
    near = [
        (distance, mark.color)
        for mark in marks
        if y0 - 2 <= (mark.y0 + mark.y1) / 2 <= y1 + 2
        and -3 <= (distance := x0 - mark.x1 if mark.x1 <= x0 + 3 else mark.x0 - x1) < _SYMBOL_REACH
    ]
    return min(near)[1] if near else None


def row_blocks(table: RawTable, content: PageContent, above: float | None, number: int) -> list[Block]:
    """The rows of a table as blocks; `above` is where what stands above it ends, `number` its number in the file."""
    blocks: list[Block] = []
    for row, (top, bottom) in zip(table.rows, table.bands, strict=True):
        cells = tuple(_cell(cell, content.frame) for cell in row)
        pieces = [piece for cell in row for piece in cell]
        if not any(cell.text for cell in cells):
            continue
        text, runs = row_text(cells)
        size = Counter(piece.size for piece in pieces).most_common(1)[0][0]
        blank = (top - above) / max(1.22 * size, _LEAST_HEIGHT) if above is not None and not blocks else 0.0
        marks = [m for m in content.marks if top <= (m.y0 + m.y1) / 2 <= bottom and table.x0 - 2 <= m.x0 <= table.x1]
        blocks.append(
            Block(
                text=text,
                runs=runs,
                page=content.frame.page,
                size=size,
                bold=all(piece.bold for piece in pieces),
                italic=all(piece.italic for piece in pieces),
                cells=cells,
                table=number,
                gap=_gap(blank),
                symbol=min(marks, key=lambda mark: mark.x0).color if marks else None,
            )
        )
        above = bottom
    return blocks


def _cell(pieces: Sequence[Piece], frame: Frame) -> Cell:
    lines = [*baseline_rows(pieces), *([piece] for piece in pieces if not piece.upright)]
    composed = compose(lines, frame, cell=True)
    return Cell(composed.text, composed.runs)
