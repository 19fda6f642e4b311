"""`spana reports` and `spana report`: what is in the archive."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.format import say
from api.home import archive
from api.output import Output, with_output
from api.table import print_table

if TYPE_CHECKING:
    from search.schema import Filters
    from search.views import ReportDetail


@with_filters
@with_output
def reports(
    ctx: typer.Context,
    filters: "Filters",
    output: Output,
    failed: Annotated[
        bool, typer.Option("--failed", help="Bara filer som inte kunde läsas (failed files only).")
    ] = False,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Bara dubbletter: samma rapport i en annan fil (duplicates only).")
    ] = False,
) -> None:
    """Lista inlästa rapporter och filer som inte kunde läsas (list reports)."""
    from api.rows import listed
    from api.shapes import ReportList

    with archive(ctx) as opened:
        found = [] if failed or duplicates else opened.reports(filters)
        bad = [] if duplicates else opened.failed()
        copies = opened.duplicates() if duplicates else []
        edition = opened.edition().label
    total = len(copies) if duplicates else len(bad) if failed else len(found)
    listing = ReportList(reports=tuple(found), failed=tuple(bad), duplicates=tuple(copies), total=total)

    def render() -> None:
        if duplicates:
            print_table(("Fil", "Samma rapport som", "Id"), ((c.source, c.primary, c.duplicate_of) for c in copies))
            if not copies:
                say("Inga dubbletter.")
            return
        if not failed:
            print_table(
                ("Id", "Nämnd", "År", "Typ", "Sidor", "Fil"),
                ((one.id, one.board, one.year, one.type, one.pages, one.source) for one in found),
            )
            if not found:
                say("Inga rapporter. Läs in några: spana ingest SÖKVÄG")
        if bad:
            print_table(("Fil", "Fel"), ((one.source, one.error) for one in bad), title="Kunde inte läsas")
        elif failed:
            say("Alla filer kunde läsas.")

    # In a table of cells the reports, or what was asked for instead of them.
    output.emit(listing, render, lambda: listed(copies if duplicates else bad if failed else found, edition))


@with_output
def report(
    ctx: typer.Context,
    report_id: Annotated[str, typer.Argument(metavar="RAPPORT", help="Id eller filnamn utan ändelse (report id).")],
    output: Output,
) -> None:
    """Visa en rapports målträd med bedömningar (one report's section tree)."""
    from api.rows import listed

    with archive(ctx) as opened:
        detail = opened.report(report_id)
        edition = opened.edition().label
    output.emit(detail, lambda: _render(detail), lambda: listed(detail.sections, edition))


def _render(detail: "ReportDetail") -> None:
    ref = detail.report
    say(f"{ref.title or ref.source}")
    say(" · ".join(str(part) for part in (ref.board, ref.type, ref.year, ref.date, ref.source, f"id {ref.id}") if part))
    counts = detail.counts
    say(
        f"{counts.sections} avsnitt, {counts.passages} stycken, {counts.indicators} indikatorer, "
        f"{counts.activities} aktiviteter, {counts.good_examples} goda exempel, {counts.mentions} omnämnanden"
    )
    for warning in detail.warnings:
        say(f"Obs: {warning}")
    if detail.unreadable_pages:
        say(f"Oläsliga sidor: {', '.join(str(page) for page in detail.unreadable_pages)}")
    say()
    for section in detail.sections:
        # The path of a section ends with the section itself.
        indent = "  " * max(len(section.path) - 1, 0)
        where = f"s. {section.page}" if section.page else f"rad {section.line}" if section.line else ""
        status = f"[{section.status}]" if section.status else ""
        heading = f"{section.number or ''} {section.title}".strip()
        say(f"{indent}{heading}  " + "  ".join(part for part in (status, where) if part))
