"""`/rapport/{id}` and `/rapport/{id}/avsnitt/{n}`: a report's goal tree, and the text of its sections."""

from collections import Counter
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.deps import ArchiveDep
from api.goal_table import STATUSES
from api.pages import PageDep
from api.remembered import RememberedDep
from api.routes.reports import ReportId
from search.errors import NotFoundError
from search.views import SectionRow

router = APIRouter()
MOST_PASSAGES = 120
"""Passages on one page of text; what stands under a longer section has pages of its own."""


@router.get("/rapport/{report_id}")
def report_page(archive: ArchiveDep, page: PageDep, report_id: ReportId) -> Response:
    detail = archive.report(report_id)
    counts = Counter(section.status for section in detail.sections if section.status)
    return page.render(
        "report.html",
        detail=detail,
        judged=[(status, counts[status]) for status in STATUSES if counts[status]],
    )


@router.get("/rapport/{report_id}/avsnitt/{number}")
def section_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    report_id: ReportId,
    number: Annotated[int, Path(ge=0, le=1_000_000)],
) -> Response:
    detail = archive.report(report_id)
    if number >= len(detail.sections):
        raise NotFoundError(f"{detail.report.source} har {len(detail.sections)} avsnitt; {number} finns inte.")
    shown = _together(detail.sections, number)
    wanted = {section.id for section in shown}
    own = detail.report.id
    passages = remembered.get(("passages", own), lambda: archive.passages(own))
    # A goal's text may go on after the goals under it.
    inside = sorted((hit for hit in passages if hit.section.id in wanted), key=lambda hit: hit.section.id or 0)
    texts = {section: list(hits) for section, hits in groupby(inside, key=lambda hit: hit.section.id)}
    last = shown[-1].id
    return page.render(
        "section.html",
        detail=detail,
        section=detail.sections[number],
        shown=shown,
        texts=texts,
        previous=detail.sections[number - 1] if number else None,
        following=detail.sections[last + 1] if last + 1 < len(detail.sections) else None,
    )


def _together(sections: tuple[SectionRow, ...], number: int) -> list[SectionRow]:
    """The section with those under it, as many as one page holds."""
    shown = [sections[number]]
    passages = sections[number].passages
    below = {number}
    for section in sections[number + 1 :]:
        if section.parent not in below or passages + section.passages > MOST_PASSAGES:
            break
        below.add(section.id)
        passages += section.passages
        shown.append(section)
    return shown
