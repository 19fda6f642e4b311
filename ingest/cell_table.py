"""Indicator and activity tables whose rows come with cells: tab-separated text, PDF, docx, html, markdown."""

import math
from collections.abc import Sequence

from ingest.block import Block, Cell
from ingest.columns import Column, NamedKind, column_of, is_cell_phrase, is_period, kind_of_heading
from ingest.goal_form import begins_goal
from ingest.swallowed import spread
from ingest.table_region import TableRegion
from ingest.table_row import Draft, split_note_label, without_marks
from ingest.table_text import block_cell, cut, join
from ingest.values import parse_value

_MAX_HEADING_WORDS = 2
_MAX_LOOSE_LINES = 6
"""Lines of a row that a PDF may give outside its cells."""
_ANCHORS = ("period", "periodicity", "start", "end")
"""Columns that every row fills: a row without them goes on from the row before."""


def header_kind(block: Block) -> NamedKind | None:
    """The kind of table that this header row opens; None when it is no header row of a known kind."""
    filled = [cell for cell in block.cells or () if cell.text]
    if len(filled) < 2:
        return None
    heading, rest = _split_heading(filled[0])
    known = [column_of(cell.text).role != "other" for cell in filled[1:]]
    if not (all(known) if rest.text else any(known)):
        return None
    return kind_of_heading(heading.text)


def _split_heading(cell: Cell) -> tuple[Cell, Cell]:
    """The first column's heading, and what a page break cut off from the row before and put below it."""
    cell = without_marks(cell)
    words = cell.text.split(" ")
    for count in range(min(_MAX_HEADING_WORDS, len(words)), 0, -1):
        heading = " ".join(words[:count])
        if kind_of_heading(heading) is not None:
            return cut(cell, 0, len(heading)), cut(cell, len(heading))
    return cell, Cell("")


def read_named_table(blocks: Sequence[Block], start: int) -> TableRegion | None:
    """The indicator or activity table whose header row is `blocks[start]`; None when it is no such header."""
    kind = header_kind(blocks[start])
    if kind is None:
        return None
    reader = _NamedTable(blocks, start, kind)
    reader.read()
    return reader.region()


