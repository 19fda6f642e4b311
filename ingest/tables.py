"""Find the tables in a report's blocks."""

from collections.abc import Sequence

from ingest.block import Block
from ingest.table_region import TableRegion, TableRow

__all__ = ["TableRegion", "TableRow", "find_tables"]


def find_tables(blocks: Sequence[Block]) -> tuple[TableRegion, ...]:
    """The tables among `blocks`, in order and without overlap."""
    del blocks
    return ()
