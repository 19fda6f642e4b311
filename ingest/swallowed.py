"""Rows whose figures were printed in the name's cell, spread out over their columns again."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.block import Cell
from ingest.printed_cells import parse_cells
from ingest.printed_line import Line, Word
from ingest.table_row import Draft
from ingest.table_text import cut, join

_MIN_COLUMNS = 4
"""Fewer values could be figures that belong to the name."""
_MAX_COST = 1.0
"""Of the split: no cell of unknown words."""


def spread(draft: Draft) -> None:
    """Move the values that end the row's name ("Sjukfrånvaro 8,3 % 5,3 % …") to their columns.

    Only when the columns beside the name are empty and the words make exactly one value for each column, so that there
    is no doubt which is whose.
    """
    columns = draft.columns[1:]
    values = [join(pieces) for pieces in draft.values]
    empty = len(list(takewhile(lambda cell: not cell.text, values)))
    if len(columns) < _MIN_COLUMNS or empty < len(columns) - 2:
        return
    name = join(draft.name)
    words = list(_words(name))
    rest = [word for cell in values for word in _words(cell)]
    for first in range(1, len(words)):
        if not re.match(r"[-−–+±]?\d", words[first].text):
            continue
        parsed = parse_cells([[Line(0, (*words, *rest), False)]], first, columns)
        if parsed is not None and parsed.cost <= _MAX_COST and all(cell.text for cell in parsed.cells):
            draft.name = [join((word.cell for word in words[:first]), " ")]
            draft.values = [[cell] for cell in parsed.cells]
            draft.value_blocks = list(draft.blocks)
            return


def _words(cell: Cell) -> Iterator[Word]:
    for match in re.finditer(r"\S+", cell.text):
        yield Word(cut(cell, match.start(), match.end()), 1)
