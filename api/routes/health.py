"""`/health` and `/metrics`: for those who run the service."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse

from api.deps import ArchiveDep
from api.metrics import MEDIA_TYPE
from api.version import version
from search.schema import Schema

router = APIRouter(tags=["service"])


class Health(Schema):
    """That the service answers, and what it holds."""

    status: Literal["ok"]
    version: str
    reports: int
    passages: int
    failed: int
    encoder: str | None


@router.get("/health", summary="Att tjänsten svarar")
def get_health(archive: ArchiveDep) -> Health:
    found = archive.status()
    return Health(
        status="ok",
        version=version(),
        reports=found.reports,
        passages=found.passages,
        failed=found.failed,
        encoder=found.encoder,
    )


@router.get("/metrics", summary="Mätvärden i Prometheus textformat", response_class=PlainTextResponse)
def get_metrics(request: Request, archive: ArchiveDep) -> PlainTextResponse:
    found = archive.status()
    gauges = {
        "reports": found.reports,
        "failed_files": found.failed,
        "passages": found.passages,
        "vectors": found.vectors,
        "mentions": found.mentions,
    }
    return PlainTextResponse(request.app.state.metrics.text(gauges), media_type=MEDIA_TYPE)
