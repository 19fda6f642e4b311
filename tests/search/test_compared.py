"""Questions that compare districts or years, and what passages are quoted for them."""

from collections.abc import Callable

import pytest

from models.registry import load_registry
from search.archive import Archive
from search.compared import compared
from search.question import understand
from search.schema import Filters
from tests.search.conftest import Draft, Library

TEXTS = {
    ("Farsta", 2030): "Skräp plockas varje vecka av ett eget arbetslag med elbilar.",
    ("Farsta", 2031): "Skräp plockas numera varje dag och papperskorgarna larmar när de är fulla.",
    ("Älvsjö", 2030): "Skräp plockas bara före valborg eftersom avtalet inte räcker till mer.",
}
OTHER = "Hyran för lokalerna sjunker när två kontor slås ihop och möblerna säljs på auktion."


@pytest.fixture
def litter(library: Library, open_archive: Callable[[], Archive], new_draft: type[Draft]) -> Archive:
    """What two districts do about litter; one of them in two years."""
    for (district, year), text in TEXTS.items():
        draft = new_draft(district, f"{district} stadsdelsnämnd", "verksamhetsberättelse", year).goal("1.1", "Rent")
        library.add(f"{district}-{year}.txt", draft.text(text).text(OTHER))
    found = open_archive()
    found.ingest([library.folder])
    return found


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Vad skiljer Farsta från Älvsjö när det gäller hur skräp plockas?", ("Farsta", "Älvsjö")),
        ("Skillnader mellan Älvsjö och Farsta i hur skräp plockas", ("Älvsjö", "Farsta")),
        ("Hur plockas skräp i Farsta och Älvsjö?", ("Farsta", "Älvsjö")),
        ("Hur plockas skräp i Farsta 2030 och 2031?", ("2030", "2031")),
        ("Hur plockas skräp i olika stadsdelar?", ("Farsta", "Älvsjö")),
        ("Hur har det förändrats hur skräp plockas i Farsta mellan 2030 och 2031?", ("2030", "2031")),
    ],
)
def test_each_is_quoted_by_itself(litter: Archive, question: str, names: tuple[str, str]) -> None:
    answer = litter.ask(question)
    assert answer.kind == "passages"
    places = [answer.answer.index(f"{name}: ”Skräp plockas") for name in names]
    assert places == sorted(places) or "olika" in question
    assert [hit.rank for hit in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(f"”{hit.citation.quote}” [{hit.rank}]" in answer.answer for hit in answer.citations)


def test_one_that_no_report_is_from_is_told(litter: Archive) -> None:
    answer = litter.ask("Skillnader mellan Farsta och Skärholmen i hur skräp plockas")
    assert answer.unused == ("Arkivet har ingen rapport från Skärholmen.",)
    assert "Skräp plockas" in answer.answer
    assert "Farsta: ”" not in answer.answer


@pytest.mark.parametrize(
    ("question", "kind", "group"),
    [
        ("Jämför målen för parker i Farsta och Älvsjö", "goal_status", "district"),
        ("Jämför målet för parker 2030 och 2031", "goal_status", None),
        ("Vilken stadsdel har flest goda exempel?", "good_examples", "district"),
        ("Vilka goda exempel finns?", "good_examples", None),
    ],
)
def test_what_is_compared_is_told_by_district(litter: Archive, question: str, kind: str, group: str | None) -> None:
    answer = litter.ask(question)
    assert (answer.asks, answer.group) == (kind, group)


@pytest.mark.parametrize(
    ("filters", "parts"),
    [
        (Filters(district=("A", "B"), year=(2030, 2031)), ["A", "B"]),
        (Filters(district=("A",), year=(2030, 2031)), ["2030", "2031"]),
        (Filters(board=("A", "B")), ["A", "B"]),
        (Filters(from_year=2030, to_year=2032), ["2030", "2031", "2032"]),
        (Filters(from_year=2030, to_year=2040), []),
        (Filters(from_year=2030), []),
        (Filters(district=tuple("ABCDE")), []),
        (Filters(district=("A",)), []),
    ],
)
def test_what_is_compared(filters: Filters, parts: list[str]) -> None:
    assert [name for name, _ in compared(filters)] == parts
    assert all(len(own.district) < 2 for _, own in compared(filters))


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("Vad säger rapporterna om ensamhet?", "ensamhet"),
        ("What do the reports say about loneliness?", "loneliness"),
        ("Vad står det om cykling?", "cykling"),
        ("Vad säger rapporterna om ensamma äldre?", "ensamma äldre?"),
        ("Vad skriver i rapport om parker?", "parker"),
        ("Vad säger barnen om maten?", "Vad säger barnen om maten?"),
        ("Vad säger rapporterna om?", "Vad säger rapporterna om?"),
    ],
)
def test_the_lead_of_a_question_about_a_subject_is_not_looked_for(question: str, query: str) -> None:
    assert understand(question, Filters(), [], load_registry).query == query
