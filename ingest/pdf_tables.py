"""Tables without rules: columns found by where the pieces of neighbouring lines begin and end."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf_grid import RawTable
from ingest.pdf_page import Piece

_SAME_BASELINE = 1.5
_SAME_SIZE = 0.6
_WIDE_GAP = 0.33
"""In font sizes; a space in running text is about a quarter."""
_MAX_VALUE = 30
"""Characters in a cell that can be a value; longer ones are running text."""
_LIST_MARK = re.compile(r"[•·▪◦○●■–—-]|[\uf000-\uf0ff]|\(?\d{1,2}[.)]|[a-zåäö][.)]|o")

Row = list[Piece]
Column = tuple[float, float]


def unruled_tables(pieces: Sequence[Piece]) -> tuple[list[RawTable], list[Piece]]:
    """The tables of a page that have no rules, and the pieces that stand outside them."""
    rows = baseline_rows(pieces)
    tables: list[RawTable] = []
    taken: set[int] = set()
    first = 0
    while first < len(rows):
        if len(rows[first]) < 2 or any(_LIST_MARK.fullmatch(piece.raw.strip()) for piece in rows[first]):
            first += 1
            continue
        region, columns = _region(rows, first)
        if _is_table(region, columns):
            tables.append(_build(region, columns))
            end = first + len(region)
            taken.update(id(piece) for row in rows[first:end] for piece in row)
            first = end
        else:
            first += 1
    return tables, [piece for piece in pieces if id(piece) not in taken]


def baseline_rows(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces on the same baseline, from the top of the page down, each row from left to right."""
    rows: list[Row] = []
    for piece in sorted((p for p in pieces if p.upright), key=lambda p: (p.baseline, p.x0)):
        if rows and piece.baseline - rows[-1][0].baseline <= _SAME_BASELINE:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def _region(rows: list[Row], first: int) -> tuple[list[Row], list[Column]]:
    """The rows of the table that may begin at row `first`, and its columns from left to right."""
    size = rows[first][0].size
    columns: list[Column] = [(piece.x0, piece.x1) for piece in rows[first]]
    region = [rows[first]]
    if any(left[1] >= right[0] for left, right in pairwise(columns)):
        return region, columns
    for row in rows[first + 1 :]:
        if any(abs(piece.size - size) > _SAME_SIZE for piece in row):
            break
        if row[0].baseline - region[-1][0].baseline > 2.6 * size:
            break
        parts = [part for piece in row for part in _cut(piece, columns)]
        widened = _widen(columns, parts)
        if widened is None:
            break
        columns = widened
        region.append(parts)
    while len(region) > 1 and _stray(region[-1], region[-2]):
        region.pop()
    return region, columns


def _cut(piece: Piece, columns: list[Column]) -> list[Piece]:
    """The piece cut where a word after a wide gap begins right where a column does."""
    starts = [0]
    for index in range(1, len(piece.raw)):
        if piece.raw[index].isspace() or not piece.raw[index - 1].isspace():
            continue
        end = index - 1
        while end and piece.raw[end - 1].isspace():
            end -= 1
        wide = piece.edges[index] - piece.edges[end] > _WIDE_GAP * piece.size
        if wide and any(abs(piece.edges[index] - x0) < _SAME_BASELINE for x0, _ in columns[1:]):
            starts.append(index)
    return [piece.part(start, end) for start, end in pairwise([*starts, len(piece.raw)])]


def _stray(row: Row, above: Row) -> bool:
    """A single piece after the last full row that stands too far down to be its next line."""
    return len(row) == 1 and row[0].baseline - above[0].baseline > 1.35 * row[0].size


def _widen(columns: list[Column], row: Row) -> list[Column] | None:
    """The columns with the row's pieces in them, or None when a piece reaches over more than one column."""
    widened = list(columns)
    for piece in row:
        touched = [i for i, (x0, x1) in enumerate(widened) if piece.x0 < x1 + 1 and piece.x1 > x0 - 1]
        if len(touched) > 1:
            return None
        if not touched:
            if piece.x0 < columns[0][0]:
                return None
            widened.append((piece.x0, piece.x1))
            widened.sort()
            continue
        x0, x1 = widened[touched[0]]
        aligned = min(abs(piece.x0 - x0), abs(piece.x1 - x1), abs(piece.x0 + piece.x1 - x0 - x1) / 2) < 4
        if not aligned and len(row) == 1:
            return None
        widened[touched[0]] = (min(x0, piece.x0), max(x1, piece.x1))
    if any(left[1] >= right[0] for left, right in pairwise(widened)):
        return None
    return widened


def _is_table(rows: list[Row], columns: list[Column]) -> bool:
    """Two or more full rows, short values beside the first column, and a column of figures or a bold header."""
    full = [row for row in rows if len(row) >= 2]
    if len(full) < 2 or len(columns) < 2:
        return False
    values = [piece for row in full for piece in row if piece.x0 > columns[0][1]]
    if sum(len(piece.raw.strip()) <= _MAX_VALUE for piece in values) < 0.8 * len(values):
        return False
    last = [row[-1].raw.strip() for row in full]
    if len(columns) == 2 and all(words.isdigit() and len(words) <= 3 for words in last):
        return False  # a contents list
    headed = len(columns) >= 3 and all(p.bold for p in rows[0]) and not any(p.bold for row in rows[1:] for p in row)
    below = [piece for row in rows[1:] for piece in row]
    return headed or any(_figures([p for p in below if x0 - 1 <= p.x0 <= x1 + 1]) for x0, x1 in columns[1:])


def _figures(pieces: list[Piece]) -> bool:
    """Whether at least half of the cells hold a digit."""
    return bool(pieces) and 2 * sum(any(char.isdigit() for char in piece.raw) for piece in pieces) >= len(pieces)


def _build(rows: list[Row], columns: list[Column]) -> RawTable:
    records = _records(rows)
    cells: list[tuple[tuple[Piece, ...], ...]] = []
    for record in records:
        row: list[list[Piece]] = [[] for _ in columns]
        for line in record:
            for piece in line:
                middle = (piece.x0 + piece.x1) / 2
                row[
                    min(
                        range(len(columns)),
                        key=lambda i: (
                            abs((columns[i][0] + columns[i][1]) / 2 - middle)
                            if not columns[i][0] <= middle <= columns[i][1]
                            else -1
                        ),
                    )
                ].append(piece)
        cells.append(tuple(tuple(cell) for cell in row))
    bands = tuple((min(p.y0 for line in r for p in line), max(p.y1 for line in r for p in line)) for r in records)
    return RawTable(columns[0][0], bands[0][0], columns[-1][1], bands[-1][1], tuple(cells), bands)


def _records(rows: list[Row]) -> list[list[Row]]:
    """Printed lines grouped into table rows: by the space between rows, else by where the first column begins anew."""
    steps = [below[0].baseline - above[0].baseline for above, below in pairwise(rows)]
    leading = min(steps)
    spaced = leading < 1.4 * rows[0][0].size and any(step > 1.12 * leading for step in steps)
    records = [[rows[0]]]
    left = min(row[0].x0 for row in rows)
    for row, step in zip(rows[1:], steps, strict=True):
        if spaced:
            fresh = step > 1.12 * leading
        else:
            starts = row[0].x0 - left < 4
            fresh = starts and (len(row) >= 2 or not row[0].raw.strip()[:1].islower())
        if fresh:
            records.append([row])
        else:
            records[-1].append(row)
    return records
