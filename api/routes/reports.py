"""`/reports`: the list, one report, its sections and page images; upload and removal with a key."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi import Path as PathParameter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from api.deps import ArchiveDep, FiltersDep, require_key
from api.image import Hidden, page_png
from api.paging import PageDep
from api.problems import KEYED, ProblemError
from api.shapes import Removed, ReportList, SectionList
from api.upload import FOLDER, receive
from search.schema import IngestResult
from search.views import ReportDetail

router = APIRouter(tags=["reports"])
ReportId = Annotated[
    str, PathParameter(max_length=300, description="Rapportens id, eller källfilens namn utan ändelse.")
]


@router.get("/reports", summary="Inlästa rapporter, och filer som inte kunde läsas")
def list_reports(archive: ArchiveDep, filters: FiltersDep, page: PageDep) -> ReportList:
    found = archive.reports(filters)
    failed = tuple(one.model_copy(update={"path": one.source}) for one in archive.failed())
    rows, following = page.cut(found)
    return ReportList(
        reports=rows, failed=failed, total=len(found), limit=page.limit, offset=page.offset, next=following
    )


@router.get("/reports/{report_id}", summary="En rapport med sitt målträd")
def get_report(archive: ArchiveDep, report_id: ReportId) -> ReportDetail:
    detail = archive.report(report_id)
    # The folder is the server's own business.
    return detail.model_copy(update={"path": detail.report.source})


@router.get("/reports/{report_id}/sections", summary="En rapports avsnitt i läsordning")
def list_sections(archive: ArchiveDep, report_id: ReportId) -> SectionList:
    rows = tuple(archive.sections(report_id))
    return SectionList(sections=rows, total=len(rows))


@router.get(
    "/reports/{report_id}/pages/{page}.png",
    summary="En pdf-sida som bild, med ett stycke markerat",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "Bilden"}},
)
def get_page_image(
    archive: ArchiveDep,
    report_id: ReportId,
    page: Annotated[int, PathParameter(ge=1, le=100_000, description="Sida, från 1.")],
    highlight: Annotated[str | None, Query(max_length=300, description="Id på stycket som ska markeras.")] = None,
) -> Response:
    detail = archive.report(report_id)
    if detail.format != "pdf":
        raise ProblemError(404, f"{detail.report.source} är ingen pdf, så det finns inga sidbilder.")
    hit = archive.passage(highlight) if highlight else None
    if hit and hit.report.id != detail.report.id:
        raise ProblemError(404, "Stycket hör till en annan rapport.")
    boxes = (hit.citation.boxes if hit else None) or ()
    hidden = Hidden(archive.personal_spans, archive.personal_boxes(detail.report.id, page))
    png = page_png(archive.source_path(detail.report.id), detail.report.sha256, page, boxes, hidden)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@router.post(
    "/reports",
    summary="Läs in en fil (kräver nyckel)",
    dependencies=[Depends(require_key)],
    status_code=201,
    responses=KEYED,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": {"type": "string", "format": "binary"}},
                    }
                }
            },
        }
    },
)
async def add_report(request: Request, archive: ArchiveDep) -> IngestResult:
    # The form is read here and not by a parameter, so that the key is checked before any byte is taken in.
    async with request.form(max_files=1, max_fields=1) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise ProblemError(422, "Skicka filen i formulärfältet file (multipart/form-data).")
        received = await receive(archive, upload)
    result = await run_in_threadpool(received.ingest)
    for one in result.reports:
        if one.status == "failed":
            raise ProblemError(422, one.error or f"{received.name} kunde inte läsas.")
    public = tuple(one.model_copy(update={"path": None}) for one in result.reports)
    return result.model_copy(update={"reports": public})


@router.delete(
    "/reports/{report_id}",
    summary="Ta bort en rapport (kräver nyckel)",
    dependencies=[Depends(require_key)],
    responses=KEYED,
)
def remove_report(archive: ArchiveDep, report_id: ReportId) -> Removed:
    detail = archive.report(report_id)
    removed = archive.remove(detail.report.id)
    # An uploaded file is the archive's own copy; a file that was ingested from elsewhere is not ours to delete.
    uploads = (Path(archive.status().home) / FOLDER).resolve()
    if Path(detail.path).resolve().parent == uploads:
        Path(detail.path).unlink(missing_ok=True)
    return Removed(removed=removed)
