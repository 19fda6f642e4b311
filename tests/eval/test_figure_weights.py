"""Learning the weights of figures."""

from pathlib import Path

import numpy as np
import yaml

from eval.figure_weights import FIRST, Example, as_yaml, figure_questions, figures, is_first, learn
from search.figure_scores import FEATURES, FigureWeights

TYPE = FEATURES.index("type")


def example(right: int, of: int, group: str = FIRST) -> Example:
    """`of` sentences that differ in nothing but that the right one has a figure of the type asked for."""
    features = np.zeros((of, len(FEATURES)))
    features[right, TYPE] = 1.0
    return Example(group, features, np.arange(of) == right)


def test_what_tells_the_right_sentences_weighs_and_nothing_else_does() -> None:
    weights = learn([example(place % 3, 3) for place in range(9)])
    assert weights[TYPE] > 1
    assert np.allclose(np.delete(weights, TYPE), 0)
    assert is_first(example(2, 4), weights)


def test_questions_without_a_right_sentence_tell_nothing() -> None:
    nothing = Example(FIRST, np.ones((2, len(FEATURES))), np.zeros(2, bool))
    assert np.allclose(learn([example(0, 2), nothing]), learn([example(0, 2)]))


def test_figures_are_told_by_group() -> None:
    told = list(figures([example(place % 2, 2, group) for group in (FIRST, "facit") for place in range(6)]))
    assert [(one.group, one.value) for one in told] == [(FIRST, 1.0)] * 2 + [("facit", 1.0)] * 2


def test_the_file_that_is_written_fits_its_schema() -> None:
    held = FigureWeights.model_validate(yaml.safe_load(as_yaml(np.arange(len(FEATURES), dtype=np.float64)))).root
    assert [held[name] for name in FEATURES] == list(range(len(FEATURES)))


def test_no_question_is_about_a_report_that_is_held_out(tmp_path: Path) -> None:
    asked = list(figure_questions(tmp_path))
    assert {one.group for one in asked} == {FIRST, "våra senare"}
    assert not [one for one in asked if one.source.startswith(("001_", "002_", "004_"))]

    assert all(0 < first <= last for one in asked for first, last in one.lines)
