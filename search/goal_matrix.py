"""The matrix goal × district × year: how every report judges every goal, and where there is nothing to judge by."""

from collections.abc import Sequence

from search.letters import letters
from search.records import ReportRecord
from search.schema import GoalStatusRow
from search.views import GoalCell, GoalMatrix, GoalMatrixRow

_Area = tuple[str | None, str | None]


def goal_matrix(reports: Sequence[ReportRecord], goals: Sequence[GoalStatusRow]) -> GoalMatrix:
    """One row a goal (the same kind and the same words in its title), one cell a district or board and year.

    `reports` are those in scope, so that a goal that a report does not have is told from a report that is not held.
    """
    held: dict[tuple[_Area, int | None], list[str]] = {}
    for report in reports:
        held.setdefault((report.area, report.year), []).append(report.id)
    by_id = {report.id: report for report in reports}
    columns = sorted({(area, year) for area, year in held}, key=_place)
    areas = sorted({area for area, _ in columns}, key=lambda area: (area[0] is None, area[0] or "", area[1] or ""))
    years = sorted({year for _, year in columns if year is not None})
    rows: dict[tuple[str, str], list[GoalStatusRow]] = {}
    for row in goals:
        rows.setdefault((row.goal.kind, letters(row.goal.title)), []).append(row)
    empty = {(area, year): _cell(area, year, (), held=(area, year) in held) for area in areas for year in years}
    built: list[GoalMatrixRow] = []
    for own in rows.values():
        here: dict[tuple[_Area, int | None], list[GoalStatusRow]] = {}
        for row in own:
            here.setdefault((by_id[row.report].area, row.year), []).append(row)
        cells = tuple(_cell(*place, here[place], held=True) if place in here else empty[place] for place in empty)
        built.append(GoalMatrixRow(goal=own[0].goal, cells=cells))
    order = sorted(built, key=lambda row: (_number(row.goal.number), row.goal.kind, row.goal.title))
    return GoalMatrix(years=tuple(years), rows=tuple(order), reports=len(reports))


def _cell(area: _Area, year: int, rows: Sequence[GoalStatusRow], *, held: bool) -> GoalCell:
    judged = tuple(row for row in rows if row.status is not None)
    if not held:
        state = "no_report"
    elif not rows:
        state = "not_in_report"
    else:
        state = "judged" if judged else "none_printed"
    return GoalCell.model_validate(
        {
            "district": area[0],
            "board": area[1],
            "year": year,
            "state": state,
            "status": judged[-1].status if judged else None,
            "judgements": tuple(rows),
        }
    )


def _place(column: tuple[_Area, int | None]) -> tuple[bool, str, str, int]:
    (district, board), year = column
    return district is None, district or "", board or "", year or 0


def _number(number: str | None) -> tuple[bool, tuple[int, ...]]:
    return number is None, tuple(int(part) for part in (number or "0").split(".") if part.isdigit())
