"""`/search` and `/ask`."""

from fastapi import APIRouter

from api.deps import ArchiveDep, FiltersDep, HitOffset, Limit, Question
from search.schema import Answer, SearchResult

router = APIRouter(tags=["search"])


@router.get("/search", summary="Rangordnade stycken")
def search(
    archive: ArchiveDep, q: Question, filters: FiltersDep, limit: Limit = 10, offset: HitOffset = 0
) -> SearchResult:
    return archive.search(q, filters, limit=limit, offset=offset)


@router.get("/ask", summary="Ett svar med källor")
def ask(archive: ArchiveDep, q: Question, filters: FiltersDep, limit: Limit = 10) -> Answer:
    return archive.ask(q, filters, limit=limit)
