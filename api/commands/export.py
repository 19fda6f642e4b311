"""`spana export`: everything of one kind, as a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.format import complain
from api.home import archive

if TYPE_CHECKING:
    from search.schema import Filters


@with_filters
def export(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="SLAG",
            help="reports, sections, passages, indicators, activities, mentions, entities eller good-examples (kind).",
        ),
    ],
    filters: "Filters",
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", show_default=False, help="jsonl, csv eller xlsx; förval jsonl (format)."
        ),
    ] = "jsonl",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FIL", show_default=False, help="Fil att skriva till; annars standard ut (file)."
        ),
    ] = None,
) -> None:
    """Exportera rader som jsonl, csv eller xlsx (export rows)."""
    from api.export import check_kind, write_rows
    from search.errors import UsageError

    chosen = check_kind(kind, format)
    if out is None and chosen == "xlsx" and sys.stdout.isatty():
        raise UsageError("xlsx går inte att visa i terminalen; ange en fil med --out FIL.")
    target = sys.stdout.buffer if out is None else None
    with archive(ctx) as opened:
        rows = opened.export(kind, filters)
        if target is not None:
            count = write_rows(rows, chosen, target)
        elif out is not None:
            # Written beside and moved into place, so that a half file never looks whole.
            part = out.with_name(out.name + ".part")
            try:
                with part.open("wb") as file:
                    count = write_rows(rows, chosen, file)
                part.replace(out)
            finally:
                part.unlink(missing_ok=True)
    if out is not None:
        complain(f"{count} rader i {out}")
