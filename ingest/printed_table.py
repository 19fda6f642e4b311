"""Tables printed as plain lines, with blanks between cells and blank lines between names and cells."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ingest.block import Block, Cell
from ingest.columns import Column, begins_cell_phrase, is_cell_phrase, squash, table_rules
from ingest.goal_form import begins_goal
from ingest.printed_cells import ParsedCells, is_date, parse_cells, parse_dates
from ingest.printed_header import PrintedHeader, printed_header
from ingest.printed_line import Line, Printer, join_lines
from ingest.table_region import TableRegion
from ingest.table_row import Draft, without_marks
from ingest.table_text import block_cell, join

_MAX_VALUE_GROUPS = 8
_MAX_NAME_LINES = 40
_MAX_NAME_WORDS = 30
"""Cells are looked for after no more lines of a name than this, and no more words on one line."""
_LOOK_AHEAD = 12
"""Groups of lines to look through for a sign that the table goes on after a comment of several paragraphs."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines with no blank line between them."""

    start: int
    end: int
    """Half-open range of block indexes."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Values:
    """A row's cells, found in one or more groups."""

    name_lines: tuple[Line, ...]
    """The name's lines (or its last ones) before the cells, in the same group."""
    cells: tuple[Cell, ...]
    rest: tuple[Line, ...]
    """Lines of the group after an activity's dates: the rest of its name."""
    lines: tuple[Line, ...]
    """Every line that holds cells."""
    end: int
    """Block index after the last of the groups."""


def read_printed_table(
    blocks: Sequence[Block], printer: Printer, interrupted: Set[int], start: int
) -> TableRegion | None:
    """The table whose header row begins at `blocks[start]`; None when none does or it has no rows.

    At `interrupted` blocks a new page begins.
    """
    header = printed_header(blocks, start)
    if header is None:
        return None
    reader = _PrintedTable(blocks, printer, interrupted, header)
    reader.read()
    return reader.region() if reader.drafts else None


