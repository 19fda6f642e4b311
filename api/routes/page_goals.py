"""`/mal` and `/mal/{number}`: how boards judge the council's goals, and one goal side by side."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api import links
from api.deps import ArchiveDep, FiltersDep
from api.goal_table import COUNCIL, STATUSES, goal_tables, years
from api.holdings import area_of, report_filters
from api.pages import PageDep
from api.remembered import RememberedDep
from search.errors import NotFoundError
from search.schema import Filters, ReportRef

router = APIRouter()
PATH = "/mal"
MOST_REPORTS = 24
"""Reports in one matrix; above that the latest year is shown first."""
SIDE_BY_SIDE = 12
"""Reports on a goal's page."""


@router.get(PATH)
def goals_page(archive: ArchiveDep, remembered: RememberedDep, page: PageDep, filters: FiltersDep) -> Response:
    every = archive.reports(links.only(report_filters(filters), year=()))
    chosen = _latest(every, filters)
    reports = [one for one in every if not chosen.year or one.year in chosen.year]
    return page.render(
        "goals.html",
        tables=goal_tables(remembered.get(("goals", chosen), lambda: archive.goals(chosen)), reports),
        years=_year_links(every, chosen, PATH, page),
        tags=links.tags(filters, filters, PATH, None, page.language),
        filters=filters,
        reports=reports,
        statuses=STATUSES,
    )


@router.get(PATH + "/{number}")
def goal_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    number: Annotated[str, Path(pattern=r"^\d{1,3}(\.\d{1,3}){0,3}$")],
    filters: FiltersDep,
    start: Annotated[int, Query(alias="fran", ge=0, le=100_000)] = 0,
) -> Response:
    path = f"{PATH}/{number}"
    inside = links.only(filters, goal=(number,))
    found = remembered.get(("goals", inside), lambda: archive.goals(inside))
    rows = {report: list(own) for report, own in groupby(found, key=lambda row: row.report)}
    own_rows = {report: next((row for row in own if row.goal.number == number), None) for report, own in rows.items()}
    every = archive.reports(links.only(report_filters(filters), year=()))
    held = [one for one in every if own_rows.get(one.id) is not None]
    if not held and not filters.year:
        raise NotFoundError(f"Ingen rapport i arkivet har ett mål {number}; se alla mål på sidan Mål.")
    held.sort(key=lambda one: (area_of(one), -(one.year or 0), one.type))
    shown = held[start : start + SIDE_BY_SIDE]
    analyses = Filters(goal=(number,), part=("analys",), report=tuple(one.id for one in shown)) if shown else inside
    texts = remembered.get(("browse", analyses), lambda: archive.browse(analyses))
    titles = list(dict.fromkeys(row.goal.title for row in own_rows.values() if row))

    def other(offset: int) -> str:
        return links.address(path, page.language, filters, fran=offset or None)

    return page.render(
        "goal.html",
        number=number,
        titles=titles,
        columns=[
            (
                one,
                own_rows[one.id],
                [hit for hit in texts if hit.report.id == one.id and hit.section.number == number],
                [row for row in rows[one.id] if row.goal.kind not in COUNCIL],
            )
            for one in shown
        ],
        without=[one for one in every if one.id not in own_rows and (not filters.year or one.year in filters.year)],
        years=_year_links(every, filters, path, page),
        tags=links.tags(filters, filters, path, None, page.language),
        total=len(held),
        start=start,
        previous=other(max(0, start - SIDE_BY_SIDE)) if start else None,
        following=other(start + SIDE_BY_SIDE) if start + len(shown) < len(held) else None,
    )


def _latest(reports: list[ReportRef], filters: Filters) -> Filters:
    """The filters, with the latest year when there is too much for one table."""
    if filters.year or filters.from_year or filters.to_year or len(reports) <= MOST_REPORTS:
        return filters
    known = [one.year for one in reports if one.year is not None]
    return links.only(filters, year=(max(known),)) if known else filters


def _year_links(
    reports: list[ReportRef], filters: Filters, path: str, page: PageDep
) -> list[tuple[str | None, str, bool]]:
    """(year, address, chosen) of each year and, with None, of all."""
    found: list[tuple[str | None, str, bool]] = [
        (None, links.address(path, page.language, links.only(filters, year=())), not filters.year)
    ]
    for year in years(reports):
        if year.isdigit():
            address = links.address(path, page.language, links.only(filters, year=(int(year),)))
            found.append((year, address, int(year) in filters.year))
    return found
