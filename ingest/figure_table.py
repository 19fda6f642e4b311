"""Tables of figures (budget, outcome, deviation and others) whose rows come with cells."""

import itertools
import re
from collections.abc import Sequence

from ingest.block import Block, Cell
from ingest.cell_table import header_kind
from ingest.columns import Column, squash, table_rules
from ingest.table_region import TableKind, TableRegion
from ingest.table_row import Draft
from ingest.table_text import mended
from ingest.values import parse_value

_YEAR = re.compile(r"(?:19|20)\d{2}")


def read_figure_table(blocks: Sequence[Block], start: int) -> TableRegion | None:
    """The table of figures that begins at `blocks[start]` with a header row; None when there is none."""
    rows = _figure_rows(blocks, start)
    headers = 0
    while headers < len(rows) and _is_header(rows[headers][1], first=headers == 0):
        headers += 1
    if not headers or headers == len(rows):
        return None
    columns = _columns([cells for _, cells in rows[:headers]])
    repeated = {_squashed(cells) for _, cells in rows[:headers]}
    headings, drafts = [index for index, _ in rows[:headers]], list[Draft]()
    group = ""
    for index, cells in rows[headers:]:
        if _squashed(cells) in repeated:
            headings.append(index)
            continue
        names = [place for place, cell in enumerate(cells) if cell.text]
        group = cells[0].text or group
        context = ", ".join(part for part in (columns[0].heading, "" if cells[0].text else group) if part)
        padded = [*cells, *(Cell("") for _ in range(len(columns) - len(cells)))]
        values = [[] if place == names[0] else [cell] for place, cell in enumerate(padded) if place]
        row_columns = (*columns, *(Column("", "other") for _ in range(len(padded) - len(columns))))
        drafts.append(Draft(row_columns, [cells[names[0]]], values, [index], [index], context=context))
    if not drafts:
        return None
    table = tuple(draft.finish(blocks) for draft in drafts)
    return TableRegion(rows[0][0], rows[-1][0] + 1, _figure_kind(columns), tuple(headings), table)


def _figure_rows(blocks: Sequence[Block], start: int) -> list[tuple[int, tuple[Cell, ...]]]:
    """The rows from `start` on; after a blank only rows as wide, and headers only when the first one is repeated."""
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    blank = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not block.text:
            blank = True
            continue
        if block.cells is None or header_kind(block) is not None:
            break
        if blank and rows:
            first = rows[0][1]
            other_header = _is_header(block.cells, first=True) and _squashed(block.cells) != _squashed(first)
            if len(block.cells) != len(first) or other_header:
                break
        rows.append((index, block.cells))
        blank = False
    return rows


def _is_header(cells: Sequence[Cell], *, first: bool) -> bool:
    """Whether these cells head columns: words or years, and below the first header row nothing above the names."""
    filled = [cell.text for cell in cells if cell.text]
    if any(_is_figure(text) for text in filled) or (not first and cells[0].text):
        return False
    return len(filled) >= 2


def _is_figure(text: str) -> bool:
    value = parse_value(text)
    return value is not None and value.number is not None and not _YEAR.fullmatch(text)


def _columns(headers: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """One column for each place; in a header of several rows a heading above reaches over the empty places after it."""
    width = max(len(cells) for cells in headers)
    grid = [[cells[place].text if place < len(cells) else "" for place in range(width)] for cells in headers]
    for above, below in itertools.pairwise(grid):
        for place in range(2, width):
            if not above[place] and below[place]:
                above[place] = above[place - 1]
    headings = (" ".join(row[place] for row in grid if row[place]) for place in range(width))
    return tuple(Column(mended(heading), "other") for heading in headings)


def _squashed(cells: Sequence[Cell]) -> str:
    return "|".join(squash(cell.text) for cell in cells)


def _figure_kind(columns: Sequence[Column]) -> TableKind:
    words = {word for column in columns for word in re.findall(r"\w+", column.heading.casefold())}
    return "economy" if words.intersection(table_rules().economy_words) else "other"
