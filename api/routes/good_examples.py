"""`/good-examples`: practices worth copying."""

from fastapi import APIRouter

from api.deps import ArchiveDep, FiltersDep
from api.paging import PageDep
from api.shapes import GoodExampleList

router = APIRouter(tags=["good examples"])


@router.get("/good-examples", summary="Goda exempel")
def list_good_examples(archive: ArchiveDep, filters: FiltersDep, page: PageDep) -> GoodExampleList:
    found = archive.good_examples(filters)
    rows, following = page.cut(found)
    return GoodExampleList(good_examples=rows, total=len(found), limit=page.limit, offset=page.offset, next=following)
