"""`/passages`: one passage, and those like it."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.deps import ArchiveDep, Limit
from api.shapes import HitList
from search.schema import Hit

router = APIRouter(tags=["passages"])
PassageId = Annotated[str, Path(max_length=300, description="Styckets id, som i en träff.")]


@router.get("/passages/{passage_id}", summary="Ett stycke")
def get_passage(archive: ArchiveDep, passage_id: PassageId) -> Hit:
    return archive.passage(passage_id)


@router.get("/passages/{passage_id}/similar", summary="Stycken med liknande innehåll")
def list_similar(archive: ArchiveDep, passage_id: PassageId, limit: Limit = 10) -> HitList:
    hits = tuple(archive.similar(passage_id, limit))
    return HitList(hits=hits, total=len(hits), limit=limit)
