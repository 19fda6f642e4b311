"""`/feeds/{id}.atom` and `/llms.txt`: for programs, outside the versioned interface."""

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import PlainTextResponse, Response

from api.deps import ArchiveDep
from api.feed import MEDIA_TYPE, atom

router = APIRouter()
_LLMS = FilePath(__file__).parents[1] / "data" / "llms.txt"


@router.get("/feeds/{question}.atom")
def get_feed(
    request: Request, archive: ArchiveDep, question: Annotated[str, Path(max_length=40, pattern="^[0-9a-f]+$")]
) -> Response:
    news = archive.saved.feed(question)
    site = str(request.base_url).rstrip("/")
    return Response(atom(news, site), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-cache"})


@router.get("/llms.txt")
def get_llms() -> PlainTextResponse:
    return PlainTextResponse(_LLMS.read_text(encoding="utf-8"), headers={"Cache-Control": "max-age=3600"})
