"""`spana search`, `spana ask` and `spana annotate`: what the archive says."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.home import archive
from api.output import Output, with_output

if TYPE_CHECKING:
    from search.schema import Filters

Limit = Annotated[
    int,
    typer.Option(
        metavar="ANTAL", min=1, max=100, show_default=False, help="Högst så många träffar; förval 10 (limit)."
    ),
]


class Grouping(StrEnum):
    """The groups of `search.grouping`, as an option's values."""

    REPORT = "report"
    DISTRICT = "district"
    GOAL = "goal"


@with_filters
@with_output
def search(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="FRÅGA", help="Ord eller en fråga (query).")],
    filters: "Filters",
    output: Output,
    limit: Limit = 10,
    offset: Annotated[
        int,
        typer.Option(
            metavar="ANTAL", min=0, max=100_000, show_default=False, help="Hoppa över så många träffar (offset)."
        ),
    ] = 0,
    group_by: Annotated[
        Grouping | None,
        typer.Option(
            show_default=False,
            help="Grupper i stället för träffar: per rapport, stadsdel eller mål (report, district, goal).",
        ),
    ] = None,
) -> None:
    """Sök stycken, de bästa först, med källa (ranked passages)."""
    from api.commands.answer import print_hits
    from api.rows import hit_rows

    query = question(query)
    with archive(ctx) as opened:
        result = opened.search(
            query, filters, limit=limit, offset=offset, group_by=group_by.value if group_by is not None else None
        )
        edition = opened.edition().label
    hits = result.hits or tuple(hit for group in result.groups for hit in group.hits)
    output.emit(result, lambda: print_hits(result), lambda: hit_rows(hits, edition))


@with_filters
@with_output
def similar(
    ctx: typer.Context,
    passage: Annotated[str, typer.Argument(metavar="STYCKE", help="Ett styckes id, som i en träff (passage id).")],
    filters: "Filters",
    output: Output,
    limit: Limit = 10,
    own_report: Annotated[
        bool, typer.Option("--own-report", help="Ta med stycken ur samma rapport (own report).")
    ] = False,
) -> None:
    """Stycken som liknar ett annat, i andra rapporter; övertagen text märks (similar passages)."""
    from api.commands.answer import print_similar
    from api.rows import hit_rows
    from api.shapes import HitList

    with archive(ctx) as opened:
        hits = tuple(opened.similar(passage, limit, filters, own_report=own_report))
        edition = opened.edition().label
    listing = HitList(hits=hits, total=len(hits), limit=limit)
    output.emit(listing, lambda: print_similar(hits), lambda: hit_rows(hits, edition))


@with_filters
@with_output
def ask(
    ctx: typer.Context,
    query: Annotated[str, typer.Argument(metavar="FRÅGA", help="En fråga på svenska eller engelska (question).")],
    filters: "Filters",
    output: Output,
    limit: Limit = 10,
) -> None:
    """Svara på en fråga, bara med det som rapporterna säger (answer with citations)."""
    from api.commands.answer import print_answer
    from api.rows import answer_rows

    query = question(query)
    with archive(ctx) as opened:
        answer = opened.ask(query, filters, limit=limit, every_row=True)
        edition = opened.edition().label
    output.emit(answer, lambda: print_answer(answer), lambda: answer_rows(answer, edition))


def annotate(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar="[FIL]", show_default=False, help="Textfil; utelämnad eller - är standard in (file)."),
    ] = "-",
) -> None:
    """Märk ut namn i löpande text, en JSON-rad per rad in (entities, one JSON line per input line)."""
    from api.shapes import AnnotatedLine

    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    lines = data.decode("utf-8", errors="replace").removeprefix("\ufeff").split("\n")
    if lines[-1] == "":
        lines.pop()
    texts = [line.removesuffix("\r") for line in lines]
    with archive(ctx) as opened:
        found = [
            AnnotatedLine(line=number, text=text, entities=tuple(entities))
            for number, (text, entities) in enumerate(zip(texts, opened.annotate(texts), strict=True), start=1)
        ]
    for line in found:
        print(line.model_dump_json())


def question(text: str) -> str:
    """The question as given. Raises search.errors.UsageError when it is empty, too long or not text."""
    from search.errors import UsageError

    if not text.strip():
        raise UsageError("Frågan är tom; skriv ett eller flera ord.")
    if len(text) > MAX_QUESTION:
        raise UsageError(f"Frågan har {len(text)} tecken; högst {MAX_QUESTION} går att söka med. Korta den.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UsageError("Frågan är inte giltig UTF-8; kontrollera terminalens teckenkodning.") from None
    return text


MAX_QUESTION = 1000
"""Characters in a question, here and in the HTTP interface."""
