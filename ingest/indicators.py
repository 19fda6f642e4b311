"""Indicator rows as typed data."""

from ingest.columns import Role
from ingest.report import Indicator, Value
from ingest.table_region import TableRow
from ingest.table_row import cell_of, first_line, first_page
from ingest.values import parse_value


def indicator_of(row: TableRow, *, section: int, goal_number: str | None, passage: int) -> Indicator:
    """The indicator in a row of an indicator table; the caller knows where the row stands."""
    return Indicator(
        section=section,
        goal_number=goal_number,
        name=row.name,
        values=row.values,
        note=row.note,
        value=_value(row, "value"),
        men=_value(row, "men"),
        women=_value(row, "women"),
        previous=_value(row, "previous"),
        forecast=_value(row, "forecast"),
        target=_value(row, "target"),
        city_target=_value(row, "city_target"),
        period=cell_of(row, "period"),
        passage=passage,
        line=first_line(row),
        page=first_page(row),
    )


def _value(row: TableRow, role: Role) -> Value | None:
    return parse_value(cell_of(row, role) or "")
