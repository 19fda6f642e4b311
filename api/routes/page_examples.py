"""`/goda-exempel`: practices worth copying, by theme, goal and district."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import links
from api.deps import ArchiveDep, FiltersDep
from api.holdings import area_of
from api.pages import PageDep
from api.remembered import RememberedDep
from api.themes import themes
from search.highlight import has_all_words, highlights
from search.schema import GoodExampleRow, ReportRef

router = APIRouter()
PATH = "/goda-exempel"
PER_PAGE = 24


@router.get(PATH)
def examples_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    filters: FiltersDep,
    theme: Annotated[str | None, Query(alias="tema", max_length=60)] = None,
    words: Annotated[str | None, Query(alias="ord", max_length=200)] = None,
    start: Annotated[int, Query(alias="fran", ge=0, le=100_000)] = 0,
) -> Response:
    every = remembered.get(("good examples", filters), lambda: archive.good_examples(filters))
    reports = {one.id: one for one in archive.reports()}
    known = {one.key: one for one in themes()}
    counts = {key: sum(one.holds(row.summary) for row in every) for key, one in known.items()}
    kept = [
        row
        for row in every
        if (theme not in known or known[theme].holds(row.summary))
        and (not words or not words.strip() or has_all_words(words, row.summary))
    ]
    # What the reports themselves call good examples comes first.
    kept.sort(key=lambda row: (not row.explicit, -(reports[row.report].year or 0)))
    shown = kept[start : start + PER_PAGE]

    def address(**parameters: str | int | None) -> str:
        return links.address(PATH, page.language, filters, **({"tema": theme, "ord": words} | parameters))

    return page.render(
        "examples.html",
        cards=[(row, reports[row.report], highlights(words, row.summary) if words else ()) for row in shown],
        total=len(kept),
        start=start,
        theme=theme,
        words=words or "",
        themes=[(one, counts[one.key], address(tema=one.key)) for one in known.values() if counts[one.key]],
        every=address(tema=None),
        choices=links.choices(_facets(kept, reports), filters, PATH, None, page.language, tema=theme, ord=words),
        tags=links.tags(filters, filters, PATH, None, page.language, tema=theme, ord=words),
        hidden=links.hidden(filters, tema=theme),
        previous=address(fran=max(0, start - PER_PAGE) or None) if start else None,
        following=address(fran=start + PER_PAGE) if start + len(shown) < len(kept) else None,
    )


def _facets(rows: list[GoodExampleRow], reports: dict[str, ReportRef]) -> dict[str, list[tuple[str | int, int]]]:
    """How many examples each district, city-wide board, goal and year has."""
    counts: dict[str, Counter[str | int]] = {field: Counter() for field in ("district", "board", "goal", "year")}
    for row in rows:
        report = reports[row.report]
        city_wide, name = area_of(report)
        counts["board" if city_wide else "district"][name] += 1
        if row.goal_number:
            counts["goal"][".".join(row.goal_number.split(".")[:2])] += 1
        if report.year is not None:
            counts["year"][report.year] += 1
    return {
        field: sorted(found.items(), key=lambda item: (str(item[0]) if field in ("goal", "year") else "", -item[1]))
        for field, found in counts.items()
    }
