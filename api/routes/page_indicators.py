"""`/indikatorer`: every indicator; one of them by district and year, as charts, a table and a file."""

import io
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import links
from api.deps import ArchiveDep, FiltersDep
from api.export import MEDIA_TYPES, Format, write_rows
from api.indicator_table import IndicatorLine, Shown, filled, names, panels, table
from api.pages import PageDep
from api.remembered import RememberedDep
from search.errors import NotFoundError
from search.highlight import has_all_words

router = APIRouter()
PATH = "/indikatorer"
SHOWN = 300
"""Names on one page."""
Name = Annotated[str | None, Query(alias="namn", max_length=300)]


@router.get(PATH)
def indicators_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    filters: FiltersDep,
    name: Name = None,
    words: Annotated[str | None, Query(alias="ord", max_length=200)] = None,
    shown: Annotated[Shown, Query(alias="visa")] = "all",
) -> Response:
    reports = archive.reports()
    rows = remembered.get(("indicators", filters), lambda: archive.indicators(filters))
    lines = table(rows, reports, name) if name is not None else []
    if not lines:
        found = names(rows, reports)
        # A name that no report has may still say what an indicator measures.
        meant = archive.indicator_series(name, filters).names if name else ()
        if name is not None and not meant:
            raise NotFoundError(f"Ingen rapport här har indikatorn {name!r}; välj bland indikatorerna på sidan.")
        kept = [
            one
            for one in found
            if (not words or has_all_words(words, one.name)) and (name is None or one.name in meant)
        ]
        return page.render(
            "indicators.html",
            names=kept[:SHOWN],
            total=len(kept),
            asked=name,
            words=words or "",
            hidden=links.hidden(filters),
            tags=links.tags(filters, filters, PATH, None, page.language, ord=words),
        )

    def other(kind: Shown) -> str:
        return links.address(PATH, page.language, filters, namn=name, visa=kind if kind != "all" else None)

    return page.render(
        "indicator.html",
        name=lines[0].row.name,
        lines=lines,
        fields=filled([line.row for line in lines]),
        panels=panels(
            lines,
            shown,
            {field: page.text(f"table.{field}") for field in ("value", "target", "women", "men")},
        ),
        shown=shown,
        both=[(kind, other(kind)) for kind in ("all", "sex")],
        has_sex=any(line.row.women is not None or line.row.men is not None for line in lines),
        tags=links.tags(filters, filters, PATH, None, page.language, namn=name),
        files=[
            (form, links.address(PATH + "/tabell." + form, "sv", filters, namn=name))
            for form in ("csv", "xlsx", "jsonl")
        ],
    )


@router.get(PATH + "/tabell.{form}")
def indicator_file(
    archive: ArchiveDep, filters: FiltersDep, form: Format, name: Annotated[str, Query(alias="namn", max_length=300)]
) -> Response:
    lines = table(archive.indicators(filters, name), archive.reports(), name)
    if not lines:
        raise NotFoundError(f"Ingen rapport här har indikatorn {name!r}.")
    file = io.BytesIO()
    write_rows((_row(line) for line in lines), form, file)
    headers = {"Content-Disposition": f'attachment; filename="indikator.{form}"'}
    return Response(file.getvalue(), media_type=MEDIA_TYPES[form], headers=headers)


def _row(line: IndicatorLine) -> dict[str, object]:
    row = line.row
    fields = ("name", "value", "unit", "women", "men", "previous", "target", "city_target", "forecast", "note")
    return {
        "district": row.district,
        "board": line.report.board,
        "year": row.year,
        "period": row.period,
        **{field: getattr(row, field) for field in fields},
        "report": row.report,
        "source": row.citation.source,
        "citation": row.citation.label,
        "quote": row.citation.quote,
    }
