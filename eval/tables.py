"""Score table rows and good examples against gold: pure functions, no files."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from eval.gold import GoldActivity, GoldExample, GoldIndicator
from ingest.columns import column_of
from ingest.report import Activity, GoodExample, Indicator, Passage


@dataclass(frozen=True, slots=True)
class RowScores:
    """Shares between 0 and 1; a row that was not found counts as wrong in all of them."""

    rows: int
    found: float
    """Rows with the same name."""
    cells: float
    """Cells with the same words and figures in the same column, empty ones included."""
    goals: float
    notes: float
    errors: tuple[str, ...]
    """One sentence for each fault."""


@dataclass(frozen=True, slots=True)
class ActivityScores:
    """Shares between 0 and 1; a row that was not found counts as wrong in all of them."""

    rows: int
    found: float
    """Rows with the same name, whole, on the same line."""
    dates: float
    goals: float
    details: float
    """Deviation and comment, of the rows where they are annotated."""
    errors: tuple[str, ...]
    """One sentence for each fault."""


@dataclass(frozen=True, slots=True)
class ExampleScores:
    """Of explicit good examples; one found is one whose lines overlap."""

    gold: int
    found: int
    recall: float
    precision: float
    errors: tuple[str, ...]


def score_indicators(gold: Sequence[GoldIndicator], indicators: Sequence[Indicator]) -> RowScores:
    """Compare annotated rows with the indicators of the same report."""
    errors: list[str] = []
    found = cells = right = goals = notes = 0
    for row in gold:
        expected = {bare(column_of(heading).heading): bare(cell) for heading, cell in row.values}
        match = _match(row, indicators)
        cells += len(expected)
        if match is None:
            errors.append(f"rad {row.line}: {row.name!r} saknas")
            continue
        found += 1
        given = {bare(column_of(heading).heading): bare(cell) for heading, cell in match.values}
        wrong = [heading for heading, cell in expected.items() if given.get(heading, "") != cell]
        extra = [heading for heading, cell in given.items() if cell and heading not in expected]
        cells += len(extra)
        right += len(expected) - len(wrong)
        errors += [f"rad {row.line}: {heading} är {given.get(heading)!r}" for heading in (*wrong, *extra)]
        goals += match.goal_number == row.goal_number
        if match.goal_number != row.goal_number:
            errors.append(f"rad {row.line}: målet är {match.goal_number!r}, ska vara {row.goal_number!r}")
        notes += bare(match.note or "") == bare(row.note or "")
        if bare(match.note or "") != bare(row.note or ""):
            errors.append(f"rad {row.line}: kommentaren är {match.note!r}")
    count = max(len(gold), 1)
    return RowScores(len(gold), found / count, right / max(cells, 1), goals / count, notes / count, tuple(errors))


def score_activities(gold: Sequence[GoldActivity], activities: Sequence[Activity]) -> ActivityScores:
    """Compare annotated rows with the activities of the same report, by line and digest of the name."""
    given = {(activity.line, name_digest(activity.name)): activity for activity in activities}
    errors: list[str] = []
    found = dates = goals = details = 0
    for row in gold:
        match = given.get((row.line, row.name_sha256))
        if match is None:
            errors.append(f"rad {row.line}: aktiviteten saknas")
            continue
        found += 1
        dates += (match.start, match.end) == (row.start, row.end)
        if (match.start, match.end) != (row.start, row.end):
            errors.append(f"rad {row.line}: datumen är {match.start} och {match.end}")
        goals += match.goal_number == row.goal_number
        if match.goal_number != row.goal_number:
            errors.append(f"rad {row.line}: målet är {match.goal_number!r}, ska vara {row.goal_number!r}")
        if row.detailed:
            note = name_digest(match.note) if match.note else None
            details += (match.deviation, note) == (row.deviation, row.note_sha256)
            if (match.deviation, note) != (row.deviation, row.note_sha256):
                errors.append(f"rad {row.line}: avvikelsen är {match.deviation!r}, kommentaren {match.note!r}")
    count = max(len(gold), 1)
    detailed = max(sum(row.detailed for row in gold), 1)
    return ActivityScores(len(gold), found / count, dates / count, goals / count, details / detailed, tuple(errors))


def name_digest(name: str) -> str:
    """SHA-256 of a name in lower case with white space folded: truth that quotes no report."""
    return hashlib.sha256(" ".join(name.lower().split()).encode()).hexdigest()


def score_good_examples(
    gold: Sequence[GoldExample], examples: Sequence[GoodExample], passages: Sequence[Passage]
) -> ExampleScores:
    """Compare annotated good examples with the explicit ones of the same report, by overlap of lines."""
    spans = [_span(example, passages) for example in examples if example.explicit]
    missed = [row for row in gold if not any(_overlap(span, (row.line, row.end_line)) for span in spans)]
    wrong = [span for span in spans if not any(_overlap(span, (row.line, row.end_line)) for row in gold)]
    errors = [f"rad {row.line}–{row.end_line} saknas" for row in missed]
    errors += [f"rad {start}–{end} är inget gott exempel" for start, end in wrong]
    found = len(gold) - len(missed)
    return ExampleScores(
        len(gold), found, found / max(len(gold), 1), (len(spans) - len(wrong)) / max(len(spans), 1), tuple(errors)
    )


def _match(row: GoldIndicator, indicators: Sequence[Indicator]) -> Indicator | None:
    """The indicator with the same name, the right goal and the nearest line first."""
    named = [indicator for indicator in indicators if bare(indicator.name) == bare(row.name)]
    return min(
        named, key=lambda i: (i.goal_number != row.goal_number, abs((i.line or row.line) - row.line)), default=None
    )


def _span(example: GoodExample, passages: Sequence[Passage]) -> tuple[int, int]:
    if example.line is not None:
        return example.line, example.end_line or example.line
    lines = [line for index in example.passages for line in passages[index].lines or ()]
    return (min(lines), max(lines)) if lines else (0, 0)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def bare(text: str) -> str:
    """Letters, figures and signs only: white space and case do not count, nor the marks that a font may change."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
