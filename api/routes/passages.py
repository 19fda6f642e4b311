"""`/passages`: one passage, those around it and those like it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.deps import ArchiveDep, FiltersDep, Limit
from api.paging import PageDep
from api.shapes import HitList
from search.schema import Hit

router = APIRouter(tags=["passages"])
PassageId = Annotated[str, Path(max_length=300, description="Styckets id, som i en träff.")]
OwnReport = Annotated[bool, Query(description="Ta med stycken ur samma rapport.")]


@router.get("/passages/{passage_id}", summary="Ett stycke")
def get_passage(archive: ArchiveDep, passage_id: PassageId) -> Hit:
    return archive.passage(passage_id)


@router.get("/passages/{passage_id}/similar", summary="Stycken med liknande innehåll, i andra rapporter")
def list_similar(
    archive: ArchiveDep, passage_id: PassageId, filters: FiltersDep, limit: Limit = 10, own_report: OwnReport = False
) -> HitList:
    hits = tuple(archive.similar(passage_id, limit, filters, own_report=own_report))
    return HitList(hits=hits, total=len(hits), limit=limit)


@router.get("/passages/{passage_id}/section", summary="Alla stycken i samma avsnitt, i läsordning")
def list_section(archive: ArchiveDep, passage_id: PassageId, page: PageDep) -> HitList:
    held = archive.around(passage_id)
    hits, following = page.cut(held)
    return HitList(hits=hits, total=len(held), limit=page.limit, offset=page.offset, next=following)
