"""Practices by year, district, report or goal, where a question asks for each by itself."""

from collections import Counter
from collections.abc import Sequence

from search.question import Group
from search.schema import GoodExampleRow


def grouped(rows: Sequence[GoodExampleRow], group: Group | None) -> tuple[GoodExampleRow, ...]:
    """The rows of each group together, the groups in order, the rows of one as they came."""
    return tuple(sorted(rows, key=lambda row: _order(row, group))) if group else tuple(rows)


def group_counts(rows: Sequence[GoodExampleRow], group: Group, nobody: str) -> dict[str, int]:
    """How many rows each group has, in order; `nobody` stands for what has no year, district or goal."""
    return dict(Counter(_name(row, group) or nobody for row in grouped(rows, group)))


def _name(row: GoodExampleRow, group: Group) -> str:
    owner = row.district or row.board or ""
    if group == "year":
        return str(row.year or "")
    if group == "goal":
        return row.goal_number or ""
    return owner if group == "district" else " ".join(filter(None, (owner, str(row.year or ""))))


def _order(row: GoodExampleRow, group: Group | None) -> tuple[object, ...]:
    owner = row.district or row.board or ""
    if group == "goal":
        return (row.goal_number is None, [int(part) for part in (row.goal_number or "").split(".") if part.isdigit()])
    return (row.year or 0, owner, row.report) if group in ("year", "report") else (owner, row.year or 0)
