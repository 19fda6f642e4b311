"""`/search` and `/ask`."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ArchiveDep, FiltersDep, Limit, Question
from api.paging import HitPageDep
from search.grouping import Group
from search.schema import Answer, SearchResult

router = APIRouter(tags=["search"])
GroupBy = Annotated[
    Group | None,
    Query(
        description="Grupper i stället för träffar: per rapport, stadsdel (eller stadsövergripande nämnd) eller mål."
    ),
]


@router.get("/search", summary="Rangordnade stycken")
def search(
    archive: ArchiveDep, q: Question, filters: FiltersDep, page: HitPageDep, group_by: GroupBy = None
) -> SearchResult:
    found = archive.search(q, filters, limit=page.limit, offset=page.offset, group_by=group_by)
    rows = found.groups_total if group_by else found.listed
    return found.model_copy(update={"next": page.following(rows)})


@router.get("/ask", summary="Ett svar med källor")
def ask(archive: ArchiveDep, q: Question, filters: FiltersDep, limit: Limit = 10) -> Answer:
    return archive.ask(q, filters, limit=limit)
