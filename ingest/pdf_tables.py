"""Tables without vertical rules: columns found by where the pieces of neighbouring lines begin and end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.columns import kind_of_heading, table_rules
from ingest.pdf_grid import RawTable
from ingest.pdf_page import Piece, Rule

_SAME_BASELINE = 1.5
_SAME_SIZE = 0.6
_ALIGNED = 4.0
"""Points that a cell's edge or middle may lie beside its column's."""
_WIDE_GAP = 0.33
"""In font sizes; a space in running text is about a quarter."""
_MAX_STEP = 2.6
"""Font sizes from one baseline of a table to the next."""
_NEXT_LINE = 1.35
"""Font sizes from a line to the next line of the same cell, at most."""
_MORE_SPACE = 1.12
"""The step to a new row against the step inside a row, where rows have space between them."""
_MAX_VALUE = 30
"""Characters in a cell that can be a value; longer ones are running text."""
_MAX_COMMENT_LINES = 40
"""Lines across the columns that a row's comment may take before the next row."""
_FEW_CELLS = 4
"""A row of so narrow a table may have its name and one cell only."""
_MAX_HEADER_LINES = 4
_RULED_SHARE = 0.8
_MAX_TRIES = 5
"""Rows of a stretch that may begin a table before the stretch is left; keeps long two-column text linear."""
_LIST_MARK = re.compile(r"[•·▪◦○●■–—-]|[\uf000-\uf0ff]|\(?\d{1,2}[.)]|[a-zåäö][.)]|o")

