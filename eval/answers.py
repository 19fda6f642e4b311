"""Whether answers are right and all their quotes verbatim: goal-status and numeric questions with a known answer."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.figure import Figure
from ingest.quote import fold
from search.archive import Archive
from search.schema import Answer, Citation, Filters, GoalStatusRow, GoodExampleRow, IndicatorRow, MentionRow

DATA = Path(__file__).parent / "data"
HELD_OUT = {
    "undanhållna": (DATA / "held-out-a.json", DATA / "held-out-b.json"),
    "undanhållna om siffror": (DATA / "held-out-figures.json",),
    "undanhållna om siffror 2": (DATA / "held-out-figures-2.json",),
}
"""Questions on reports that nothing was trained on, by when they were written: the second and third sets after answers
to those before had been looked at, and before any answer to their own."""
TARGET = 0.85
FIRST_ROWS = 3
"""Rows looked at: a reader reads no further for one figure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the lines that answer it."""

    id: str
    text: str
    type: str
    lines: tuple[tuple[int, int], ...]
    """Grade 2."""


def load_asked(paths: Iterable[Path]) -> list[Asked]:
    """The questions of gold or held-out files that exist."""
    found: list[Asked] = []
    for path in paths:
        if not path.is_file():
            continue
        data = json.loads(path.read_text("utf-8"))
        for one in data if isinstance(data, list) else data["queries"]:
            lines = tuple((p["lines"][0], p["lines"][1]) for p in one["relevant"] if p["grade"] == 2)
            found.append(Asked(one["id"], one["query"], one["type"], lines))
    return found


def measure(archive: Archive, name: str, questions: Iterable[Asked], texts: Mapping[str, str]) -> Iterator[Figure]:
    """Shares right by type of question, asked within the report, and the citation check over all answers to one set of
    questions.

    `texts` are the sources by file name, for the check that every quote stands in its source.
    """
    right: dict[str, list[float]] = {"goal_status": [], "numeric": []}
    quotes = wrong = bare = 0
    held = {report.source.split("_")[0]: report for report in archive.reports()}
    for question in questions:
        report = held.get(question.id.split("-")[0])
        if report is None:
            continue
        answer = archive.ask(question.text, Filters(report=(report.id,)))
        if question.type in right and question.lines:
            right[question.type].append(float(is_right(answer, question.lines)))
        cited = citations(answer)
        quotes += len(cited)
        wrong += sum(not is_verbatim(one, texts) for one in cited)
        bare += not cited and not is_complete_zero(answer)
    for kind, values in right.items():
        share = sum(values) / len(values) if values else 0.0
        told = f"({sum(values):.0f} av {len(values)})"
        yield Figure(f"{name}: {kind}", "rätt i rader eller första källan", share, TARGET, note=told)
    yield Figure(name, "citat ordagranna", 1 - wrong / quotes if quotes else 0.0, 1.0, note=f"({quotes} citat)")
    yield Figure(name, "svar utan källa", float(bare))


def is_complete_zero(answer: Answer) -> bool:
    """Whether an answer says that nothing was found: there is nothing to cite."""
    return answer.kind == "unanswered" or (answer.kind in ("mentions", "goal_status") and not answer.rows)


def is_right(answer: Answer, lines: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the first rows, or the first citation, overlaps lines that answer; never for a refusal."""
    if answer.kind == "unanswered":
        return False
    first = [row.citation for row in answer.rows[:FIRST_ROWS] if isinstance(row, IndicatorRow | GoalStatusRow)]
    first += [hit.citation for hit in answer.citations[:1]]
    return any(one.lines and one.lines[0] <= b and a <= one.lines[1] for one in first for a, b in lines)


def citations(answer: Answer) -> list[Citation]:
    """Every citation in an answer."""
    found = [hit.citation for hit in answer.citations]
    for row in answer.rows:
        if isinstance(row, MentionRow):
            found += [share.citation for share in row.reports]
        else:
            found.append(row.citation)
        if isinstance(row, GoodExampleRow):
            found += [one for one in (row.outcome, row.indicator) if one is not None]
    return found


def is_verbatim(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Whether the quote stands in its source once white space and line-break hyphens are folded."""
    source = texts.get(citation.source)
    return source is not None and bool(citation.quote.strip()) and fold(citation.quote) in source
