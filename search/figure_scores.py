"""How well a sentence or a table row answers a question about a figure.

The weights are those of a softmax over the sentences and rows of each question's twelve best passages, learned from
283 of our own questions about figures in reports 000 and 003 (`models/retriever/data`) and, counted four times, from
the 12 numeric gold questions about them.
"""

from dataclasses import dataclass

from search.amounts import Measure, has_amount, measure_asked, measure_of, tells, types_asked
from search.data_files import FigureType

LIKENESS = 1.4
"""Of the likeness of running text, in standard deviations over all sentences of the question."""
ROW_LIKENESS = 1.65
"""The same of an indicator's row: its name says all that it is about."""
PASSAGE = 0.75
"""Of the passage's score, a sum of z-scores."""
NO_NUMBER = 2.0
"""Taken off a text without any number."""
TYPE = 1.05
"""Added to one that has a figure of the type that is asked for."""
OTHER_MEASURE = 1.0
"""Taken off the row of an indicator that gives a share where a number is asked for, or the other way round."""
KINDS = {"indicator": 0.2, "table_row": 0.3, "activity": -0.55}


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """What kind of figure a question asks for."""

    types: frozenset[FigureType]
    measure: Measure | None

    @classmethod
    def of(cls, text: str) -> "FigureAsked":
        return cls(types_asked(text), measure_asked(text))

    def score(self, kind: str, text: str, likeness: float, passage: float) -> float:
        """Of one sentence or row: `likeness` in standard deviations, `passage` how much worse than the best passage it
        stands in (0 or less)."""
        row = kind == "indicator"
        other = row and self.measure is not None and measure_of(text) not in (self.measure, None)
        return (
            (ROW_LIKENESS if row else LIKENESS) * likeness
            + PASSAGE * passage
            + KINDS.get(kind, 0.0)
            - (0.0 if has_amount(text) else NO_NUMBER)
            + (TYPE if tells(self.types, text) else 0.0)
            - (OTHER_MEASURE if other else 0.0)
        )
