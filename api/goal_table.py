"""Goals by board: the matrix of judgements, and one goal as every board reports it."""

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.holdings import UNKNOWN, Area, area_of
from search.schema import GoalStatusRow, ReportRef

COUNCIL = ("inriktningsmal", "verksamhetsomradesmal")
"""Kinds of goals that all boards have in common."""
STATUSES = ("Uppfylls helt", "Uppfylls delvis", "Uppfylls inte")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One report's judgement of a goal."""

    report: ReportRef
    row: GoalStatusRow


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal of the council with the judgements of each area."""

    number: str | None
    title: str
    kind: str
    cells: tuple[tuple[Judgement, ...], ...]
    """One an area; empty where none of its reports has the goal."""
    counts: tuple[tuple[str, int], ...]
    """How many reports judge it in each way."""


@dataclass(frozen=True, slots=True)
class GoalTable:
    """The goals of the years in which the council had the same ones, by areas."""

    span: str
    """The first and the last year, as "2021–2022"."""
    areas: tuple[Area, ...]
    lines: tuple[GoalLine, ...]


def goal_tables(rows: Iterable[GoalStatusRow], reports: Sequence[ReportRef]) -> list[GoalTable]:
    """The council's goals, by number, against the areas of `reports`: a table for each set of goals, the latest first.

    The wording of the first goal tells the sets apart: the council sets its goals anew after an election.
    """
    held = {report.id: report for report in reports}
    council = [row for row in rows if row.goal.kind in COUNCIL and row.report in held]
    wordings: dict[int | None, Counter[str]] = {}
    for row in council:
        if row.goal.number == "1":
            wordings.setdefault(row.year, Counter())[_folded(row.goal.title)] += 1
    sets: dict[str, list[GoalStatusRow]] = {}
    for row in council:
        said = wordings.get(row.year)
        sets.setdefault(said.most_common(1)[0][0] if said else f"?{row.year}", []).append(row)
    found = []
    for own in sets.values():
        among = [report for report in reports if report.year in {row.year for row in own}]
        found.append((max(row.year or 0 for row in own), _table(own, among)))
    return [table for _, table in sorted(found, key=lambda each: -each[0])]


def _table(rows: Sequence[GoalStatusRow], reports: Sequence[ReportRef]) -> GoalTable:
    held = {report.id: report for report in reports}
    areas = tuple(sorted({area_of(report) for report in reports}))
    titles = _titles(rows)
    grouped: dict[tuple[str, str], list[GoalStatusRow]] = {}
    for row in rows:
        place = (row.goal.number or "", _folded(row.goal.title))
        grouped.setdefault(titles[place], []).append(row)
    lines = []
    for (_, title), own in sorted(grouped.items(), key=lambda item: (_order(item[0][0]), item[0][1])):
        cells = tuple(
            tuple(Judgement(held[row.report], row) for row in own if area_of(held[row.report]) == area)
            for area in areas
        )
        counts = tuple((status, sum(row.status == status for row in own)) for status in STATUSES)
        first = next(row.goal for row in own if _folded(row.goal.title) == title)
        lines.append(GoalLine(first.number, first.title, first.kind, cells, counts))
    known = sorted({row.year for row in rows if row.year is not None})
    span = "" if not known else str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"
    return GoalTable(span, areas, tuple(lines))


ALIKE = 0.93
"""Share of letters in common (`difflib.SequenceMatcher.ratio`) of two titles of one number that differ by slips."""


def _titles(rows: Sequence[GoalStatusRow]) -> dict[tuple[str, str], tuple[str, str]]:
    """(number, title) of each row → the one it is counted under: the most common among those that are nearly alike."""
    counts = Counter((row.goal.number or "", _folded(row.goal.title)) for row in rows)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for number, title in sorted(counts, key=lambda place: (-counts[place], place)):
        alike = (
            kept
            for kept in dict.fromkeys(found.values())
            if kept[0] == number and difflib.SequenceMatcher(None, kept[1], title, autojunk=False).ratio() >= ALIKE
        )
        found[number, title] = next(alike, (number, title))
    return found


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _order(number: str) -> tuple[int, ...]:
    parts = number.split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (10_000,)


def years(reports: Iterable[ReportRef]) -> list[str]:
    """The years of reports, the latest first; the unknown one last."""
    found = {UNKNOWN if report.year is None else str(report.year) for report in reports}
    return sorted(found - {UNKNOWN}, reverse=True) + ([UNKNOWN] if UNKNOWN in found else [])


def short_type(report: ReportRef) -> str:
    """The report's type as it is abbreviated in the boards: T1, T2, VP, VB."""
    return _SHORT.get(report.type, report.type)


_SHORT = {
    "tertialrapport 1": "T1",
    "tertialrapport 2": "T2",
    "verksamhetsplan": "VP",
    "verksamhetsberättelse": "VB",
    "delårsrapport": "DR",
    "årsredovisning": "ÅR",
    "budget": "B",
    "annat": "–",
}
