"""`spana watch`: questions that are followed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from api.filters import with_filters
from api.format import say
from api.home import archive
from api.output import Output, with_output
from api.table import print_table

if TYPE_CHECKING:
    from api.export import Row
    from search.saved import News, SavedQuestion
    from search.schema import Filters

FORMS = ("add FRÅGA", "list", "run [ID]", "remove ID")


@with_filters
@with_output
def watch(
    ctx: typer.Context,
    action: Annotated[
        str, typer.Argument(metavar="VAD", help="add FRÅGA, list, run [ID] eller remove ID (what to do).")
    ],
    filters: "Filters",
    output: Output,
    value: Annotated[
        str | None, typer.Argument(metavar="[FRÅGA|ID]", show_default=False, help="Frågan, eller dess id.")
    ] = None,
) -> None:
    """Bevaka frågor: run visar vad som är nytt sedan sist, var och en har ett Atom-flöde (saved questions)."""
    from api.commands.find import question
    from api.shapes import NewsList, SavedList
    from search.errors import UsageError
    from search.schema import Filters

    wanted = {"add": True, "remove": True, "list": False}.get(action, value is not None)
    if action not in ("add", "list", "run", "remove") or wanted != (value is not None):
        raise UsageError(f"Skriv ett av: {'; '.join(f'spana watch {form}' for form in FORMS)}.")
    if action != "add" and filters != Filters():
        raise UsageError("Filter sparas med frågan; ange dem till spana watch add.")
    asked = question(value or "") if action == "add" else ""
    with archive(ctx) as opened:
        edition = opened.edition().label
        news = opened.saved.news(value) if action == "run" else []
        if action == "add":
            chosen = [opened.saved.add(asked, filters)]
        elif action == "remove":
            chosen = [opened.saved.remove(value or "")]
        else:
            chosen = opened.saved.all()
    if action == "run":
        output.emit(NewsList(news=tuple(news), total=len(news)), lambda: _tell(news), lambda: _rows(news, edition))
        return
    listing = SavedList(questions=tuple(chosen), total=len(chosen))
    output.emit(listing, lambda: _list(action, chosen), lambda: _questions(chosen, edition))


def _list(action: str, saved: "list[SavedQuestion]") -> None:
    if action == "remove":
        say(f"Bevakas inte längre: {saved[0].question}")
        return
    if not saved:
        say("Inga frågor bevakas. Lägg till en: spana watch add FRÅGA")
        return
    print_table(
        ("Id", "Fråga", "Filter", "Funnet", "Nytt sedan start", "Flöde"),
        (
            (one.id, one.question, _filters(one), one.items, one.fresh, f"/feeds/{one.id}.atom")
            for one in saved
        ),
    )  # fmt: skip


def _filters(one: "SavedQuestion") -> str:
    given = one.filters.model_dump(mode="json", exclude_defaults=True)
    return "; ".join(f"{name}={value}" for name, value in given.items())


def _tell(news: "list[News]") -> None:
    from api.commands.answer import place

    for one in news:
        print_table(
            ("Rapport", "Ställe", "Citat", "Källa"),
            ((item.title, place(item.citation), item.citation.quote, item.citation.label) for item in one.items),
            title=f"{one.question.question}: {len(one.items)} nya",
        )


def _rows(news: "list[News]", edition: str) -> "Iterator[Row]":
    for one, item in ((told, item) for told in news for item in told.items):
        head = {"question_id": one.question.id, "question": one.question.question}
        yield {**head, **item.model_dump(mode="json"), "archive": edition}


def _questions(saved: "list[SavedQuestion]", edition: str) -> "Iterator[Row]":
    for one in saved:
        yield {**one.model_dump(mode="json"), "filters": _filters(one), "archive": edition}
