"""Where the judgement of a goal is looked for."""

from typing import Any

import pytest

from search.archive import Archive
from search.catalogue import Catalogue
from search.judging import judging_paragraphs
from search.records import PassageRecord

ASKED = "Hur bedöms målet om trygga barn?"


@pytest.fixture
def catalogue(archive: Archive) -> Any:
    return archive._stores.catalogue


def passages(catalogue: Catalogue) -> list[PassageRecord]:
    return [passage for report in catalogue.reports() for passage in catalogue.passages(report.key)]


def test_the_first_paragraph_of_each_part_of_a_goal_may_judge_it(catalogue: Catalogue) -> None:
    every = passages(catalogue)
    found = judging_paragraphs(ASKED, every, catalogue)
    begun = {}
    for passage in every:
        begun.setdefault((passage.report_key, passage.section, passage.part), passage.key)
    assert found == frozenset(begun.values())
    assert 0 < len(found) < len(every)


def test_only_goals_of_the_candidates_count(catalogue: Catalogue) -> None:
    one = passages(catalogue)[0]
    (key,) = judging_paragraphs(ASKED, [one], catalogue)
    assert key == one.key


@pytest.mark.parametrize("query", ["fältassistenter på kvällen", "Hur stor andel av barnen är trygga?"])
def test_other_questions_look_for_no_judgement(catalogue: Catalogue, query: str) -> None:
    assert judging_paragraphs(query, passages(catalogue), catalogue) == frozenset()
