"""Passages in groups: of their report, their district or city-wide board, or their goal."""

from collections.abc import Sequence
from typing import Literal

from search.records import ReportRecord
from search.schema import Filters

Group = Literal["report", "district", "goal"]


def group_of(path: Sequence[str], report: ReportRecord, group: Group, filters: Filters) -> tuple[str, Filters | None]:
    """The name of a passage's group, "" for none, and the filters that leave only that; None when none do.

    `path`: the titles of its sections from the outermost, for goals.
    """
    if group == "report":
        name = ", ".join(str(part) for part in (report.board or report.source, report.type, report.year) if part)
        return name, filters.model_copy(update={"report": (report.id,)})
    if group == "district":
        if report.district is None:
            only = filters.model_copy(update={"board": (report.board,)}) if report.board else None
            return report.board or report.source, only
        return report.district, filters.model_copy(update={"district": (report.district,)})
    goal = next((step for step in path if _is_goal(step)), None)
    if goal is None:
        return "", None
    return goal, filters.model_copy(update={"goal": (goal.split(" ")[0].rstrip("."),)})


def _is_goal(step: str) -> bool:
    """Whether a section's title begins with a number of two levels or more, "1.4"."""
    return step[:1].isdigit() and "." in step.split(" ")[0].rstrip(".")
