"""Score the goals found in a report against the gold: headings, numbers, statuses and parts."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from eval.gold import GoldSection
from ingest.report import Report, Section

GOAL_KINDS = frozenset({"inriktningsmal", "verksamhetsomradesmal", "namndmal"})


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


@dataclass(frozen=True, slots=True)
class StructureScores:
    """Each goal counts once, however often it is printed."""

    goals: Score
    """Kind and title (same words)."""
    numbers: Score
    """Kind, title and number."""
    statuses: Score
    """Kind, title and status; no status is a value too."""
    parts: Score
    """Kind, title and part label; repeated table headings left out."""


def score_structure(gold: Sequence[GoldSection], report: Report) -> StructureScores:
    """Score the goal tree of one report."""
    wanted = [section for section in gold if section.kind in GOAL_KINDS]
    found = [section for section in report.sections if section.kind in GOAL_KINDS]
    return StructureScores(
        goals=agreement(map(_name, wanted), map(_name, found)),
        numbers=agreement(((_name(s), s.number) for s in wanted), ((_name(s), s.number) for s in found)),
        statuses=agreement(((_name(s), s.status) for s in wanted), ((_name(s), s.status) for s in found)),
        parts=agreement(_parts(wanted), _parts(found)),
    )


def agreement(wanted: Iterable[Hashable], found: Iterable[Hashable]) -> Score:
    """Compare two bags of things."""
    bag, other = Counter(wanted), Counter(found)
    return Score((bag & other).total(), other.total(), bag.total())


def same_words(text: str) -> str:
    """A title reduced to its words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _name(section: GoldSection | Section) -> tuple[str, str]:
    return section.kind, same_words(section.title)


def _parts(sections: Iterable[GoldSection | Section]) -> list[Hashable]:
    return [(_name(section), part.label) for section in sections for part in section.parts if not part.continued]
