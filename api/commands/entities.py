"""`spana entities` and `spana entity`: the names in the archive."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.format import Json, emit, say
from api.home import archive
from api.table import print_table

if TYPE_CHECKING:
    from search.schema import Filters
    from search.views import EntityDetail


@with_filters
def entities(
    ctx: typer.Context,
    filters: "Filters",
    label: Annotated[
        str | None,
        typer.Option(
            metavar="SLAG", show_default=False, help="PER, ORG, LOC, DISTRICT, PROGRAM, LAW eller EVENT (label)."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Lista namn och hur ofta de nämns (names with counts)."""
    from api.shapes import EntityList

    with archive(ctx) as opened:
        found = opened.entities(label_of(label), filters)
    emit(
        EntityList(entities=tuple(found), total=len(found)),
        as_json,
        lambda: print_table(
            ("Namn", "Slag", "Omnämnanden", "Rapporter", "Stadsdelar"),
            ((one.name, one.label, one.mentions, one.reports, one.districts) for one in found),
        ),
    )


LABELS = ("PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT")


def label_of(text: str | None) -> str | None:
    """The entity label written as the archive has it. Raises search.errors.UsageError for an unknown one."""
    from search.errors import UsageError

    if text is None or text.upper() in LABELS:
        return text.upper() if text else None
    raise UsageError(f"Slaget {text} finns inte; välj ett av {', '.join(LABELS)}.")


@with_filters
def entity(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Ett namn i någon form, t.ex. Trefas (name).")],
    filters: "Filters",
    as_json: Json = False,
) -> None:
    """Visa ett namn: varianter och omnämnanden per stadsdel och år (one name)."""
    with archive(ctx) as opened:
        detail = opened.entity(name, filters)
    emit(detail, as_json, lambda: _render(detail))


def _render(detail: "EntityDetail") -> None:
    from api.commands.answer import place

    say(f"{detail.name} ({detail.label}){', ' + detail.long_form if detail.long_form else ''}")
    if detail.note:
        say(detail.note)
    if detail.variants:
        say(f"Skrivs också: {', '.join(detail.variants)}")
    if not detail.in_registry:
        say("Namnet står inte i registret; det är funnet som ord i texten.")
    say(f"{detail.mentions} omnämnanden")
    say()
    print_table(
        ("Stadsdel eller nämnd", "År", "Rapport", "Omnämnanden", "Ställe", "Källa"),
        (
            (row.district or row.board, one.year, one.type, one.mentions, place(one.citation), one.citation.label)
            for row in detail.rows
            for one in row.reports
        ),
    )
