"""`spana ingest`: files into the archive."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.format import Json, complain, emit, say
from api.home import archive

if TYPE_CHECKING:
    from search.schema import IngestedFile, IngestResult
    from search.views import Progress

STAGES = {
    "find": "letar filer",
    "parse": "läser",
    "annotate": "söker namn",
    "embed": "räknar vektorer",
    "write": "skriver",
    "done": "klart",
}
OUTCOMES = {
    "indexed": ("ny", "nya"),
    "replaced": ("ersatt", "ersatta"),
    "unchanged": ("oförändrad", "oförändrade"),
    "duplicate": ("dubblett", "dubbletter"),
    "failed": ("misslyckad", "misslyckade"),
}


def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="SÖKVÄG", help="Filer och kataloger: pdf, docx, html, md, txt, zip (files, folders)."),
    ],
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL", min=1, max=64, show_default=False, help="Processer som läser samtidigt (workers)."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Läs om även oförändrade filer (re-read unchanged files).")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Visa vad som skulle hända, ändra inget (change nothing).")
    ] = False,
    password: Annotated[
        str | None,
        typer.Option(
            metavar="LÖSENORD",
            envvar="SPANA_PASSWORD",
            show_envvar=False,
            show_default=False,
            help="Lösenord till krypterade pdf:er; helst i SPANA_PASSWORD (password).",
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SEKUNDER",
            min=1,
            show_default=False,
            help="Längsta tid för att läsa en fil; förval 1800 eller SPANA_TIMEOUT. Skannat tar länge (timeout).",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Läs in rapporter. Oförändrade filer hoppas över, en dålig fil stoppar inte resten (index reports)."""
    _require(paths)
    with archive(ctx) as opened, progress_bar() as progress:
        result = opened.ingest(
            paths,
            workers=workers,
            force=force,
            dry_run=dry_run,
            password=password,
            timeout=timeout,
            progress=progress,
        )
    emit(result, as_json, lambda: _render(result, dry_run))
    failures = [one for one in result.reports if one.status == "failed"]
    for one in failures:
        complain(_failure(one))
    if failures:
        raise typer.Exit(1)


def _require(paths: list[Path]) -> None:
    from search.errors import UsageError

    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path} finns inte; kontrollera sökvägen.")


def _failure(one: "IngestedFile") -> str:
    error = one.error or "okänt fel"
    return error if one.source in error else f"{one.source}: {error}"


def _render(result: "IngestResult", dry_run: bool) -> None:
    for one in result.reports:
        for warning in one.warnings:
            complain(warning if one.source in warning else f"{one.source}: {warning}")
    counts = {status: sum(one.status == status for one in result.reports) for status in OUTCOMES}
    parts = [f"{count} {OUTCOMES[status][count != 1]}" for status, count in counts.items() if count]
    passages = sum(one.passages or 0 for one in result.reports if one.status in ("indexed", "replaced"))
    what = ", ".join(parts) if parts else "inga filer av känd typ hittades"
    say(f"{'Provkörning, inget ändrat: ' if dry_run else ''}{what}." + (f" {passages} stycken." if passages else ""))


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[["Progress"], None] | None]:
    """A bar on standard error with stage, rate and time left; None when standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    columns = (
        TextColumn("{task.fields[stage]}", style="bold"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("kvar"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[source]}"),
    )
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task("", total=None, stage="förbereder", rate="", source="")

        def report(step: "Progress") -> None:
            elapsed = bar.tasks[0].elapsed or 0.0
            rate = f"{step.done / elapsed * 60:.0f}/min" if elapsed > 1 and step.done else ""
            bar.update(
                task,
                completed=step.done,
                total=step.total or None,
                stage=STAGES.get(step.stage, step.stage),
                rate=rate,
                source=Text(step.source or "").plain.replace("[", r"\["),
            )

        yield report