class _PrintedTable:
    """Reads one table, group of lines by group of lines."""

    def __init__(self, blocks: Sequence[Block], printer: Printer, interrupted: Set[int], header: PrintedHeader) -> None:
        self.blocks = blocks
        self.printer = printer
        self.interrupted = interrupted
        self.start = header.start
        self.header = header
        self.headings = [header.start]
        self.end = header.end
        self.drafts: list[Draft] = []
        self.pending: list[_Group] = []
        self.after_header = False
        self.note_awaited = False
        self._items: dict[int, _Group | PrintedHeader | None] = {}
        self._found: dict[tuple[int, PrintedHeader], _Values | None] = {}

    def region(self) -> TableRegion:
        rows = tuple(draft.finish(self.blocks) for draft in self.drafts)
        headings = tuple(heading for heading in self.headings if heading < self.end)
        return TableRegion(self.start, self.end, self.header.kind, headings, rows)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.header.columns

    def read(self) -> None:
        index = self.header.end
        while (item := self._item(index)) is not None:
            if isinstance(item, PrintedHeader):
                if item.kind != self.header.kind:
                    return
                self.header = item
                self.headings.append(item.start)
                self.after_header = True
                index = item.end
                # A header belongs to the table even when its page has no more of it.
                if self.drafts and not self.pending:
                    self.end = item.end
                continue
            values = self._values(item)
            if values is not None:
                self._take_row(values)
                index = values.end
            elif self._take_words(item):
                index = item.end
            else:
                return
            if not self.pending:
                self.end = index

    def _item(self, index: int) -> _Group | PrintedHeader | None:
        """The header or group of lines at or after block `index`; None at the end, a row with cells or a goal."""
        while index < len(self.blocks) and not self.blocks[index].text:
            index += 1
        if index not in self._items:
            self._items[index] = self._read_item(index)
        return self._items[index]

    def _read_item(self, index: int) -> _Group | PrintedHeader | None:
        if index == len(self.blocks) or self.blocks[index].cells is not None or begins_goal(self.blocks, index):
            return None
        header = printed_header(self.blocks, index)
        if header is not None:
            return header
        end = index + 1
        while end < len(self.blocks) and self._same_group(end):
            if self._row_ends(index, end) or (end in self.interrupted and self._page_ends(index, end)):
                break
            end += 1
        return _Group(index, end, tuple(self.printer.line(n) for n in range(index, end)))

    def _same_group(self, index: int) -> bool:
        block = self.blocks[index]
        if not block.text or block.cells is not None or _begins_note(block.text) or _begins_other_text(block.text):
            return False
        return printed_header(self.blocks, index) is None and not begins_goal(self.blocks, index)

    def _row_ends(self, start: int, index: int) -> bool:
        """Whether rows of one line stand below each other with nothing between, and one begins at block `index`.

        The line before holds all cells of its row; below a comment, the line itself holds a whole row.
        """
        if not without_marks(block_cell(self.blocks[index])).text[:1].isupper():
            return False
        if _begins_note(self.blocks[start].text):
            return self._whole(index)
        return self._whole(index - 1) and self._more_below(index)

    def _page_ends(self, start: int, index: int) -> bool:
        """Whether what stands right above a page break, from block `start` on, is whole when block `index` begins."""
        if self.blocks[index - 1].text.endswith((".", "!", "?")) and self.blocks[index].text[0].isupper():
            return True
        lines = tuple(self.printer.line(n) for n in range(start, index))
        if self.header.kind == "activity":
            return any(parse_dates(line, self.columns[1:]) is not None for line in lines)
        return self._split([lines]) is not None

    def _more_below(self, index: int) -> bool:
        """Whether one of the lines from block `index` on, up to a blank one, ends with all cells of a row too."""
        while index < len(self.blocks) and self._same_group(index):
            if self._whole(index):
                return True
            index += 1
        return False

    def _whole(self, index: int) -> bool:
        """Whether the line of block `index` ends with all cells of a row, the one that every row fills among them."""
        line = self.printer.line(index)
        if self.header.kind == "activity":
            dates = parse_dates(line, self.columns[1:])
            return dates is not None and dates[0] > 0 and sum(bool(cell.text) for cell in dates[1]) > 1
        if self.columns[-1].role not in ("period", "periodicity"):
            return False
        words = range(1, min(len(line.words), _MAX_NAME_WORDS))
        return any(parse_cells([[line]], word, self.columns[1:]) is not None for word in words)

    def _values(self, group: _Group) -> _Values | None:
        """The cells of a row whose cells begin in `group`; None when it has none."""
        key = (group.start, self.header)
        if key not in self._found:
            self._found[key] = self._dates(group) if self.header.kind == "activity" else self._figures(group)
        return self._found[key]

    def _figures(self, group: _Group) -> _Values | None:
        groups = [group.lines]
        ends = [group.end]
        while len(groups) < _MAX_VALUE_GROUPS:
            following = self._item(ends[-1])
            if not isinstance(following, _Group):
                break
            groups.append(following.lines)
            ends.append(following.end)
        best = self._split(groups)
        if best is None:
            return None
        cost, parsed, number, word = best
        if (number or word) and parsed.groups > 1:
            # A name that ends with a figure must not take the cells of the group after it.
            alone = parse_cells(groups[1:], 0, self.columns[1:])
            if alone is not None and alone.cost <= cost:
                return None
        head = group.lines[number]
        names = (*group.lines[:number], Line(head.block, head.words[:word], False)) if word else group.lines[:number]
        used = (*group.lines[number:], *(line for lines in groups[1 : parsed.groups] for line in lines))
        return _Values(names, parsed.cells, (), used, ends[parsed.groups - 1])

    def _split(self, groups: Sequence[tuple[Line, ...]]) -> tuple[float, ParsedCells, int, int] | None:
        """The cheapest cells that begin in the first group: with their cost, and the line and word they begin at."""
        best = None
        for number, line in enumerate(groups[0][:_MAX_NAME_LINES]):
            for word in range(min(len(line.words), _MAX_NAME_WORDS)):
                parsed = parse_cells([groups[0][number:], *groups[1:]], word, self.columns[1:])
                skipped = sum(other.text[:1].isdigit() for other in line.words[:word])
                if parsed is not None and (best is None or parsed.cost + skipped < best[0]):
                    best = (parsed.cost + skipped, parsed, number, word)
        return best

    def _dates(self, group: _Group) -> _Values | None:
        for number, line in enumerate(group.lines):
            used = [line]
            below = group.lines[number + 1 : number + 2]
            if below and is_date(line.words[-1].text) and is_date(below[0].words[0].text):
                # The line was too narrow for both dates.
                used.append(below[0])
                line = Line(line.block, (*line.words, *below[0].words), below[0].breaks_word)
            parsed = parse_dates(line, self.columns[1:])
            if parsed is not None:
                word, cells = parsed
                names = group.lines[:number]
                if word:
                    names = (*names, Line(line.block, line.words[:word], False))
                return _Values(names, cells, group.lines[number + len(used) :], tuple(used), group.end)
        return None

    def _take_row(self, values: _Values) -> None:
        lines = [*(line for group in self.pending for line in group.lines), *values.name_lines]
        names = [join_lines([line.without_mark() if place == 0 else line for place, line in enumerate(lines)])]
        names.append(join_lines(values.rest))
        blocks = [line.block for group in self.pending for line in group.lines]
        blocks += [line.block for line in (*values.name_lines, *values.lines, *values.rest)]
        cells = [[cell] for cell in values.cells]
        self.drafts.append(Draft(self.columns, names, cells, blocks, [line.block for line in values.lines]))
        self.pending = []
        self.after_header = self.note_awaited = False

    def _take_words(self, group: _Group) -> bool:
        """Take a group without cells: a comment, a name, the rest of one; False when the table has ended before it."""
        last = self.drafts[-1] if self.drafts else None
        if self.pending:
            return False
        if last is not None and _begins_note(group.lines[0].text):
            first = group.lines[0]
            begun = () if _is_note_label(first.text) else (Line(first.block, first.words[1:], first.breaks_word),)
            last.note = [*(last.note or []), _said((*begun, *group.lines[1:]))]
            last.blocks.extend(line.block for line in group.lines)
            self.note_awaited, self.after_header = not begun and len(group.lines) == 1, False
            return True
        if _begins_other_text(group.lines[0].text):
            return False
        if self._is_name(group):
            self.pending.append(group)
            return True
        if last is None:
            return False
        if last.note is not None:
            if not (self.note_awaited or self.after_header or self._goes_on(group.end)):
                return False
            last.note.append(_said(group.lines))
        elif self.after_header and (group.lines[0].text[0].islower() or self._goes_on(group.end)):
            self._take_rest(last, group)
        else:
            return False
        last.blocks.extend(line.block for line in group.lines)
        self.note_awaited = False
        self.after_header = self.after_header and last.note is None
        return True

    def _is_name(self, group: _Group) -> bool:
        """Whether a row's cells, with no name of their own, come straight after `group`."""
        item = self._item(group.end)
        while isinstance(item, PrintedHeader) and item.kind == self.header.kind:
            item = self._item(item.end)
        if not isinstance(item, _Group) or _begins_other_text(item.lines[0].text):
            return False
        values = self._values(item)
        return values is not None and not values.name_lines

    def _take_rest(self, last: Draft, group: _Group) -> None:
        """What a page break cut off: the rest of a cell when that makes it whole, else of the name."""
        rest = join_lines(group.lines)
        for pieces in last.values:
            begun = join(pieces)
            if begun.text and begins_cell_phrase(begun.text) and is_cell_phrase(f"{begun.text} {rest.text}"):
                pieces.append(rest)
                last.value_blocks.extend(line.block for line in group.lines)
                return
        last.name.append(rest)

    def _goes_on(self, index: int) -> bool:
        """Whether more rows or a repeated header of this table come after block `index`."""
        for _ in range(_LOOK_AHEAD):
            item = self._item(index)
            if item is None or (isinstance(item, _Group) and _begins_other_text(item.lines[0].text)):
                return False
            if isinstance(item, PrintedHeader):
                return item.kind == self.header.kind
            if self._values(item) is not None:
                return True
            index = item.end
        return False


def _said(lines: Sequence[Line]) -> Cell:
    """What the lines of a comment say, without the marks of its lists."""
    return join_lines(line.without_mark() for line in lines)


def _is_note_label(text: str) -> bool:
    return text.rstrip(" :") in table_rules().note_labels


def _begins_note(text: str) -> bool:
    """Whether a line is the label of a comment, or the label and a comment's first words ("Analys Arbetet pågår")."""
    label, _, said = text.partition(" ")
    return _is_note_label(text) or (_is_note_label(label) and said[:1].isupper())


def _begins_other_text(text: str) -> bool:
    """Whether a line is one of those that stand after tables: a goal, a status, a label."""
    begun = squash(text)
    if not text[:1].isupper():
        return False
    for opening in table_rules().after_table:
        bare = squash(opening)
        if begun == bare or (" " in opening and begun.startswith(bare)) or begun.startswith(bare + ":"):
            return True
    return False
