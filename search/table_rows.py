"""Rows of the tables in the reports, and goals with their status, each with its citation."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from ingest.report import Value
from search.catalogue import Catalogue
from search.citation import cite_judged, cite_passage, cite_title
from search.in_lists import chunks
from search.letters import letters
from search.records import GoalRecord, GoodExampleRecord, IndicatorRecord, ReportRecord
from search.schema import GoalRef, GoalStatusRow, GoodExampleRow, IndicatorRow
from search.scope import Scope, goal_prefixes


def in_goals(scope: Scope, number: str | None, judged: str | None) -> bool:
    """Whether something under a goal is in scope by its number and by the goal's status."""
    above = set(goal_prefixes(number))
    return (
        (not scope.goals or bool(above & set(scope.goals)))
        and not above & set(scope.exclude_goals)
        and (not scope.statuses or judged in scope.statuses)
        and judged not in scope.exclude_statuses
    )


def places_mentioning(catalogue: Catalogue, scope: Scope, names: Sequence[str]) -> set[tuple[int, int]]:
    """(report key, position) of the passages in scope that mention one of the names."""
    found = catalogue.passages_by_key(catalogue.keys_mentioning(scope.reports, names)) if names else {}
    return {(passage.report_key, passage.position) for passage in found.values()}


class _Names:
    """The names that rows must or must not mention."""

    def __init__(self, catalogue: Catalogue, scope: Scope) -> None:
        self._asked = bool(scope.entities)
        self._wanted = places_mentioning(catalogue, scope, scope.entities)
        self._unwanted = places_mentioning(catalogue, scope, scope.exclude_entities)

    def allow(self, report: int, positions: Iterable[int]) -> bool:
        """Whether a row that rests on the passages at these positions is in scope."""
        places = {(report, position) for position in positions}
        return (not self._asked or bool(places & self._wanted)) and not places & self._unwanted


_Record = TypeVar("_Record", IndicatorRecord, GoodExampleRecord)


def _in_scope(
    catalogue: Catalogue, scope: Scope, rows: list[_Record], passages: Callable[[_Record], Sequence[int]]
) -> list[_Record]:
    """The rows that are in scope by their goal and by the names that their `passages` (positions) mention."""
    if scope.whole_reports:
        return rows
    names = _Names(catalogue, scope)
    sections = catalogue.sections_of([(row.report_key, row.section) for row in rows])
    return [
        row
        for row in rows
        if in_goals(scope, row.goal_number, sections[(row.report_key, row.section)].judged)
        and names.allow(row.report_key, passages(row))
    ]


