"""Which kind of number is asked for, and which texts have one."""

from typing import Any

import pytest

from search.amounts import asks_amount, by_amount, has_amount, measure_asked
from search.near_names import said_whole
from search.retrieve import Candidate


class _Passage:
    def __init__(self, id: str, kind: str, text: str) -> None:
        self.id, self.kind, self.text = id, kind, text


def candidate(id: str, kind: str, text: str, score: float) -> Candidate:
    passage: Any = _Passage(id, kind, text)
    return Candidate(passage, score, 0.5, None)


@pytest.mark.parametrize(
    ("question", "asks", "measure"),
    [
        ("Hur många ungdomar fick sommarjobb?", True, "count"),
        ("Hur stor andel av ungdomarna fick sommarjobb?", True, "share"),
        ("Hur många fick jobb, och hur stor del av dem var flickor?", True, None),
        ("Vad kostar jourboende i månaden?", True, None),
        ("How big is the deficit?", True, None),
        ("Hur arbetar förskolorna med språk?", False, None),
    ],
)
def test_amounts_asked_for_are_told(question: str, asks: bool, measure: str | None) -> None:
    assert (asks_amount(question), measure_asked(question)) == (asks, measure)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Under 2022 ordnade förvaltningen kurser.", False),
        ("Under 2022 ordnade förvaltningen 14 kurser.", True),
        ("Tre av kurserna ställdes in.", True),
        ("Kostnaden var 2022,5 mnkr.", True),
        ("Kurserna uppskattades.", False),
    ],
)
def test_a_year_alone_is_no_amount(text: str, has: bool) -> None:
    assert has_amount(text) is has


def test_a_row_of_the_other_measure_comes_after() -> None:
    share = candidate("a", "indicator", "Andel ungdomar med sommarjobb: 40 %", 2.0)
    count = candidate("b", "indicator", "Antal ungdomar med sommarjobb: 140 st", 1.5)
    assert [c.passage.id for c in by_amount("Hur många ungdomar fick jobb?", [share, count])] == ["b", "a"]
    assert [c.passage.id for c in by_amount("Hur stor andel av ungdomarna?", [count, share])] == ["a", "b"]


def test_a_passage_without_a_number_comes_after() -> None:
    plain = candidate("a", "paragraph", "Många ungdomar fick sommarjobb.", 2.0)
    told = candidate("b", "paragraph", "Av ungdomarna fick 140 sommarjobb.", 1.0)
    assert [c.passage.id for c in by_amount("Hur många ungdomar fick jobb?", [plain, told])] == ["b", "a"]
    assert [c.passage.id for c in by_amount("Vilka ungdomar fick jobb?", [plain, told])] == ["a", "b"]


@pytest.mark.parametrize(
    ("question", "english"),
    [("Hur hög var personalens frånvaro på grund av ohälsa?", False), ("How high is absence due to illness?", True)],
)
def test_a_name_may_be_said_in_other_words(question: str, english: bool) -> None:
    names = ["Sjukfrånvaro", "Sjukfrånvaro dag 1-14", "Index Bra arbetsgivare"]
    assert said_whole(question, names, english=english) == ["Sjukfrånvaro"]
