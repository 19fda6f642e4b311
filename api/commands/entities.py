"""`spana entities` and `spana entity`: the names in the archive."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.names import correct
from api.filters import with_filters
from api.format import say
from api.home import archive
from api.output import Output, with_output
from api.table import print_table

if TYPE_CHECKING:
    from search.schema import Filters
    from search.views import EntityDetail


@with_filters
@with_output
def entities(
    ctx: typer.Context,
    filters: "Filters",
    output: Output,
    label: Annotated[
        str | None,
        typer.Option(
            metavar="SLAG", show_default=False, help="PER, ORG, LOC, DISTRICT, PROGRAM, LAW eller EVENT (label)."
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RÄTTELSE]",
            show_default=False,
            help="merge NAMN ANNAT; split NAMN SKRIVSÄTT; rename NAMN NYTT; label NAMN SLAG; hide NAMN; list; "
            "export FIL; import FIL (corrections).",
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Ta tillbaka rättelsen (undo).")] = False,
) -> None:
    """Lista namn och hur ofta de nämns, eller rätta dem (names with counts, corrections)."""
    from api.rows import listed
    from api.shapes import EntityList

    if words:
        correct(ctx, words, undo, output.format == "json")
        return

    with archive(ctx) as opened:
        found = opened.entities(label_of(label), filters)
        edition = opened.edition().label
    output.emit(
        EntityList(entities=tuple(found), total=len(found)),
        lambda: print_table(
            ("Namn", "Slag", "Omnämnanden", "Rapporter", "Stadsdelar"),
            ((one.name, one.label, one.mentions, one.reports, one.districts) for one in found),
        ),
        lambda: listed(found, edition),
    )


LABELS = ("PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT")


def label_of(text: str | None) -> str | None:
    """The entity label written as the archive has it. Raises search.errors.UsageError for an unknown one."""
    from search.errors import UsageError

    if text is None or text.upper() in LABELS:
        return text.upper() if text else None
    raise UsageError(f"Slaget {text} finns inte; välj ett av {', '.join(LABELS)}.")


@with_filters
@with_output
def entity(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Ett namn i någon form, t.ex. Trefas (name).")],
    filters: "Filters",
    output: Output,
) -> None:
    """Visa ett namn: varianter och omnämnanden per stadsdel och år (one name)."""
    from api.rows import mention_rows

    with archive(ctx) as opened:
        detail = opened.entity(name, filters)
        edition = opened.edition().label
    output.emit(detail, lambda: _render(detail), lambda: mention_rows(detail.rows, edition))


def _render(detail: "EntityDetail") -> None:
    from api.commands.answer import place

    say(f"{detail.name} ({detail.label}){', ' + detail.long_form if detail.long_form else ''}")
    if detail.note:
        say(detail.note)
    if detail.definition:
        say(f"”{detail.definition.quote}” ({detail.definition.label})")
    if detail.part_of:
        say(f"Ligger i: {', '.join(detail.part_of)}")
    if detail.spellings:
        say(f"I rapporterna: {', '.join(f'{one.text} ({one.mentions})' for one in detail.spellings)}")
    if detail.neighbours:
        say(f"Nämns tillsammans med: {', '.join(one.name for one in detail.neighbours[:10])}")
    if detail.variants:
        say(f"Skrivs också: {', '.join(detail.variants)}")
    if detail.origin == "discovered":
        say("Namnet är funnet i rapporterna som namnet på ett program eller en metod.")
    elif detail.origin == "text":
        say("Namnet står inte i registret; det är funnet som ord i texten.")
    years = f", {detail.first_year}–{detail.last_year}" if detail.first_year else ""
    say(f"{detail.mentions} omnämnanden{years}")
    say()
    print_table(
        ("Stadsdel eller nämnd", "År", "Rapport", "Omnämnanden", "Ställe", "Källa"),
        (
            (row.district or row.board, one.year, one.type, one.mentions, place(one.citation), one.citation.label)
            for row in detail.rows
            for one in row.reports
        ),
    )