Row = list[Piece]
Column = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line of a table."""

    pieces: Row
    across: bool = False
    """A line of a comment, which runs across the columns."""


def unruled_tables(pieces: Sequence[Piece], rules: Sequence[Rule] = ()) -> tuple[list[RawTable], list[Piece]]:
    """The tables of a page that have no vertical rules, and the pieces that stand outside them."""
    rows = baseline_rows(pieces)
    across = [rule for rule in rules if rule.horizontal]
    tables: list[RawTable] = []
    taken: set[int] = set()
    first = refused = tries = 0
    while first < len(rows):
        if len(rows[first]) < 2 or any(_LIST_MARK.fullmatch(piece.raw.strip()) for piece in rows[first]):
            first += 1
            continue
        region, columns = _region(rows, first)
        columns = _settled(columns, region)
        headed = _headed(region, columns)
        lines = [_Line(row) for row in region]
        if headed:
            more, columns = _after_comments(rows[first + len(region) :], lines, columns)
            lines += more
        goes_on = len(lines) > 1 and len(columns) >= 3 and _opens_table(region[0]) and _begins_note(lines[1].pieces)
        if goes_on or _is_table([line.pieces for line in lines if not line.across], columns, headed):
            tables.append(_build(lines, columns, across))
            end = first + len(lines)
            taken.update(id(piece) for row in rows[first:end] for piece in row)
            first = end
        else:
            end = first + len(lines)
            tries = tries + 1 if end == refused else 1
            refused = end
            first = end if tries == _MAX_TRIES else first + 1
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
    shapes = [columns]
    for row in rows[first + 1 :]:
        if not _near(row, region[-1], size) or _begins_note(row) or _opens_table(row):
            break
        parts = _cut_row(row, columns)
        columns = _together(columns, parts, region)
        widened = _widen(columns, parts, len(region) < _MAX_HEADER_LINES)
        if widened is None:
            break
        columns = widened
        region.append(parts)
        shapes.append(columns)
    while len(region) > 1 and _stray(region[-1], region[-2]):
        region.pop()
        shapes.pop()
    return region, shapes[-1]


def _near(row: Row, above: Row, size: float) -> bool:
    """Whether a row can stand in a table of this font size below the row above."""
    if any(abs(piece.size - size) > _SAME_SIZE for piece in row):
        return False
    return row[0].baseline - above[0].baseline <= _MAX_STEP * size


def _after_comments(rows: list[Row], lines: list[_Line], columns: list[Column]) -> tuple[list[_Line], list[Column]]:
    """The lines that a headed table goes on with after a comment across its columns, and the columns then."""
    more: list[_Line] = []
    comment: list[_Line] = []
    above = lines[-1].pieces
    size = above[0].size
    for row in rows:
        told = bool(comment) and len(row) == 1  # a comment's line is one piece, whatever stands under its words
        parts = row if told else _cut_row(row, columns)
        if not _near(row, above, size) or row[0].x0 < columns[0][0] - _ALIGNED or _opens_table(row):
            break
        below = row[0].baseline - above[0].baseline < _NEXT_LINE * size
        widened = _widen(columns, parts)
        fits = widened is not None and len(widened) == len(columns)
        if fits and len(parts) > 1:
            more += [*comment, _Line(parts)]
            comment = []
        elif fits and below and not comment and more and not _begins_note(row):
            more.append(_Line(parts))
        elif fits and row[0].x0 > columns[0][1]:
            comment.append(_Line(parts))  # the first line of a cell that stands higher than its row's others
        elif abs(row[0].x0 - columns[0][0]) < _ALIGNED and row[-1].x1 < columns[-1][1] + 5 * size:
            comment.append(_Line(row, across=True))
            if len(comment) > _MAX_COMMENT_LINES:
                break
        else:
            break
        if fits and widened is not None and not comment:
            columns = widened
        above = row
    if comment and _begins_note(comment[0].pieces):
        more += _tight(comment)
    return more, columns


def _tight(lines: list[_Line]) -> list[_Line]:
    """The first lines, as far as they follow each other as lines of one text do."""
    for number, (above, below) in enumerate(pairwise(lines), start=1):
        if below.pieces[0].baseline - above.pieces[0].baseline >= _NEXT_LINE * above.pieces[0].size:
            return lines[:number]
    return lines


def _cut_row(row: Row, columns: list[Column]) -> Row:
    return [part for piece in row for part in _cut(piece, columns)]


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
    return len(row) == 1 and row[0].baseline - above[0].baseline > _NEXT_LINE * row[0].size


def _widen(columns: list[Column], row: Row, opening: bool = False) -> list[Column] | None:
    """The columns with the row's pieces in them, or None when a piece reaches over more than one column.

    Only while the table opens can a row with other cells show that there is a column to the left of its header.
    """
    widened = list(columns)
    for piece in row:
        touched = [i for i, (x0, x1) in enumerate(widened) if piece.x0 < x1 + 1 and piece.x1 > x0 - 1]
        if len(touched) > 1:
            return None
        if not touched:
            if piece.x0 < columns[0][0] and not (opening and len(row) > 1):
                return None
            widened.append((piece.x0, piece.x1))
            widened.sort()
            continue
        x0, x1 = widened[touched[0]]
        if _offset(piece, (x0, x1)) >= _ALIGNED and len(row) == 1:
            return None
        widened[touched[0]] = (min(x0, piece.x0), max(x1, piece.x1))
    if any(left[1] >= right[0] for left, right in pairwise(widened)):
        return None
    return widened


def _offset(piece: Piece, column: Column) -> float:
    """How far the piece lies beside the column's left edge, right edge or middle, whichever is nearest."""
    x0, x1 = column
    return min(abs(piece.x0 - x0), abs(piece.x1 - x1), abs(piece.x0 + piece.x1 - x0 - x1) / 2)


def _together(columns: list[Column], row: Row, region: list[Row]) -> list[Column]:
    """The columns, two of them made one where the row's piece shows that a heading and its figures are apart."""
    for piece in row:
        touched = [n for n, (x0, x1) in enumerate(columns) if piece.x0 < x1 + 1 and piece.x1 > x0 - 1]
        if len(touched) == 2 and touched[0] and _takes_turns(columns[touched[0]], columns[touched[1]], region):
            columns = _merged(columns, touched[0])
    return columns


