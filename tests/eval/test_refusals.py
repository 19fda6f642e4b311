"""Figures of how well answerable and unanswerable questions are told apart."""

import numpy as np
import pytest

from eval.refusals import Asked, area, figures
from eval.retrieval import held_out, unanswerable
from search.refusal import Evidence


def test_area_counts_pairs_in_the_right_order() -> None:
    assert area(np.array([2.0, 3.0]), np.array([1.0])) == 1.0
    assert area(np.array([1.0, 3.0]), np.array([2.0])) == 0.5
    assert area(np.array([1.0]), np.array([1.0])) == 0.5


def test_the_judge_helps_where_likeness_does_not() -> None:
    right = [Asked("facit", True, "sv", Evidence(0.5, 5.0)) for _ in range(20)]
    wrong = [Asked(group, False, "sv", Evidence(0.5, -5.0)) for group in ("facit", "nya") for _ in range(4)]
    found = {(f.group, f.name): f.value for f in figures([*right, *wrong])}
    assert found["vikt 0.0", "nya AUC"] == 0.5
    assert found["vikt 0.0", "nya avböjda"] == 0.0
    assert found["vikt 0.02", "nya AUC"] == 1.0
    assert found["vikt 0.02", "22 avböjda"] == 1.0
    assert found["vikt 0.02", "tröskel"] == pytest.approx(0.6)


def test_questions_without_an_answer_are_kept_apart() -> None:
    assert all(not query.relevant for queries in unanswerable().values() for query in queries)
    assert sum(map(len, unanswerable().values())) >= 40
    asked = {query.text for queries in held_out().values() for query in queries}
    assert asked.isdisjoint(query.text for queries in unanswerable().values() for query in queries)
