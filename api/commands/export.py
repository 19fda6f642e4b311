"""`spana export`: everything of one kind, as a file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.format import complain
from api.home import archive
from api.output import Output

if TYPE_CHECKING:
    from api.export import Format, Row
    from api.note import MethodNote
    from search.archive import Archive
    from search.schema import Filters


@with_filters
def export(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="SLAG",
            help="reports, sections, passages, indicators, activities, mentions, entities, good-examples, goals "
            "eller matrix (mål × stadsdel × år); med --query också hits (rangordnade stycken), answer (svarets rader) "
            "och series (en indikator över tid) (kind).",
        ),
    ],
    filters: "Filters",
    query: Annotated[
        str | None,
        typer.Option(
            "--query",
            metavar="FRÅGA",
            show_default=False,
            help="Frågan till hits och answer, indikatorn till series (question).",
        ),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", show_default=False, help="jsonl, csv, tsv eller xlsx; förval jsonl (format)."
        ),
    ] = "jsonl",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FIL", show_default=False, help="Fil att skriva till; annars standard ut (file)."
        ),
    ] = None,
    note: Annotated[
        Path | None,
        typer.Option(
            "--note",
            metavar="FIL",
            show_default=False,
            help="Skriv också en metodnot: vad som är inläst, modeller, fråga och vad som inte täcks (method note).",
        ),
    ] = None,
) -> None:
    """Exportera alla rader av ett slag, med källa till varje rad (export rows)."""
    from api.commands.find import question
    from api.export import check_kind, write_rows
    from api.note import method_note, note_lines, note_text
    from api.rows import exported
    from search.errors import UsageError

    chosen: Format = check_kind(kind, format)
    if out is None and chosen == "xlsx" and (sys.stdout.isatty() or os.environ.get("TTY_COMPATIBLE") == "1"):
        raise UsageError("xlsx går inte att visa i terminalen; ange en fil med --out FIL.")
    asked = question(query) if query is not None else None
    output = Output(chosen, out)

    def described(opened: "Archive", rows: int) -> "MethodNote":
        return method_note(opened, kind, filters, asked, rows, opened.settings.language)

    # The real standard output, before the archive sends what libraries print elsewhere.
    stdout = sys.stdout.buffer
    with archive(ctx) as opened:
        rows: Iterator[Row] = exported(opened, kind, filters, asked)
        sheet = []
        if chosen == "xlsx":
            # The sheet stands in the same file and says how many rows the file has.
            held = list(rows)
            rows, sheet = iter(held), note_lines(described(opened, len(held)))
        if out is None:
            count = write_rows(rows, chosen, stdout, sheet)
        else:
            with output.file() as target:
                count = write_rows(rows, chosen, target, sheet)
        if note is not None:
            note.write_text(note_text(described(opened, count)), encoding="utf-8")
    if out is not None:
        complain(f"{count} rader i {out}")