def _settled(columns: list[Column], region: list[Row]) -> list[Column]:
    """The columns without those that only misaligned cells made: no row fills them and the ones beside them.

    A header shows how many there are, so only in a table that no row fills wider than its first ones.
    """
    number = 1  # names have no heading beside them
    while number + 1 < len(columns):
        if _takes_turns(columns[number], columns[number + 1], region):
            columns = _merged(columns, number)
        number += 1
    most = max(len(row) for row in region)
    while len(region) > 2 and len(columns) > most == max(len(row) for row in region[:_MAX_HEADER_LINES]):
        apart = [
            (columns[n + 1][0] - columns[n][1], n)
            for n in range(1, len(columns) - 1)
            if not any(_holds(row, columns[n]) and _holds(row, columns[n + 1]) for row in region)
        ]
        if not apart:
            break
        columns = _merged(columns, min(apart)[1])
    return columns


def _takes_turns(left: Column, right: Column, region: list[Row]) -> bool:
    """Whether one of two columns holds nothing but headings, above everything that the other holds."""
    filled = [[number for number, row in enumerate(region) if _holds(row, column)] for column in (left, right)]
    if not all(filled):
        return False
    above, below = sorted(filled)
    return above[-1] < min(below[0], _MAX_HEADER_LINES)


def _holds(row: Row, column: Column) -> bool:
    return any(piece.x0 < column[1] and piece.x1 > column[0] for piece in row)


def _merged(columns: list[Column], number: int) -> list[Column]:
    return [*columns[:number], (columns[number][0], columns[number + 1][1]), *columns[number + 2 :]]


def _headed(rows: list[Row], columns: list[Column]) -> bool:
    """Whether the first row is a header over three or more columns: in bold, or because its first words say so."""
    bold = [all(piece.bold for piece in row) for row in rows if len(row) >= 2]
    return len(columns) >= 3 and (_opens_table(rows[0]) or (bold[:1] == [True] and not all(bold)))


def _opens_table(row: Row) -> bool:
    """Whether the row is the header of an indicator or activity table."""
    return len(row) > 1 and kind_of_heading(row[0].raw.strip()) is not None


def _is_note_label(row: Row) -> bool:
    """Whether the row is the label of a comment, alone or with a colon before the comment."""
    words = row[0].raw.strip()
    label = words.partition(":")[0] if len(row) == 1 else ""
    return label in table_rules().note_labels


def _begins_note(row: Row) -> bool:
    """Whether the row is one piece that begins with the label of a comment: a page may hold no more of a table."""
    label, _, said = row[0].raw.strip().partition(" ")
    return _is_note_label(row) or (len(row) == 1 and label in table_rules().note_labels and said[:1].isupper())


def _is_table(rows: list[Row], columns: list[Column], headed: bool) -> bool:
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
    below = [piece for row in rows[1:] for piece in row]
    return headed or any(_figures([p for p in below if x0 - 1 <= p.x0 <= x1 + 1]) for x0, x1 in columns[1:])


def _figures(pieces: list[Piece]) -> bool:
    """Whether at least half of the cells hold a digit."""
    return bool(pieces) and 2 * sum(any(char.isdigit() for char in piece.raw) for piece in pieces) >= len(pieces)


def _build(lines: list[_Line], columns: list[Column], rules: Sequence[Rule]) -> RawTable:
    records = _records(lines, columns, rules)
    cells: list[tuple[tuple[Piece, ...], ...]] = []
    for record in records:
        row: list[list[Piece]] = [[] for _ in columns]
        for line in record:
            for piece in line.pieces:
                row[0 if line.across else _place(piece, columns)].append(piece)
        cells.append(tuple(tuple(cell) for cell in row))
    pieces = [[piece for line in record for piece in line.pieces] for record in records]
    bands = tuple((min(piece.y0 for piece in row), max(piece.y1 for piece in row)) for row in pieces)
    return RawTable(columns[0][0], bands[0][0], columns[-1][1], bands[-1][1], tuple(cells), bands)


def _place(piece: Piece, columns: list[Column]) -> int:
    """The column that the piece's middle stands in, or the nearest one."""
    middle = (piece.x0 + piece.x1) / 2
    inside = [number for number, (x0, x1) in enumerate(columns) if x0 <= middle <= x1]
    nearest = min(range(len(columns)), key=lambda n: abs(columns[n][0] + columns[n][1] - 2 * middle))
    return inside[0] if inside else nearest


