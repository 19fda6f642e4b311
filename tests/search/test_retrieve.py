"""How the sides of a search are put together."""

import pytest

from search.judging import asks_for_judgement
from search.retrieve import LATE_WEIGHT, SECTION_WEIGHT, WINDOW_WEIGHT, Candidate, fuse, supported
from search.vectors import Scored
from tests.search.conftest import passage_record


def _candidate(key: int, section: int, score: float, report: int = 1) -> Candidate:
    return Candidate(passage_record(key, report, section), score, None, None)


def test_several_good_passages_support_each_other() -> None:
    together = [_candidate(1, 7, 1.0), _candidate(2, 7, 0.9), _candidate(3, 7, 0.9)]
    alone = _candidate(4, 8, 1.0)
    rest = [_candidate(key, 100 + key, 0.0) for key in range(5, 12)]
    found = {one.passage.key: one.score for one in supported([alone, *together, *rest])}
    assert found[1] - 1.0 == pytest.approx(SECTION_WEIGHT * 2.8 / 4)
    assert found[4] - 1.0 == pytest.approx(SECTION_WEIGHT * 1.0 / 2)
    assert found[2] - 0.9 == found[3] - 0.9 == pytest.approx(found[1] - 1.0)


def test_only_the_best_of_a_section_count_and_sections_of_other_reports_do_not() -> None:
    best = [_candidate(key, 7, 3.0) for key in (1, 2, 3)]
    poor = [_candidate(key, 7, -3.0) for key in range(4, 8)]
    other = _candidate(8, 7, 0.0, report=2)
    found = {one.passage.key: one.score for one in supported([*best, *poor, other])}
    middle = -1.5
    assert found[1] - 3.0 == pytest.approx(SECTION_WEIGHT * (9.0 + middle) / 4)
    assert found[8] == pytest.approx(SECTION_WEIGHT * middle / 2)


def test_nothing_found_has_no_support() -> None:
    assert supported([]) == []


def test_the_best_window_weighs_beside_the_whole_passage() -> None:
    dense = [Scored(1, 0.5), Scored(2, 0.5)]
    whole, window = [Scored(1, 0.6), Scored(2, 0.4)], [Scored(1, 0.2), Scored(2, 0.4)]
    assert dict(fuse(dense, [], whole)) == pytest.approx({1: LATE_WEIGHT, 2: -LATE_WEIGHT})
    found = dict(fuse(dense, [], whole, window))
    assert found == pytest.approx({1: LATE_WEIGHT - WINDOW_WEIGHT, 2: WINDOW_WEIGHT - LATE_WEIGHT})


@pytest.mark.parametrize(
    ("question", "asks"),
    [("Vilka nämnder uppfyller inte målet om en budget i balans?", True), ("Hur går det för cykelplanen?", False)],
)
def test_questions_about_judgements_are_told(question: str, asks: bool) -> None:
    assert asks_for_judgement(question) is asks
