"""`/indicators`: values of indicators."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ArchiveDep, FiltersDep, Limit, Offset
from api.shapes import IndicatorList

router = APIRouter(tags=["indicators"])


@router.get("/indicators", summary="Indikatorvärden")
def list_indicators(
    archive: ArchiveDep,
    filters: FiltersDep,
    name: Annotated[str | None, Query(max_length=300, description="Ord i indikatorns namn.")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> IndicatorList:
    found = archive.indicators(filters, name)
    rows = tuple(found[offset : offset + limit])
    return IndicatorList(indicators=rows, total=len(found), limit=limit, offset=offset)
