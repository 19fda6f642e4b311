"""Rows of an indicator from the end that a question asks for, and the earlier value beside the value."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from search.archive import Archive
from search.row_order import end_asked
from search.schema import IndicatorRow
from tests.search.conftest import Draft, Library

VALUES = {"Farsta": 12.0, "Älvsjö": 7.0, "Kista": 20.0}
INDICATOR = "Andel cyklande medarbetare"


@pytest.fixture
def cycling(library: Library, open_archive: Callable[[], Archive], new_draft: type[Draft]) -> Archive:
    """The same indicator of three districts, and in a plan without a value."""
    for year, (name, value) in enumerate(VALUES.items(), 2030):
        draft = new_draft(name, f"{name} stadsdelsnämnd", "verksamhetsberättelse", year).goal("1.1", "Resor")
        library.add(f"{name}.txt", draft.indicator(INDICATOR, value, 30.0))
    plan = new_draft("Bromma", "Bromma stadsdelsnämnd", "verksamhetsplan", 2030).goal("1.1", "Resor")
    plan.indicator(INDICATOR, 5.0, 30.0)
    plan.indicators[0] = replace(plan.indicators[0], value=None)
    library.add("plan.txt", plan)
    found = open_archive()
    found.ingest([library.folder])
    return found


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        (f"Vilken stadsdel har lägst {INDICATOR.lower()}?", "Älvsjö", "Bromma"),
        (f"Vilken stadsdel har högst {INDICATOR.lower()}?", "Kista", "Bromma"),
        (f"{INDICATOR}: var är den störst?", "Kista", "Bromma"),
        (f"Hur stor är {INDICATOR.lower()}?", "Bromma", "Älvsjö"),
        (f"Hur stor är {INDICATOR.lower()} som lägst och som högst?", "Bromma", "Älvsjö"),
    ],
)
def test_the_end_that_is_asked_for_comes_first(cycling: Archive, question: str, first: str, last: str) -> None:
    answer = cycling.ask(question)
    rows = [row for row in answer.rows if isinstance(row, IndicatorRow)]
    assert len(rows) == 4
    assert (rows[0].district, rows[-1].district) == (first, last)
    assert answer.citations[0].report.district == first


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Vem har minst personal?", "lowest"),
        ("Where are the fewest?", "lowest"),
        ("var finns flest barn", "highest"),
        ("Hur många barn finns?", None),
        ("lägst och högst", None),
    ],
)
def test_which_end_is_asked_for(text: str, end: str | None) -> None:
    assert end_asked(text) == end
