"""`/rapporter`: what the archive holds, what could not be read, and files being read in."""

import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from api import links
from api.deps import ArchiveDep, FiltersDep, check_key
from api.jobs import STAGES, Jobs
from api.pages import PageDep
from api.problems import ProblemError
from api.routes.reports import UPLOADS
from api.upload import ingest_upload, safe_name

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

    key = request.app.state.settings.api_key
    return page.render(
        "reports.html",
        reports=reports[start : start + SHOWN],
        total=len(reports),
        failed=archive.failed(),
        duplicates=archive.duplicates(),
        may_upload=key is not None and bool(key.get_secret_value()),
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
    async with request.form(max_files=1, max_fields=2) as form:
        given, upload = form.get("nyckel"), form.get("fil")
        check_key(request, given if isinstance(given, str) else None)
        if not isinstance(upload, UploadFile) or not upload.filename:
            raise ProblemError(422, page.text("upload.choose"))
        name = safe_name(upload.filename)
        folder = Path((await run_in_threadpool(archive.status)).home) / UPLOADS
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:
            while block := await upload.read(1 << 20):
                part.write(block)
    _jobs(request).start(name, partial(ingest_upload, archive, folder, name, Path(part.name)))
    return RedirectResponse(links.address(PATH, page.language) + "#inlasning", 303)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs
