"""How well a sentence or a table row answers a question about a figure: a weighted sum of what is known of it.

The weights (`figure_weights.yaml`) are those of a softmax over the sentences and rows of each question's best passages;
`python -m eval figure-weights` learns them from our own questions about figures and the gold ones about reports 000
and 003.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, RootModel

from search.amounts import Measure, has_amount, measure_asked, measure_of, number_count, tells, types_asked
from search.data_files import FigureType, read
from search.figure_words import Words, words_of

_SHARE: frozenset[FigureType] = frozenset({"share"})

Feature = Literal[
    "likeness_text",
    "likeness_indicator",
    "likeness_row",
    "passage_text",
    "passage_indicator",
    "passage_row",
    "words",
    "most_words",
    "no_word",
    "name_indicator",
    "name_row",
    "no_number",
    "numbers",
    "type",
    "no_share",
    "counted",
    "other_measure",
    "indicator",
    "row",
    "printed",
    "activity",
]
"""Likeness (in standard deviations over all stretches of the question) and how much worse than the best its passage is
(a sum of z-scores, 0 or less), each for running text, rows of indicators and rows of other tables; the share of the
question's words that it has, whether no other has more, whether it has none; the share of the words of a row's name
that the question has; no number at all; how many numbers a text has, of `MANY`; a figure of the type asked for; no
share where one is asked for; a number before what the question asks the number of; an indicator that gives a share
where a number is asked for, or the other way round; the row of an indicator, of another table, one printed as text, an
activity."""
FEATURES: tuple[Feature, ...] = get_args(Feature)
MANY = 6
"""Numbers from which a text has many."""


class FigureWeights(RootModel[dict[Feature, float]]):
    """`figure_weights.yaml`."""

    model_config = ConfigDict(frozen=True)


@cache
def figure_weights() -> NDArray[np.float64]:
    """One weight a feature, in the order of `FEATURES`."""
    held = read("figure_weights.yaml", FigureWeights).root
    return np.array([held[name] for name in FEATURES])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or row that may tell a figure."""

    kind: str
    """Of its passage."""
    text: str
    printed: bool
    """Whether it is a row that came as text."""
    likeness: float
    passage: float


def features(question: str, query: str, stretches: Sequence[Stretch], *, english: bool) -> NDArray[np.float64]:
    """(n, features) of the stretches found for a question; `query` is what was looked for, without filters."""
    types, measure = types_asked(question), measure_asked(question)
    words = words_of(question, query, [one.text for one in stretches], english=english)
    rows = [_features(types, measure, one, shared) for one, shared in zip(stretches, words, strict=True)]
    return np.array([[row[name] for name in FEATURES] for row in rows], np.float64).reshape(-1, len(FEATURES))


def _features(
    types: frozenset[FigureType], measure: Measure | None, one: Stretch, words: Words
) -> dict[Feature, float]:
    indicator = one.kind == "indicator"
    row = one.kind == "table_row" or one.printed
    text = not indicator and not row
    return {
        "likeness_text": one.likeness * text,
        "likeness_indicator": one.likeness * indicator,
        "likeness_row": one.likeness * row,
        "passage_text": one.passage * text,
        "passage_indicator": one.passage * indicator,
        "passage_row": one.passage * row,
        "words": words.share,
        "most_words": words.most,
        "no_word": words.share == 0,
        "name_indicator": words.of_name * indicator,
        "name_row": words.of_name * row,
        # A year is no amount, but may be the date that is asked for.
        "no_number": not (has_amount(one.text) or (types and tells(types, one.text))),
        "numbers": min(number_count(one.text), MANY) / MANY * text,
        "type": tells(types, one.text),
        "no_share": measure == "share" and not tells(_SHARE, one.text),
        "counted": words.counted,
        "other_measure": indicator and measure is not None and measure_of(one.text) not in (measure, None),
        "indicator": indicator,
        "row": one.kind == "table_row",
        "printed": one.printed,
        "activity": one.kind == "activity",
    }
