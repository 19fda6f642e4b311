"""`/namn` and `/namn/{name}`: names and where they stand."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api.deps import ArchiveDep, FiltersDep
from api.pages import PageDep
from api.routes.entities import Label

router = APIRouter()
SHOWN = 300
"""Names on one page; the rest are in the export."""
LABELS: tuple[Label, ...] = ("PROGRAM", "ORG", "DISTRICT", "LOC", "LAW", "EVENT", "PER")


@router.get("/namn")
def names_page(
    archive: ArchiveDep,
    page: PageDep,
    filters: FiltersDep,
    label: Annotated[Label | None, Query(alias="slag")] = None,
) -> Response:
    found = archive.entities(label, filters)
    return page.render("names.html", names=found[:SHOWN], total=len(found), label=label, labels=LABELS)


@router.get("/namn/{name:path}")
def name_page(
    archive: ArchiveDep, page: PageDep, name: Annotated[str, Path(max_length=200)], filters: FiltersDep
) -> Response:
    return page.render("name.html", detail=archive.entity(name, filters))
