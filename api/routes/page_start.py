"""`/` and `/om`."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.deps import ArchiveDep
from api.holdings import holdings
from api.language import examples
from api.pages import PageDep

router = APIRouter()
LATEST = 6
"""Reports under "latest"."""


@router.get("/")
def start_page(archive: ArchiveDep, page: PageDep) -> Response:
    reports = archive.reports()
    # Without a printed date the year's end is the best that is known.
    latest = sorted(reports, key=lambda one: (one.date or f"{one.year or 0}-12-31", one.id), reverse=True)[:LATEST]
    return page.render(
        "start.html",
        groups=examples(),
        status=archive.status(),
        holdings=holdings(reports),
        latest=latest,
        failed=len(archive.failed()),
    )


@router.get("/om")
def about_page(page: PageDep) -> Response:
    return page.render("about.html")
