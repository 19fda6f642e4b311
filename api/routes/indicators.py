"""`/indicators`: values of indicators."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import ArchiveDep, FiltersDep
from api.paging import PageDep
from api.shapes import IndicatorList
from search.views import IndicatorSeries

router = APIRouter(tags=["indicators"])


@router.get("/indicators", summary="Indikatorvärden")
def list_indicators(
    archive: ArchiveDep,
    filters: FiltersDep,
    page: PageDep,
    name: Annotated[str | None, Query(max_length=300, description="Ord i indikatorns namn.")] = None,
) -> IndicatorList:
    found = archive.indicators(filters, name)
    rows, following = page.cut(found)
    return IndicatorList(indicators=rows, total=len(found), limit=page.limit, offset=page.offset, next=following)


@router.get("/indicators/series", summary="En indikator över stadsdelar och år")
def get_indicator_series(
    archive: ArchiveDep,
    name: Annotated[str, Query(min_length=1, max_length=300, description="Indikatorns namn, eller vad den mäter.")],
    filters: FiltersDep,
) -> IndicatorSeries:
    return archive.indicator_series(name, filters)
