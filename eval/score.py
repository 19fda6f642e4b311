"""Precision, recall and F1 of what was found against what was wanted."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How well what was found agrees with the gold."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found and nothing wanted."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 when nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0


def agreement(wanted: Iterable[Hashable], found: Iterable[Hashable]) -> Score:
    """Compare two bags of things."""
    bag, other = Counter(wanted), Counter(found)
    return Score((bag & other).total(), other.total(), bag.total())
