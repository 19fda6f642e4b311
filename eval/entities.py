"""Scores named entities: a found entity counts when start, end and label are those of the gold."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int, str]
"""(start, end, label); offsets are code points, half-open."""


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with all its entities."""

    text: str
    entities: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one label, or of all."""

    correct: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the found that are right; 1 when none was found."""
        return self.correct / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 when there is none."""
        return self.correct / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """2 · correct / (found + gold); 1 when there is nothing to find and nothing was found."""
        total = self.found + self.gold
        return 2 * self.correct / total if total else 1.0


ALL = "alla"
"""Key of the score over all labels (micro average)."""


def read_gold(path: Path) -> list[GoldSentence]:
    """Sentences of an `ID.ner.json`."""
    return [
        GoldSentence(row["text"], tuple((item["start"], item["end"], item["label"]) for item in row["entities"]))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


def score(gold: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]) -> Mapping[str, Score]:
    """Label → score, and `ALL`; `gold` and `found` have one item a sentence, in the same order."""
    correct, given, wanted = Counter[str](), Counter[str](), Counter[str]()
    for gold_spans, found_spans in zip(gold, found, strict=True):
        gold_set, found_set = set(gold_spans), set(found_spans)
        wanted.update(span[2] for span in gold_set)
        given.update(span[2] for span in found_set)
        correct.update(span[2] for span in gold_set & found_set)
    labels = sorted(set(wanted) | set(given))
    table = {label: Score(correct[label], given[label], wanted[label]) for label in labels}
    return {**table, ALL: Score(correct.total(), given.total(), wanted.total())}
