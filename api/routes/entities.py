"""`/entities`: names and where they are mentioned."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from api.deps import ArchiveDep, FiltersDep
from api.paging import PageDep
from api.shapes import EntityList
from search.views import EntityDetail

router = APIRouter(tags=["entities"])
Label = Literal["PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT"]


@router.get("/entities", summary="Namn med antal")
def list_entities(
    archive: ArchiveDep,
    filters: FiltersDep,
    page: PageDep,
    label: Annotated[Label | None, Query(description="Bara namn av det här slaget.")] = None,
) -> EntityList:
    found = archive.entities(label, filters)
    rows, following = page.cut(found)
    return EntityList(entities=rows, total=len(found), limit=page.limit, offset=page.offset, next=following)


@router.get("/entities/{name:path}", summary="Ett namn: varianter och omnämnanden")
def get_entity(
    archive: ArchiveDep,
    name: Annotated[str, Path(max_length=200, examples=["Trefas"], description="Namnet i någon form.")],
    filters: FiltersDep,
) -> EntityDetail:
    return archive.entity(name, filters)