def goal_records(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> list[GoalRecord]:
    """Every goal in scope, without what only its row needs."""
    goals = list(catalogue.goals([report.key for report in reports]))
    if scope.whole_reports:
        return goals
    wanted = _sections_mentioning(catalogue, scope, scope.entities)
    unwanted = _sections_mentioning(catalogue, scope, scope.exclude_entities)
    kinds = {(goal.goal_number, goal.status) for goal in goals}
    inside = {kind for kind in kinds if in_goals(scope, *kind)}
    return [
        goal
        for goal in goals
        if (goal.goal_number, goal.status) in inside
        and (not scope.entities or goal.place in wanted)
        and goal.place not in unwanted
    ]


def goal_rows(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[GoalStatusRow]:
    """Every goal in scope with the status its report prints; goals printed without one have None."""
    goals = goal_records(catalogue, reports, scope)
    by_key = {report.key: report for report in reports}
    for part in chunks(goals):
        yield from rows_of_goals(catalogue, by_key, part)


def rows_of_goals(
    catalogue: Catalogue, reports: Mapping[int, ReportRecord], goals: Sequence[GoalRecord]
) -> Iterator[GoalStatusRow]:
    """The goals as rows, in the order given. `reports`: by key."""
    sections = catalogue.sections_of([goal.place for goal in goals])
    judgements = catalogue.judgements([goal.place for goal in goals])
    first = catalogue.first_passages([goal.place for goal in goals if goal.place not in judgements])
    for goal in goals:
        report, section, judged = reports[goal.report_key], sections[goal.place], judgements.get(goal.place)
        yield GoalStatusRow(
            district=report.district,
            report=report.id,
            year=report.year,
            goal=GoalRef(kind=section.kind, number=section.number, title=section.title),
            status=section.status,
            citation=cite_judged(report, section) if judged is None else cite_passage(report, section, judged),
            board=report.board,
            report_id=report.id,
            passage_id=first.get(goal.place) if judged is None else judged.id,
            section_id=section.position,
        )


def _sections_mentioning(catalogue: Catalogue, scope: Scope, names: Sequence[str]) -> set[tuple[int, int]]:
    """(report key, position) of the sections right under which one of the names is mentioned."""
    found = catalogue.passages_by_key(catalogue.keys_mentioning(scope.reports, names)) if names else {}
    return {(passage.report_key, passage.section) for passage in found.values()}


def indicator_records(
    catalogue: Catalogue,
    reports: Sequence[ReportRecord],
    scope: Scope,
    name: str | None = None,
    names: Set[str] | None = None,
) -> list[IndicatorRecord]:
    """Rows of indicators in scope, report by report; with `name`, those whose name holds its letters; with `names`,
    those that have one."""
    wanted = letters(name or "")
    order = {report.key: place for place, report in enumerate(reports)}
    found = sorted(catalogue.indicators(list(order), names), key=lambda row: order[row.report_key])
    rows = [row for row in found if names is not None or wanted in letters(row.name)]
    return _in_scope(catalogue, scope, rows, lambda row: (row.passage,))


def indicator_rows(
    catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope, name: str | None = None
) -> Iterator[IndicatorRow]:
    """Indicator rows in scope; with `name`, those whose name holds its letters."""
    by_key = {report.key: report for report in reports}
    for part in chunks(indicator_records(catalogue, reports, scope, name)):
        yield from rows_of_indicators(catalogue, by_key, part)


def rows_of_indicators(
    catalogue: Catalogue, reports: Mapping[int, ReportRecord], records: Sequence[IndicatorRecord]
) -> Iterator[IndicatorRow]:
    """The indicators' rows with their citations, in the order given. `reports`: by key."""
    sections = catalogue.sections_of([(row.report_key, row.section) for row in records])
    passages = catalogue.passages_at([(row.report_key, row.passage) for row in records])
    for row in records:
        report, section = reports[row.report_key], sections[(row.report_key, row.section)]
        passage = passages[(row.report_key, row.passage)]
        yield IndicatorRow(
            district=report.district,
            report=report.id,
            year=report.year,
            period=row.period,
            name=row.name,
            value=shown(row.value),
            unit=row.value.unit if row.value else None,
            men=shown(row.men),
            women=shown(row.women),
            previous=shown(row.previous),
            target=shown(row.target),
            city_target=shown(row.city_target),
            forecast=shown(row.forecast),
            note=row.note,
            citation=cite_passage(report, section, passage),
            board=report.board,
            report_id=report.id,
            passage_id=passage.id,
        )


def good_example_records(
    catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope
) -> list[GoodExampleRecord]:
    """Good examples in scope, report by report."""
    rows = [row for report in reports for row in catalogue.good_examples([report.key])]
    return _in_scope(catalogue, scope, rows, lambda row: row.passages)


def good_example_rows(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[GoodExampleRow]:
    """Good examples in scope with their citations."""
    by_key = {report.key: report for report in reports}
    for part in chunks(good_example_records(catalogue, reports, scope)):
        yield from rows_of_examples(catalogue, by_key, part)


def rows_of_examples(
    catalogue: Catalogue, reports: Mapping[int, ReportRecord], records: Sequence[GoodExampleRecord]
) -> Iterator[GoodExampleRow]:
    """The examples' rows with their citations, in the order given. `reports`: by key."""
    sections = catalogue.sections_of([(row.report_key, row.section) for row in records])
    passages = catalogue.passages_at([(row.report_key, row.passages[0]) for row in records if row.passages])
    for row in records:
        report, section = reports[row.report_key], sections[(row.report_key, row.section)]
        passage = passages[(row.report_key, row.passages[0])] if row.passages else None
        yield GoodExampleRow(
            district=report.district,
            report=report.id,
            goal_number=row.goal_number,
            summary=row.text,
            unit=row.unit,
            explicit=row.explicit,
            citation=cite_title(report, section) if passage is None else cite_passage(report, section, passage),
            board=report.board,
            year=report.year,
            report_id=report.id,
            passage_id=None if passage is None else passage.id,
            goal_status=section.judged,
        )


def shown(value: Value | None) -> float | str | None:
    """A cell's number, else its words ("Tas fram av nämnd"), else nothing."""
    if value is None:
        return None
    return value.number if value.number is not None else (value.text or None)
