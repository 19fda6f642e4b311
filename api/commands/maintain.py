"""`spana status`, `check`, `remove` and `reindex`: care of the archive."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.ingest import progress_bar
from api.format import Json, emit, say
from api.home import archive

if TYPE_CHECKING:
    from search.views import CheckReport, StatusReport


def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Visa vad som är inläst, var och med vilka modeller (what is indexed)."""
    with archive(ctx) as opened:
        found = opened.status()
        hidden = opened.settings.mask_personal_data
    emit(found, as_json, lambda: _render_status(found, hidden=hidden))


def _render_status(found: "StatusReport", *, hidden: bool) -> None:
    lines = (
        ("Hemkatalog", found.home),
        ("Rapporter", found.reports),
        ("Filer som inte kunde läsas", found.failed),
        ("Dubbletter", found.duplicates),
        ("Stadsdelar", ", ".join(found.districts)),
        ("År", ", ".join(str(year) for year in found.years)),
        ("Avsnitt", found.sections),
        ("Stycken", found.passages),
        ("Vektorer", found.vectors),
        ("Indikatorer", found.indicators),
        ("Aktiviteter", found.activities),
        ("Goda exempel", found.good_examples),
        ("Omnämnanden", found.mentions),
        ("Personuppgifter", _personal_data(found.personal_data, hidden=hidden)),
        ("Textvektorer", found.encoder or "ingen modell än"),
        (
            "Namnregister",
            "aktuellt" if found.registry_current else "ändrat sedan inläsningen; kör spana ingest --force",
        ),
        (
            "Läsning",
            "aktuell"
            if not found.read_before
            else f"{found.read_before} äldre; kör spana ingest på rapporternas filer",
        ),
        ("Vektorlager", found.vector_store),
        ("Katalog", found.database),
        ("Katalogens storlek", _size(found.catalogue_bytes)),
        ("Vektorernas storlek", _size(found.vector_bytes)),
    )
    for name, value in lines:
        say(f"{name + ':':<28} {value}")


def _personal_data(counts: Mapping[str, int], *, hidden: bool) -> str:
    """How many of each kind the reports hold, and whether they are shown."""
    forms = {
        "personnummer": ("personnummer",) * 2,
        "telefon": ("telefonnummer",) * 2,
        "e-post": ("privat e-postadress", "privata e-postadresser"),
    }
    parts = [f"{count} {forms[kind][count != 1]}" for kind, count in sorted(counts.items()) if count]
    if not parts:
        return "inga funna"
    listed = " och ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{listed}; {'dolda' if hidden else 'visas'} i allt som skrivs ut"


def _size(count: int | None) -> str:
    return "okänd" if count is None else f"{count / 1e6:.1f} MB".replace(".", ",")


def check(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair/--no-repair", show_default=False, help="Laga det som går; förval ja (mend what can be mended)."
        ),
    ] = True,
    as_json: Json = False,
) -> None:
    """Kontrollera att katalog, vektorer och källfiler hör ihop (integrity)."""
    with archive(ctx) as opened:
        found = opened.check(repair)
    emit(found, as_json, lambda: _render_check(found))
    if not found.ok:
        raise typer.Exit(1)


def _render_check(found: "CheckReport") -> None:
    for problem in found.problems:
        say(f"{'Lagat' if problem.mended else 'Fel'}: {problem.message}")
    verdict = "allt stämmer" if found.ok else "det finns fel kvar"
    say(f"{found.reports} rapporter, {found.passages} stycken, {found.vectors} vektorer: {verdict}.")


def remove(
    ctx: typer.Context,
    report_id: Annotated[str, typer.Argument(metavar="RAPPORT", help="Id eller filnamn utan ändelse (report id).")],
    as_json: Json = False,
) -> None:
    """Ta bort en rapport ur arkivet; källfilen rörs inte (remove a report)."""
    from api.shapes import Removed

    with archive(ctx) as opened:
        gone = opened.remove(report_id)
    emit(Removed(removed=gone), as_json, lambda: say(f"{gone.id} ({gone.source}) är borttagen ur arkivet."))


def reindex(ctx: typer.Context, as_json: Json = False) -> None:
    """Räkna om alla vektorer ur katalogen, t.ex. efter modellbyte (rebuild vectors)."""
    with archive(ctx) as opened, progress_bar() as progress:
        done = opened.reindex(progress)
    emit(
        done,
        as_json,
        lambda: say(f"{done.passages} stycken i {done.reports} rapporter, {done.seconds:.0f} s, {done.encoder}."),
    )
