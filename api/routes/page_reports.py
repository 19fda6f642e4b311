"""`/rapporter`, `/rapport/{id}` and `/rapport/{id}/sida/{n}`: the archive and the reader."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api import links
from api.deps import ArchiveDep, FiltersDep
from api.pages import PageDep
from api.routes.reports import ReportId
from search.errors import NotFoundError

router = APIRouter()


@router.get("/rapporter")
def reports_page(archive: ArchiveDep, page: PageDep, filters: FiltersDep) -> Response:
    reports = sorted(archive.reports(filters), key=lambda one: (one.board or "", one.year or 0, one.type))
    return page.render(
        "reports.html",
        reports=reports,
        failed=archive.failed(),
        tags=links.tags(filters, filters, "/rapporter", None, page.language),
    )


@router.get("/rapport/{report_id}")
def report_page(archive: ArchiveDep, page: PageDep, report_id: ReportId) -> Response:
    detail = archive.report(report_id)
    texts = {
        section: list(hits)
        for section, hits in groupby(archive.passages(detail.report.id), key=lambda hit: hit.section.id)
    }
    return page.render("report.html", detail=detail, texts=texts)


@router.get("/rapport/{report_id}/sida/{number}")
def report_image_page(
    archive: ArchiveDep,
    page: PageDep,
    report_id: ReportId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    passage: Annotated[str | None, Query(alias="stycke", max_length=300)] = None,
) -> Response:
    detail = archive.report(report_id)
    pages = detail.report.pages
    if detail.format != "pdf" or not pages or number > pages:
        raise NotFoundError(f"{detail.report.source} har ingen sidbild {number}; läs texten i rapporten i stället.")
    hits = [hit for hit in archive.passages(detail.report.id) if number in (hit.citation.pages or ())]
    hit = archive.passage(passage) if passage else None
    return page.render("page.html", detail=detail, number=number, pages=pages, hit=hit, hits=hits)
