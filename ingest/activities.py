"""Activity rows as typed data."""

import re

from ingest.columns import Role
from ingest.report import Activity
from ingest.table_region import TableRow
from ingest.table_row import cell_of, first_line, first_page

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def activity_of(row: TableRow, *, section: int, goal_number: str | None, passage: int) -> Activity:
    """The activity in a row of an activity table; the caller knows where the row stands."""
    return Activity(
        section=section,
        goal_number=goal_number,
        name=row.name,
        start=_date(row, "start"),
        end=_date(row, "end"),
        deviation=cell_of(row, "deviation"),
        note=row.note,
        passage=passage,
        line=first_line(row),
        page=first_page(row),
    )


def _date(row: TableRow, role: Role) -> str | None:
    """The cell when it is an ISO date; what else it may say stays in the row's values."""
    cell = cell_of(row, role)
    return cell if cell and _ISO_DATE.fullmatch(cell) else None
