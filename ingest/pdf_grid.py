"""Ruled tables: cells from the drawn lines."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.pdf_page import Piece, Rule

_TOUCH = 3.0
"""Rules whose ends are this near belong together, in points."""
MAX_ROWS, MAX_COLUMNS, MAX_RULES = 200, 40, 5000
"""Beyond these a drawing is a chart or a map, not a table."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as pieces in cells."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    """Rows of cells of pieces; every row has as many cells as the table has columns."""
    bands: tuple[tuple[float, float], ...]
    """Top and bottom of each row."""


def ruled_tables(pieces: Sequence[Piece], rules: Sequence[Rule]) -> tuple[list[RawTable], list[Piece]]:
    """The ruled tables of a page and the pieces that stand outside them."""
    tables: list[RawTable] = []
    rest = list(pieces)
    if len(rules) > MAX_RULES:
        return tables, rest
    for group in _connected(rules):
        table, rest = _table(group, rest)
        if table:
            tables.append(table)
    return tables, rest


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, as groups; sweep by y keeps it near linear."""
    parents = list(range(len(rules)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    order = sorted(range(len(rules)), key=lambda i: rules[i].y0)
    active: list[int] = []
    for index in order:
        rule = rules[index]
        active = [other for other in active if rules[other].y1 >= rule.y0 - _TOUCH]
        for other in active:
            if rules[other].x0 <= rule.x1 + _TOUCH and rules[other].x1 >= rule.x0 - _TOUCH:
                parents[root(other)] = root(index)
        active.append(index)
    found: dict[int, list[Rule]] = {}
    for index in order:
        found.setdefault(root(index), []).append(rules[index])
    return [group for group in found.values() if len(group) >= 4]


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _TOUCH:
            kept.append(value)
    return kept


def _table(rules: list[Rule], pieces: list[Piece]) -> tuple[RawTable | None, list[Piece]]:
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    # A row that goes on after a page break is open at the break: there the vertical rules end it.
    ends = [max(rule.y1 for rule in down), min(rule.y0 for rule in down)] if down else []
    ys = _distinct([*((rule.y0 + rule.y1) / 2 for rule in across), *ends])
    xs = _distinct([(rule.x0 + rule.x1) / 2 for rule in down])
    if not (2 <= len(ys) <= MAX_ROWS and 3 <= len(xs) <= MAX_COLUMNS):
        return None, pieces
    inside: list[Piece] = []
    outside: list[Piece] = []
    for piece in pieces:
        x, y = (piece.x0 + piece.x1) / 2, (piece.y0 + piece.y1) / 2
        within = xs[0] - _TOUCH <= x <= xs[-1] + _TOUCH and ys[0] - _TOUCH <= y <= ys[-1] + _TOUCH
        (inside if within else outside).append(piece)
    if not inside:
        return None, pieces
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = _owners(ys, xs, across, down)
    cells: list[list[list[Piece]]] = [[[] for _ in range(columns)] for _ in range(rows)]
    for piece in inside:
        row = min(max(bisect_right(ys, (piece.y0 + piece.y1) / 2) - 1, 0), rows - 1)
        for column, part in _cut(piece, xs, [owner[row][c] for c in range(columns)]):
            top, left = owner[row][column]
            cells[top][left].append(part)
    filled = [row for row in range(rows) if any(cells[row])]
    used = {column for row in filled for column in range(columns) if cells[row][column]}
    if len(used) < 2:
        return None, pieces
    table = RawTable(
        xs[0],
        ys[0],
        xs[-1],
        ys[-1],
        tuple(tuple(tuple(cell) for cell in cells[row]) for row in filled),
        tuple((ys[row], ys[row + 1]) for row in filled),
    )
    return table, outside


def _owners(ys: list[float], xs: list[float], across: list[Rule], down: list[Rule]) -> list[list[tuple[int, int]]]:
    """For each square of the grid, row and column of the top left square of the (merged) cell that it belongs to."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = [[(r.y0, r.y1) for r in down if abs((r.x0 + r.x1) / 2 - x) <= _TOUCH] for x in xs]
    floors = [[(r.x0, r.x1) for r in across if abs((r.y0 + r.y1) / 2 - y) <= _TOUCH] for y in ys]
    owner = [[(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not any(y0 <= y <= y1 for y0, y1 in walls[column]):
                owner[row][column] = owner[row][column - 1]
            elif row and not any(x0 <= x <= x1 for x0, x1 in floors[row]):
                owner[row][column] = owner[row - 1][column]
    return owner


def _cut(piece: Piece, xs: list[float], owners: list[tuple[int, int]]) -> list[tuple[int, Piece]]:
    """The piece cut where it crosses from one cell into the next, each part with its column."""
    columns = len(owners)

    def column_of(x: float) -> int:
        return min(max(bisect_right(xs, x) - 1, 0), columns - 1)

    if not piece.upright:
        return [(column_of((piece.x0 + piece.x1) / 2), piece)]
    cuts: list[tuple[int, int]] = []
    for index, char in enumerate(piece.raw):
        column = column_of((piece.edges[index] + piece.edges[index + 1]) / 2)
        if not cuts or (not char.isspace() and owners[column] != owners[cuts[-1][0]] and column > cuts[-1][0]):
            cuts.append((column, index))
    parts: list[tuple[int, Piece]] = []
    for number, (column, start) in enumerate(cuts):
        end = cuts[number + 1][1] if number + 1 < len(cuts) else len(piece.raw)
        part = piece.part(start, end)
        if part.raw.strip():
            parts.append((column, part))
    return parts
