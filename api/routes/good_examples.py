"""`/good-examples`: practices worth copying."""

from fastapi import APIRouter

from api.deps import ArchiveDep, FiltersDep, Limit, Offset
from api.shapes import GoodExampleList

router = APIRouter(tags=["good examples"])


@router.get("/good-examples", summary="Goda exempel")
def list_good_examples(
    archive: ArchiveDep, filters: FiltersDep, limit: Limit = 100, offset: Offset = 0
) -> GoodExampleList:
    found = archive.good_examples(filters)
    rows = tuple(found[offset : offset + limit])
    return GoodExampleList(good_examples=rows, total=len(found), limit=limit, offset=offset)
