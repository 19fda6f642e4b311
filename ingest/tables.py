"""Find the tables in a report's blocks."""

from collections.abc import Sequence, Set

from ingest.block import Block
from ingest.cell_table import read_named_table
from ingest.figure_table import read_figure_table
from ingest.flow import Flow, measure
from ingest.printed_line import Printer
from ingest.printed_table import read_printed_table
from ingest.table_region import TableRegion, TableRow

__all__ = ["TableRegion", "TableRow", "find_tables"]


def find_tables(
    blocks: Sequence[Block], flow: Flow | None = None, interrupted: Set[int] = frozenset()
) -> tuple[TableRegion, ...]:
    """The tables among `blocks`, in order and without overlap.

    `flow`: how their document sets lines, measured here when not given; at `interrupted` blocks a new page begins.
    """
    printer = Printer(blocks, flow or measure(blocks, "txt"))
    found: list[TableRegion] = []
    index = 0
    while index < len(blocks):
        region = _table_at(blocks, printer, interrupted, index)
        if region is not None:
            found.append(region)
        index = region.end if region is not None else index + 1
    return tuple(found)


def _table_at(blocks: Sequence[Block], printer: Printer, interrupted: Set[int], index: int) -> TableRegion | None:
    block = blocks[index]
    if block.cells is not None:
        return read_named_table(blocks, index) or read_figure_table(blocks, index)
    return read_printed_table(blocks, printer, interrupted, index)
