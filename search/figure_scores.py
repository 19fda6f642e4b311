"""How well a sentence or a table row answers a question about a figure: a weighted sum of what is known of it.

The weights (`figure_weights.yaml`) are those of a softmax over the sentences and rows of each question's best passages;
`python -m eval figure-weights` learns them from our own questions about figures and the gold ones about reports 000
and 003.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, RootModel

from search.amounts import Measure, has_amount, measure_asked, measure_of, tells, types_asked
from search.data_files import FigureType, read

Feature = Literal[
    "likeness_text",
    "likeness_indicator",
    "likeness_row",
    "passage_text",
    "passage_indicator",
    "passage_row",
    "no_number",
    "type",
    "other_measure",
    "indicator",
    "row",
    "printed",
    "activity",
]
"""Likeness (in standard deviations over all stretches of the question) and how much worse than the best its passage is
(a sum of z-scores, 0 or less), each for running text, rows of indicators and rows of other tables; no number at all; a
figure of the type asked for; an indicator that gives a share where a number is asked for, or the other way round; the
row of an indicator, of another table, one printed as text, an activity."""
FEATURES: tuple[Feature, ...] = get_args(Feature)


class FigureWeights(RootModel[dict[Feature, float]]):
    """`figure_weights.yaml`."""

    model_config = ConfigDict(frozen=True)


@cache
def figure_weights() -> NDArray[np.float64]:
    """One weight a feature, in the order of `FEATURES`."""
    held = read("figure_weights.yaml", FigureWeights).root
    return np.array([held[name] for name in FEATURES])


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """What kind of figure a question asks for."""

    types: frozenset[FigureType]
    measure: Measure | None

    @classmethod
    def of(cls, text: str) -> "FigureAsked":
        return cls(types_asked(text), measure_asked(text))

    def features(self, kind: str, text: str, likeness: float, passage: float, *, printed: bool) -> NDArray[np.float64]:
        """Of one sentence or row, in the order of `FEATURES`; `printed` for a row that came as text."""
        indicator = kind == "indicator"
        row = kind == "table_row" or printed
        text_only = not indicator and not row
        other = indicator and self.measure is not None and measure_of(text) not in (self.measure, None)
        return np.array(
            (
                likeness * text_only,
                likeness * indicator,
                likeness * row,
                passage * text_only,
                passage * indicator,
                passage * row,
                float(not has_amount(text)),
                float(tells(self.types, text)),
                float(other),
                float(indicator),
                float(kind == "table_row"),
                float(printed),
                float(kind == "activity"),
            ),
            np.float64,
        )
