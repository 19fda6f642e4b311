"""What a table is once it is found: where it stands and its rows, each with the words and their places."""

from dataclasses import dataclass
from typing import Literal

from ingest.block import Run

TableKind = Literal["indicator", "activity", "economy", "other"]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, however many printed lines it takes."""

    name: str
    """The first column's text, joined across line and page breaks."""
    values: tuple[tuple[str, str], ...]
    """(column heading as printed and mended, cell as printed), empty cells as ""."""
    note: str | None
    """The row's comment ("Analys …")."""
    sentence: str
    """The row as a readable Swedish sentence, the text of its passage."""
    runs: tuple[Run, ...]
    """Offsets into `sentence` of the words that stand in the source."""
    quote_runs: tuple[Run, ...]
    """The longest contiguous stretch of the source that holds the row's name; `raw` is what counts, offsets are 0."""
    first_block: int
    last_block: int
    """Indexes of the first and the last block of the row, both inclusive."""
    blocks: tuple[int, ...]
    """Every block that the row's text stands in; a repeated header between them is left out."""


@dataclass(frozen=True, slots=True)
class TableRegion:
    """A stretch of blocks that is a table."""

    start: int
    end: int
    """Half-open range of block indexes."""
    kind: TableKind
    heading_blocks: tuple[int, ...]
    """Indexes of the blocks where a header row begins, the ones repeated after a page break included."""
    rows: tuple[TableRow, ...]