def _records(lines: list[_Line], columns: list[Column], rules: Sequence[Rule]) -> list[list[_Line]]:
    """Printed lines grouped into table rows.

    By the rules between rows, else by the space between them, else by where the first column begins anew.
    """
    steps = [below.pieces[0].baseline - above.pieces[0].baseline for above, below in pairwise(lines)]
    divided = [_divided(above, below, columns, rules) for above, below in pairwise(lines)]
    ruled = _ruled(lines, divided)
    leading = min(steps)
    spaced = leading < 1.4 * lines[0].pieces[0].size and _spaced(lines, steps, leading)
    named = _opens_table(lines[0].pieces)
    most = max(len(line.pieces) for line in lines[1:])
    enough = 0 if not named else most // 2 + 1 if most > _FEW_CELLS else 2
    records = [[lines[0]]]
    for line, step, rule in zip(lines[1:], steps, divided, strict=True):
        if line.across and _begins_note(line.pieces):
            fresh = True
        elif records[-1][-1].across and not line.across:
            fresh = True  # a row below a comment
        elif ruled or rule:
            fresh = rule
        elif spaced:
            fresh = step > _MORE_SPACE * leading
        else:
            fresh = _begins_row(line, records[-1], columns, enough)
        if fresh:
            records.append([line])
        else:
            records[-1].append(line)
    return records


def _ruled(lines: list[_Line], divided: list[bool]) -> bool:
    """Whether rules part the rows: between most lines with figures and the next such line there is one."""
    figures = [number for number, line in enumerate(lines) if _has_figures(line)]
    parted = [any(divided[above:below]) for above, below in pairwise(figures)]
    return any(divided) and sum(parted) >= _RULED_SHARE * len(parted)


def _spaced(lines: list[_Line], steps: list[float], leading: float) -> bool:
    """Whether there is more space between rows than inside them: above most lines with figures, if above any line."""
    above = [step > _MORE_SPACE * leading for step in steps]
    inside = [(more, line) for more, (before, line) in zip(above, pairwise(lines), strict=True) if not before.across]
    figures = [more for more, line in inside if _has_figures(line)]
    return any(above) and (not figures or 2 * sum(figures) > len(figures))


def _has_figures(line: _Line) -> bool:
    """Whether a line has figures in two columns or more."""
    return sum(any(char.isdigit() for char in piece.raw) for piece in line.pieces[1:]) > 1


def _divided(above: _Line, below: _Line, columns: list[Column], rules: Sequence[Rule]) -> bool:
    """Whether a rule over most of the table's width lies between two lines."""
    half = (columns[-1][1] - columns[0][0]) / 2
    top, bottom = above.pieces[0].baseline - 0.3 * above.pieces[0].size, below.pieces[0].baseline
    return any(
        top < rule.y0 < bottom and min(rule.x1, columns[-1][1]) - max(rule.x0, columns[0][0]) > half for rule in rules
    )


def _begins_row(line: _Line, record: list[_Line], columns: list[Column], enough: int) -> bool:
    """Whether a line begins a row where neither rules nor space tell: by its first column and by how much it fills.

    In a table where every row has so many cells, `enough` is their number; 0 where some have but a name.
    """
    first = line.pieces[0]
    if line.across or record[-1].across:
        return line.across != record[-1].across
    if all(piece.bold for other in (line, record[0]) for piece in other.pieces):
        return False
    if first.x0 - columns[0][0] >= _ALIGNED:
        return False
    goes_on = not first.raw.strip()[:1].isupper() or _unfinished(record, columns)
    full = len(line.pieces) >= len(record[0].pieces)
    if enough:
        return len(line.pieces) >= enough and (full or not goes_on)
    return not goes_on or (len(line.pieces) > 1 and full)


def _unfinished(record: list[_Line], columns: list[Column]) -> bool:
    """Whether the last words in the row's first column ask for more."""
    names = [line.pieces[0].raw.rstrip() for line in record if line.pieces[0].x0 - columns[0][0] < _ALIGNED]
    return bool(names) and names[-1].endswith((",", "-", " och", "/"))
