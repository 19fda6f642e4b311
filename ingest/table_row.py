"""A table row while it is being read, and the finished row with its sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.block import Block, Cell, Run
from ingest.columns import Column, Role, column_of, table_rules
from ingest.table_region import TableRow
from ingest.table_text import TextBuilder, cut, join, stretches

_MARKS = re.compile(r"[\s•·‣⁃∙\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\ue000-\uf8ff]+")


@dataclass(slots=True)
class Draft:
    """A row as far as it has been read."""

    columns: tuple[Column, ...]
    """The name column first."""
    name: list[Cell]
    values: list[list[Cell]]
    """One list of pieces for each column after the first."""
    blocks: list[int]
    value_blocks: list[int] = field(default_factory=list)
    note: list[Cell] | None = None
    context: str = ""
    """What the row is about beyond its name, for the sentence: "Mnkr", "Förskoleverksamhet"."""

    def has_values(self) -> bool:
        """Whether any cell after the name is filled."""
        return any(piece.text for pieces in self.values for piece in pieces)

    def cell(self, *roles: str) -> Cell:
        """The first filled cell of a column with one of these roles."""
        for column, pieces in zip(self.columns[1:], self.values, strict=True):
            if column.role in roles and any(piece.text for piece in pieces):
                return join(pieces)
        return Cell("")

    def finish(self, blocks: Sequence[Block]) -> TableRow:
        """The finished row."""
        name = without_marks(join(self.name))
        values = [join(pieces) for pieces in self.values]
        note = join(self.note) if self.note else None
        sentence = _sentence(self, name, values, note)
        indexes = tuple(dict.fromkeys(sorted(self.blocks)))
        return TableRow(
            name=name.text,
            values=tuple((column.heading, cell.text) for column, cell in zip(self.columns[1:], values, strict=True)),
            note=note.text if note and note.text else None,
            sentence=sentence.text,
            runs=sentence.runs,
            quote_runs=_quote_runs(blocks, indexes, frozenset(self.value_blocks)),
            first_block=indexes[0],
            last_block=indexes[-1],
            blocks=indexes,
        )


def cell_of(row: TableRow, role: Role) -> str | None:
    """The first filled cell of a column with this role."""
    return next((cell for heading, cell in row.values if cell and column_of(heading).role == role), None)


def first_line(row: TableRow) -> int | None:
    """The line of a text-like source where the row's name begins."""
    return next((run.line for run in row.runs if run.line is not None), None)


def first_page(row: TableRow) -> int | None:
    """The PDF page where the row's name begins, 1-based."""
    return next((run.box.page for run in row.runs if run.box is not None), None)


def without_marks(cell: Cell) -> Cell:
    """`cell` without the status mark or bullet that it begins with."""
    mark = _MARKS.match(cell.text)
    return cut(cell, mark.end()) if mark else cell


def split_note_label(cell: Cell) -> Cell | None:
    """The comment after "Analys" ("" when the label stands alone); None when `cell` is no comment."""
    for label in table_rules().note_labels:
        match = re.match(rf"{re.escape(label)}\s*(?::\s*|\s(?=\S)|$)", cell.text)
        if match:
            return cut(cell, match.end())
    return None


def _sentence(draft: Draft, name: Cell, values: Sequence[Cell], note: Cell | None) -> Cell:
    """ "Andel …: periodens utfall 2,9 %, årsmål 3,2 % (Tertial 1 2021). Analys: …" """
    text = TextBuilder()
    if draft.context:
        text.literal(f"{draft.context}, ")
    text.words(cut(name, 0, len(name.text.rstrip(".:"))))
    opening = ": " if name.text else ""
    for column, value in zip(draft.columns[1:], values, strict=True):
        if not value.text or column.role in ("period", "periodicity"):
            continue
        text.literal(opening)
        opening = ", "
        if value.text.casefold() != column.heading.casefold() and column.heading:
            text.literal(_inside(column.heading) + " ")
        text.words(value)
    period = draft.cell("period", "periodicity")
    if period.text:
        text.literal(" (")
        text.words(period)
        text.literal(")")
    text.literal("" if text.text.endswith(".") else ".")
    if note and note.text:
        text.literal(f" {table_rules().note_labels[0]}: ")
        text.words(note)
    return text.cell()


def _inside(heading: str) -> str:
    """A heading as it stands inside a sentence: "Årsmål" → "årsmål", "KF:s årsmål" unchanged."""
    return heading if heading[:2].isupper() else heading[:1].lower() + heading[1:]


def _quote_runs(blocks: Sequence[Block], indexes: Sequence[int], value_blocks: frozenset[int]) -> tuple[Run, ...]:
    """The runs of the contiguous stretch that holds most of the row's values; of equals, the longest."""
    best = max(
        stretches(blocks, indexes),
        key=lambda stretch: (len(value_blocks.intersection(stretch)), sum(len(blocks[i].text) for i in stretch)),
    )
    return tuple(run for index in best for run in blocks[index].runs)
