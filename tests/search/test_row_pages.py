"""Rows of an answer page by page."""

from collections.abc import Callable

import pytest

from search.archive import Archive
from search.errors import UsageError
from search.schema import Answer, GoalStatusRow, GoodExampleRow, IndicatorRow
from tests.search.conftest import Draft, Library

DISTRICTS = ("Bromma", "Farsta", "Kista", "Norrmalm", "Skarpnäck")
INDICATOR = "Andel cyklande medarbetare"
QUESTIONS = ("Vilka mål uppfylls helt?", f"Hur stor är {INDICATOR.lower()}?", "Vilka goda exempel finns?")


@pytest.fixture
def five(library: Library, open_archive: Callable[[], Archive], new_draft: type[Draft]) -> Archive:
    """A goal, an indicator and a good example in each of five districts."""
    for place, name in enumerate(DISTRICTS):
        draft = new_draft(name, f"{name} stadsdelsnämnd", "verksamhetsberättelse", 2030)
        draft.goal("1.1", "Resor", status="Uppfylls helt").indicator(INDICATOR, 10.0 + place, 30.0)
        library.add(f"{name}.txt", draft.example(f"Verkstaden i {name} lagar cyklar åt alla som vill."))
    found = open_archive()
    found.ingest([library.folder])
    return found


def names(answer: Answer) -> list[str | None]:
    shown = (GoalStatusRow, IndicatorRow, GoodExampleRow)
    return [row.district for row in answer.rows if isinstance(row, shown)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_pages_have_every_row_once_in_order(five: Archive, question: str) -> None:
    every = five.ask(question, every_row=True)
    assert len(names(every)) == every.rows_total == len(DISTRICTS)
    pages = [five.ask(question, row_offset=offset, row_limit=2) for offset in (0, 2, 4)]
    assert [name for page in pages for name in names(page)] == names(every)
    assert [page.rows_offset for page in pages] == [0, 2, 4]
    assert {page.rows_total for page in pages} == {len(DISTRICTS)}
    assert "Svaret visar de 2 första av 5 rader." in pages[0].answer
    assert "Svaret visar rad 3–4 av 5." in pages[1].answer
    assert "Svaret visar rad 5–5 av 5." in pages[2].answer
    assert "Svaret visar" not in every.answer
    assert names(five.ask(question, row_offset=40)) == []


def test_a_later_page_tells_the_same_with_the_same_sources(five: Archive) -> None:
    first, later = (five.ask(QUESTIONS[1], row_offset=offset) for offset in (0, 3))
    assert later.citations == first.citations
    assert later.answer == f"{first.answer} Svaret visar rad 4–5 av 5."


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (0, 0), (0, 100_000)])
def test_pages_that_there_cannot_be_are_refused(five: Archive, offset: int, limit: int) -> None:
    with pytest.raises(UsageError):
        five.ask(QUESTIONS[0], row_offset=offset, row_limit=limit)
