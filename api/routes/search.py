"""`/search` and `/ask`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.deps import ArchiveDep, FiltersDep, Limit, Question
from api.paging import HitPageDep, link_next
from search.archive import DEEPEST, MOST_HITS, MOST_ROWS
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
def ask(
    archive: ArchiveDep,
    q: Question,
    filters: FiltersDep,
    request: Request,
    response: Response,
    limit: Limit = 10,
    row_offset: Annotated[
        int, Query(ge=0, le=DEEPEST, description="Hoppa över så många rader av svaret (rows to skip).")
    ] = 0,
    row_limit: Annotated[
        int, Query(ge=1, le=MOST_HITS, description="Så många rader av svaret; rows_total säger hur många som finns.")
    ] = MOST_ROWS,
) -> Answer:
    answer = archive.ask(q, filters, limit=limit, row_offset=row_offset, row_limit=row_limit)
    following = row_offset + row_limit
    if following < (answer.rows_total or 0):
        link_next(request, response, "row_offset", str(following))
    return answer
