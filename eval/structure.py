"""Score the goals found in a report against the gold: headings, numbers, statuses and parts."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from eval.gold import GoldSection
from eval.score import Score, agreement
from ingest.report import Report, Section

GOAL_KINDS = frozenset({"inriktningsmal", "verksamhetsomradesmal", "namndmal"})


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


def same_words(text: str) -> str:
    """A title reduced to its words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _name(section: GoldSection | Section) -> tuple[str, str]:
    return section.kind, same_words(section.title)


def _parts(sections: Iterable[GoldSection | Section]) -> list[Hashable]:
    return [(_name(section), part.label) for section in sections for part in section.parts if not part.continued]
