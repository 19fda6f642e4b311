"""Rows of the tables in the reports, and goals with their status, each with its citation."""

from collections.abc import Iterable, Iterator, Sequence

from ingest.report import Value
from search.catalogue import Catalogue
from search.citation import cite_judged, cite_passage, cite_title
from search.letters import letters
from search.records import IndicatorRecord, ReportRecord, SectionRecord
from search.schema import GoalRef, GoalStatusRow, GoodExampleRow, IndicatorRow
from search.scope import Scope, goal_prefixes

GOALS = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")


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

    @property
    def asked(self) -> bool:
        return self._asked or bool(self._unwanted)


def goal_rows(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[GoalStatusRow]:
    """Every goal in scope with the status its report prints; goals printed without one have None."""
    names = _Names(catalogue, scope)
    for report in reports:
        goals = [s for s in catalogue.sections(report.key, GOALS) if in_goals(scope, s.goal_number, s.status)]
        first = catalogue.first_passages(report.key, [section.position for section in goals])
        held: dict[int, list[int]] = {}
        for passage in catalogue.passages(report.key) if names.asked else ():
            held.setdefault(passage.section, []).append(passage.position)
        for section in goals:
            if names.allow(report.key, held.get(section.position, ())):
                yield GoalStatusRow(
                    district=report.district,
                    report=report.id,
                    year=report.year,
                    goal=GoalRef(kind=section.kind, number=section.number, title=section.title),
                    status=section.status,
                    citation=cite_judged(report, section),
                    board=report.board,
                    report_id=report.id,
                    passage_id=first.get(section.position),
                    section_id=section.position,
                )


def indicator_rows(
    catalogue: Catalogue,
    reports: Sequence[ReportRecord],
    scope: Scope,
    name: str | None = None,
    names: frozenset[str] | None = None,
) -> Iterator[IndicatorRow]:
    """Indicator rows in scope; with `name`, those whose name holds its letters; with `names`, those that have one."""
    wanted = letters(name or "")
    mentioned = _Names(catalogue, scope)
    named: dict[int, list[IndicatorRecord]] = {}
    for row in () if names is None else catalogue.indicators([report.key for report in reports], names):
        named.setdefault(row.report_key, []).append(row)
    for report in reports:
        found = named.get(report.key, ()) if names is not None else tuple(catalogue.indicators([report.key]))
        if not found:
            continue
        sections = _sections(catalogue, report)
        rows = [
            row
            for row in found
            if (names is not None or wanted in letters(row.name))
            and in_goals(scope, row.goal_number, sections[row.section].judged)
            and mentioned.allow(report.key, (row.passage,))
        ]
        passages = catalogue.passages_at([(report.key, row.passage) for row in rows])
        for row in rows:
            section = sections[row.section]
            passage = passages[(report.key, row.passage)]
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


def good_example_rows(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[GoodExampleRow]:
    """Good examples in scope."""
    names = _Names(catalogue, scope)
    for report in reports:
        sections = _sections(catalogue, report)
        rows = [
            row
            for row in catalogue.good_examples([report.key])
            if in_goals(scope, row.goal_number, sections[row.section].judged) and names.allow(report.key, row.passages)
        ]
        passages = catalogue.passages_at([(report.key, row.passages[0]) for row in rows if row.passages])
        for row in rows:
            section = sections[row.section]
            cited = (
                cite_passage(report, section, passages[(report.key, row.passages[0])])
                if row.passages
                else cite_title(report, section)
            )
            yield GoodExampleRow(
                district=report.district,
                report=report.id,
                goal_number=row.goal_number,
                summary=row.text,
                unit=row.unit,
                explicit=row.explicit,
                citation=cited,
                board=report.board,
                year=report.year,
                report_id=report.id,
                passage_id=passages[(report.key, row.passages[0])].id if row.passages else None,
                goal_status=section.judged,
            )


def shown(value: Value | None) -> float | str | None:
    """A cell's number, else its words ("Tas fram av nämnd"), else nothing."""
    if value is None:
        return None
    return value.number if value.number is not None else (value.text or None)


def _sections(catalogue: Catalogue, report: ReportRecord) -> dict[int, SectionRecord]:
    return {section.position: section for section in catalogue.sections(report.key)}
