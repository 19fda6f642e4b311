"""`/rapporter`: what the archive holds, what could not be read, and files being read in."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from api import links
from api.deps import ArchiveDep, FiltersDep
from api.form import keyed_form, may_change, page_key
from api.jobs import STAGES, Jobs
from api.pages import PageDep
from api.problems import ProblemError
from api.upload import receive

router = APIRouter()
PATH = "/rapporter"
SHOWN = 200
"""Reports on one page."""


@router.get(PATH)
def reports_page(
    request: Request,
    archive: ArchiveDep,
    page: PageDep,
    filters: FiltersDep,
    start: Annotated[int, Query(alias="fran", ge=0, le=1_000_000)] = 0,
) -> Response:
    reports = sorted(archive.reports(filters), key=lambda one: (one.board or "", -(one.year or 0), one.type))

    def other(offset: int) -> str:
        return links.address(PATH, page.language, filters, fran=offset or None)

    return page.render(
        "reports.html",
        reports=reports[start : start + SHOWN],
        total=len(reports),
        failed=archive.failed(),
        duplicates=archive.duplicates(),
        may_upload=may_change(request),
        jobs=_jobs(request).all(),
        stages=len(STAGES),
        tags=links.tags(filters, filters, PATH, None, page.language),
        previous=other(max(0, start - SHOWN)) if start else None,
        following=other(start + SHOWN) if start + SHOWN < len(reports) else None,
    )


@router.get(PATH + "/inlasning")
def jobs_page(request: Request, page: PageDep) -> Response:
    """The files being read in, alone: what the page's script asks for again and again."""
    return page.render("jobs.html", jobs=_jobs(request).all(), stages=len(STAGES))


@router.post(PATH)
async def upload_page(request: Request, archive: ArchiveDep, page: PageDep) -> Response:
    form = await keyed_form(request, page_key(request), files=1)
    try:
        upload = form.get("fil")
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise ProblemError(422, "Välj en fil att läsa in.")
        received = await receive(archive, upload)
    finally:
        await form.close()
    _jobs(request).start(received.name, received.ingest)
    return RedirectResponse(links.address(PATH, page.language) + "#inlasning", 303)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs
