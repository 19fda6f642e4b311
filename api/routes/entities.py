"""`/entities`: names and where they are mentioned."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from api.deps import ArchiveDep, FiltersDep, Limit, Offset
from api.shapes import EntityList
from search.views import EntityDetail

router = APIRouter(tags=["entities"])
Label = Literal["PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT"]


@router.get("/entities", summary="Namn med antal")
def list_entities(
    archive: ArchiveDep,
    filters: FiltersDep,
    label: Annotated[Label | None, Query(description="Bara namn av det här slaget.")] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> EntityList:
    found = archive.entities(label, filters)
    rows = tuple(found[offset : offset + limit])
    return EntityList(entities=rows, total=len(found), limit=limit, offset=offset)


@router.get("/entities/{name:path}", summary="Ett namn: varianter och omnämnanden")
def get_entity(
    archive: ArchiveDep,
    name: Annotated[str, Path(max_length=200, examples=["Trefas"], description="Namnet i någon form.")],
    filters: FiltersDep,
) -> EntityDetail:
    return archive.entity(name, filters)
