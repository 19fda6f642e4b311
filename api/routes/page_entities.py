"""`/namn`, `/namn/{name}` and `/omnamnanden`: names, where they stand, and every passage behind a number."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from markupsafe import Markup

from api import chart, links
from api.around import around
from api.deps import ArchiveDep, FiltersDep
from api.holdings import mention_table, report_filters
from api.pages import Page, PageDep
from api.remembered import Remembered, RememberedDep
from api.routes.entities import Label
from search.archive import Archive
from search.schema import Filters, Hit
from search.views import EntityDetail

router = APIRouter()
SHOWN = 200
"""Names on one page."""
PASSAGES = 30
"""Passages on one page of mentions."""
LABELS: tuple[Label, ...] = ("PROGRAM", "ORG", "DISTRICT", "LOC", "LAW", "EVENT", "PER")


@router.get("/namn")
def names_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    filters: FiltersDep,
    label: Annotated[Label | None, Query(alias="slag")] = None,
    words: Annotated[str | None, Query(alias="ord", max_length=200)] = None,
    start: Annotated[int, Query(alias="fran", ge=0, le=1_000_000)] = 0,
) -> Response:
    found = remembered.get(("entities", label, filters), lambda: archive.entities(label, filters))
    if words and words.strip():
        found = [one for one in found if words.strip().casefold() in one.name.casefold()]

    def other(**parameters: str | int | None) -> str:
        return links.address("/namn", page.language, filters, **({"slag": label, "ord": words} | parameters))

    return page.render(
        "names.html",
        names=found[start : start + SHOWN],
        total=len(found),
        start=start,
        label=label,
        words=words or "",
        kinds=[(one, other(slag=one)) for one in LABELS],
        every=other(slag=None),
        hidden=links.hidden(filters, slag=label),
        tags=links.tags(filters, filters, "/namn", None, page.language, slag=label, ord=words),
        previous=other(fran=max(0, start - SHOWN) or None) if start else None,
        following=other(fran=start + SHOWN) if start + SHOWN < len(found) else None,
    )


@router.get("/namn/{name:path}")
def name_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    name: Annotated[str, Path(max_length=200)],
    filters: FiltersDep,
) -> Response:
    detail = remembered.get(("entity", name, filters), lambda: archive.entity(name, filters))
    passages = _mentioning(archive, remembered, (detail.name,), filters)
    reports = archive.reports(report_filters(filters))
    definition = detail.definition
    written = {one.text.casefold() for one in detail.spellings}
    return page.render(
        "name.html",
        detail=detail,
        definition_report=next((one.id for one in reports if definition and one.source == definition.source), ""),
        table=mention_table(detail.rows, (), reports),
        by_year=_by_year(page, detail),
        by_area=_by_area(page, detail),
        around=around(passages, detail.name),
        tags=links.tags(filters, filters, f"/namn/{name}", None, page.language),
        every=links.address("/omnamnanden", page.language, filters, namn=detail.name),
        variants=[one for one in detail.variants if one.casefold() not in written],
    )


@router.get("/omnamnanden")
def mentions_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    filters: FiltersDep,
    names: Annotated[list[str], Query(alias="namn", min_length=1, max_length=20)],
    beside: Annotated[str | None, Query(alias="med", max_length=200)] = None,
    start: Annotated[int, Query(alias="fran", ge=0, le=1_000_000)] = 0,
) -> Response:
    found = _mentioning(archive, remembered, tuple(names), filters)
    if beside is not None:
        found = [hit for hit in found if beside in {one.name for one in hit.entities}]
    # A name that no registry holds stands in no mention table, but each report's citation is known.
    lone = not found and beside is None
    unknown = [hit for name in names if lone for hit in archive.entity(name, filters).citations]
    passages = found or unknown

    def other(offset: int) -> str:
        pairs = links.address("/omnamnanden", page.language, filters, fran=offset or None, med=beside)
        return links.with_values(pairs, "namn", names)

    return page.render(
        "mentions.html",
        names=names,
        beside=beside,
        passages=[_marked(hit, names) for hit in passages[start : start + PASSAGES]],
        total=len(passages),
        start=start,
        complete=bool(found),
        tags=[
            tag
            for tag in links.tags(filters, filters, "/omnamnanden", None, page.language, namn=names[0])
            if tag.field != "entity"
        ]
        if len(names) == 1
        else [],
        filters=filters,
        previous=other(max(0, start - PASSAGES)) if start else None,
        following=other(start + PASSAGES) if start + PASSAGES < len(passages) else None,
    )


def _mentioning(archive: Archive, remembered: Remembered, names: tuple[str, ...], filters: Filters) -> list[Hit]:
    """Every passage that mentions one of the names, in reading order."""
    inside = links.only(filters, entity=names)
    return remembered.get(("browse", inside), lambda: archive.browse(inside))


def _marked(hit: Hit, names: list[str]) -> Hit:
    """The hit with the asked names marked."""
    spans = tuple((one.start, one.end) for one in hit.entities if one.name in names)
    return hit.model_copy(update={"highlights": spans or hit.highlights})


def _by_year(page: Page, detail: EntityDetail) -> Markup | None:
    years = [(str(one.year or "?"), one.mentions) for one in detail.years]
    return _chart(page.text("name.by_year", name=detail.name), years) if len(years) > 1 else None


def _by_area(page: Page, detail: EntityDetail) -> Markup | None:
    areas = [(row.district or row.board or "", row.mentions) for row in detail.rows if row.mentions]
    areas.sort(key=lambda area: -area[1])
    return _chart(page.text("name.by_area", name=detail.name), areas[:14]) if len(areas) > 1 else None


def _chart(title: str, counts: list[tuple[str, int]]) -> Markup:
    points = tuple(chart.Point(float(count), str(count)) for _, count in counts)
    told = ", ".join(f"{label}: {count}" for label, count in counts)
    most = max(point.value for point in points)
    return chart.bars(title, told, [label for label, _ in counts], [chart.Series("", points)], top=most)