class _NamedTable:
    """Reads one indicator or activity table, row by row."""

    def __init__(self, blocks: Sequence[Block], start: int, kind: NamedKind) -> None:
        self.blocks = blocks
        self.start = start
        self.end = start + 1
        self.kind = kind
        self.headings: list[int] = []
        self.drafts: list[Draft] = []
        self.positions: list[int] = []
        self.columns: tuple[Column, ...] = ()
        self.width = 0
        self.name_end = math.inf
        """Where the second column begins on the page (pdf)."""
        self.rest_awaited = False
        self.note_awaited = False

    def region(self) -> TableRegion:
        for draft in self.drafts:
            spread(draft)
        rows = tuple(draft.finish(self.blocks) for draft in self.drafts)
        return TableRegion(self.start, self.end, self.kind, tuple(self.headings), rows)

    def read(self) -> None:
        index = self.start
        blank = False
        while index < len(self.blocks):
            block = self.blocks[index]
            if not block.text:
                blank = True
            elif not self._take(index, block, blank):
                return
            else:
                self.end, blank = index + 1, False
            index += 1

    def _take(self, index: int, block: Block, blank: bool) -> bool:
        """Take one block into the table; False when the table has ended before it."""
        if block.cells is None:
            return self._take_text(index, block_cell(block), blank)
        kind = header_kind(block)
        if kind is not None:
            if kind != self.kind:
                return False
            self._take_header(index, block.cells)
            _, rest = _split_heading(next(cell for cell in block.cells if cell.text))
            if rest.text and self.drafts:
                self._take_words(index, rest)
            return True
        if blank and not self.rest_awaited and len(block.cells) not in (self.width, self.width + 1):
            return False
        self._take_cells(index, self._aligned(block.cells))
        return True

    def _take_header(self, index: int, cells: Sequence[Cell]) -> None:
        self.headings.append(index)
        self.positions = [place for place, cell in enumerate(cells) if cell.text]
        name = _split_heading(cells[self.positions[0]])[0].text
        self.columns = (Column(name, "name"), *(column_of(cells[place].text) for place in self.positions[1:]))
        self.width = len(cells)
        second = [run.box.x0 for place in self.positions[1:2] for run in cells[place].runs if run.box is not None]
        self.name_end = min(second, default=math.inf)
        self.rest_awaited = bool(self.drafts)

    def _aligned(self, cells: Sequence[Cell]) -> list[Cell]:
        """The row's cells, one for each column; a status column before the name is left out."""
        if len(cells) == len(self.columns) < self.width:
            return list(cells)
        if self.positions[0] == 0 and not without_marks(cells[0]).text and _is_name(cells[1:2]):
            cells = cells[1:]
        aligned: list[list[Cell]] = [[] for _ in self.columns]
        for place, cell in enumerate(cells):
            if not without_marks(cell).text and place < self.positions[0]:
                continue
            column = max((n for n, start in enumerate(self.positions) if start <= place), default=0)
            aligned[column].append(cell)
        return [join(pieces, " ") for pieces in aligned]

    def _take_text(self, index: int, text: Cell, blank: bool) -> bool:
        """A line without cells: a comment or its text, or what a page break cut off; anything else ends the table."""
        if not self.drafts or self.blocks[index].markup == "heading" or begins_goal(self.blocks, index):
            return False
        if self._inside_row(index):
            self.rest_awaited = True
        told = self.note_awaited or (not blank and (self.rest_awaited or split_note_label(text) is not None))
        if told:
            self._take_words(index, text)
        return told

    def _inside_row(self, index: int) -> bool:
        """Whether a line without cells goes on from the row before: a row comes after it, or it and a header do."""
        lower = True
        for block in self.blocks[index : index + _MAX_LOOSE_LINES]:
            if not block.text:
                return False
            if block.cells is not None:
                kind = header_kind(block)
                return (kind == self.kind and lower) or (kind is None and len(block.cells) == self.width)
            lower = lower and block.text[0].islower()
        return False

    def _take_cells(self, index: int, cells: list[Cell]) -> None:
        if not any(cell.text for cell in cells):
            return
        filled = [place for place, cell in enumerate(cells) if cell.text]
        if filled == [0]:
            self._take_words(index, cells[0])
            return
        if self._goes_on(index, cells):
            last = self.drafts[-1]
            last.name.append(cells[0])
            for pieces, cell in zip(last.values, cells[1:], strict=True):
                pieces.append(cell)
            last.blocks.append(index)
            last.value_blocks.append(index)
        else:
            values = [[cell] for cell in cells[1:]]
            self.drafts.append(Draft(self.columns, [cells[0]], values, [index], [index]))
        self.rest_awaited = self.note_awaited = False

    def _goes_on(self, index: int, cells: Sequence[Cell]) -> bool:
        """Whether these cells are the rest of the row before, cut by a page break."""
        if not self.drafts or len(self.drafts[-1].columns) != len(self.columns):
            return False
        last = self.drafts[-1]
        if not cells[0].text:
            return True
        begun = last.cell("period").text
        period = next(
            (cell.text for column, cell in zip(self.columns, cells, strict=True) if column.role == "period"), ""
        )
        if begun and period and not is_period(begun) and is_period(f"{begun} {period}"):
            return True
        anchored = any(column.role in _ANCHORS and cell.text for column, cell in zip(self.columns, cells, strict=True))
        if last.cell(*_ANCHORS).text:
            return not anchored and (cells[0].text[0].islower() or self._cut_by_page(index))
        return not last.has_values() and last.note is None and cells[0].text[0].islower()

    def _cut_by_page(self, index: int) -> bool:
        """Whether a page ends before this block, in a table whose rows all fill a column that every row fills."""
        before, page = self.blocks[self.drafts[-1].blocks[-1]].page, self.blocks[index].page
        return before != page and all(draft.cell(*_ANCHORS).text for draft in self.drafts)

    def _cut(self, index: int, words: Cell) -> bool:
        """Whether words alone go on from a row that a page ended in, the file's own page or that of its source.

        Words printed across the columns are no row of their own.
        """
        across = any(run.box is not None and run.box.x1 > self.name_end for run in words.runs)
        return self._cut_by_page(index) or (across and bool(self.drafts[-1].cell(*_ANCHORS).text))

    def _take_words(self, index: int, words: Cell) -> None:
        """A row with words in its first cell only: a comment, the rest of a comment or of a name, or a bare row."""
        comment = None if self.note_awaited else split_note_label(words)
        last = self.drafts[-1] if self.drafts else None
        if comment is not None and last is not None:
            last.note = [*(last.note or []), comment]
        elif last is not None and (self.note_awaited or last.note is not None):
            last.note = [*(last.note or []), words]
        elif last is not None and (self.rest_awaited or words.text[0].islower() or self._cut(index, words)):
            last.name.append(words)
        else:
            self.drafts.append(Draft(self.columns, [words], [[] for _ in self.columns[1:]], [index]))
            self.rest_awaited = False
            return
        last.blocks.append(index)
        self.note_awaited = comment is not None and not comment.text
        self.rest_awaited = False


def _is_name(cells: Sequence[Cell]) -> bool:
    """Whether the first of `cells` holds words such as a row's name is made of, not a value."""
    text = cells[0].text if cells else ""
    value = parse_value(text)
    return value is not None and value.number is None and " " in text and not is_cell_phrase(text)
