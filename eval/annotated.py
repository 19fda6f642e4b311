"""Truth annotated here, beside the shared gold: figures, lines and digests only, for the text of two more reports.

Goals and explicit good examples are annotated whole; indicator rows are a sample.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.gold import GoldExample
from eval.structure import GOAL_KINDS, same_words
from eval.tables import RowScores, bare, name_digest
from ingest.columns import column_of
from ingest.report import Indicator, Report, Section

DATA = Path(__file__).parent / "data"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnnotatedGoal:
    """A goal and what is printed under it."""

    report: str
    """The report's id."""
    line: int
    end_line: int
    kind: str
    number: str | None
    status: str | None
    title_sha256: str
    """Of the title's words."""
    parts: tuple[tuple[str, int], ...]
    """(label, line), repeated table headings left out."""


@dataclass(frozen=True, slots=True)
class AnnotatedIndicator:
    """A row of an indicator table, with digests in place of its name and its comment."""

    report: str
    line: int
    goal_number: str | None
    name_sha256: str
    values: tuple[tuple[str, str], ...]
    """(column as printed, cell as printed), empty cells included."""
    note_sha256: str | None


@dataclass(frozen=True, slots=True)
class GoalScores:
    """Shares between 0 and 1 of the goals of one report."""

    goals: int
    found: float
    """Same line, kind, number, title and status."""
    precision: float
    """Of the goals that were found, those that are annotated."""
    ends: float
    """Same last line."""
    parts: float
    """Same labels on the same lines."""
    errors: tuple[str, ...]
    """One sentence for each fault."""


def load_goals() -> tuple[AnnotatedGoal, ...]:
    """All annotated goals."""
    return tuple(
        AnnotatedGoal(**{**row, "parts": tuple((label, line) for label, line in row["parts"])})
        for row in _read("goals.json")
    )


def load_indicators() -> tuple[AnnotatedIndicator, ...]:
    """All annotated indicator rows."""
    return tuple(
        AnnotatedIndicator(**{**row, "values": tuple(row["values"].items())}) for row in _read("indicators.json")
    )


def load_examples() -> Mapping[str, tuple[GoldExample, ...]]:
    """The explicit good examples by report id; a report with annotated goals that is not named here has none."""
    found: dict[str, list[GoldExample]] = {goal.report: [] for goal in load_goals()}
    for row in _read("examples.json"):
        found[row["report"]].append(GoldExample(row["line"], row["end_line"], row["goal_number"], "", None))
    return {report: tuple(examples) for report, examples in found.items()}


def score_goals(gold: Sequence[AnnotatedGoal], report: Report) -> GoalScores:
    """Compare annotated goals with those of the same report, by line."""
    given = {section.line: section for section in report.sections if section.kind in GOAL_KINDS}
    errors: list[str] = []
    found = ends = parts = 0
    for goal in gold:
        section = given.get(goal.line)
        if section is None or _same(section) != (goal.kind, goal.number, goal.status, goal.title_sha256):
            errors.append(f"rad {goal.line}: målet saknas eller är ett annat")
            continue
        found += 1
        ends += section.end_line == goal.end_line
        if section.end_line != goal.end_line:
            errors.append(f"rad {goal.line}: målet slutar på rad {section.end_line}, ska vara {goal.end_line}")
        labels = tuple((part.label, part.line) for part in section.parts if not part.continued)
        parts += labels == goal.parts
        if labels != goal.parts:
            errors.append(f"rad {goal.line}: delarna är {labels}")
    count = max(len(gold), 1)
    return GoalScores(len(gold), found / count, found / max(len(given), 1), ends / count, parts / count, tuple(errors))


def score_rows(gold: Sequence[AnnotatedIndicator], indicators: Sequence[Indicator]) -> RowScores:
    """Compare annotated rows with the indicators of the same report, by line and digest of the name."""
    given = {(indicator.line, name_digest(indicator.name)): indicator for indicator in indicators}
    errors: list[str] = []
    found = cells = right = goals = notes = 0
    for row in gold:
        match = given.get((row.line, row.name_sha256))
        cells += len(row.values)
        if match is None:
            errors.append(f"rad {row.line}: indikatorn saknas")
            continue
        found += 1
        printed = {bare(column_of(heading).heading): bare(cell) for heading, cell in match.values}
        wrong = [h for h, cell in row.values if printed.get(bare(column_of(h).heading), "") != bare(cell)]
        right += len(row.values) - len(wrong)
        errors += [f"rad {row.line}: {heading} är fel" for heading in wrong]
        goals += match.goal_number == row.goal_number
        note = name_digest(match.note) if match.note else None
        notes += note == row.note_sha256
        if match.goal_number != row.goal_number or note != row.note_sha256:
            errors.append(f"rad {row.line}: målet är {match.goal_number!r}, kommentaren {match.note!r}")
    count = max(len(gold), 1)
    return RowScores(len(gold), found / count, right / max(cells, 1), goals / count, notes / count, tuple(errors))


def _same(section: Section) -> tuple[str, str | None, str | None, str]:
    digest = hashlib.sha256(same_words(section.title).encode()).hexdigest()
    return section.kind, section.number, section.status, digest


def _read(name: str) -> list[Json]:
    return list(json.loads((DATA / name).read_text(encoding="utf-8")))
