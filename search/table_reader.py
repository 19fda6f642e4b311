"""Indicators, activities and good examples of the catalogue, read."""

from collections.abc import Collection, Iterator, Sequence, Set
from typing import Any, get_args

from sqlalchemy import and_, select
from sqlalchemy.engine import Row

from ingest.rules import GoalKind
from search import tables as t
from search.catalogue_rows import TYPED, value_record
from search.database import Database
from search.in_lists import chunks, places
from search.records import ActivityRecord, GoalRecord, GoodExampleRecord, IndicatorRecord

GOALS: tuple[str, ...] = get_args(GoalKind)
"""Kinds of sections that are goals."""


class TableReader(Database):
    """What the catalogue has of the reports' tables."""

    def indicators(self, reports: Sequence[int], names: Collection[str] | None = None) -> Iterator[IndicatorRecord]:
        """The rows of the reports in order; with `names`, those of these indicators, in order of the archive."""
        rows = self._rows(t.indicators, reports) if names is None else self._named(names, set(reports))
        for row in rows:
            typed = {name: value_record(row.typed.get(name)) for name in TYPED}
            yield IndicatorRecord(
                report_key=row.report_key,
                section=row.section,
                goal_number=row.goal_number,
                name=row.name,
                cells=tuple((str(a), str(b)) for a, b in row.cells),
                note=row.note,
                period=row.period,
                passage=row.passage,
                line=row.line,
                page=row.page,
                **typed,
            )

    def indicator_names(self, reports: Sequence[int]) -> list[str]:
        """Every name of an indicator in the reports, once."""
        inside = set(reports)
        held = self.remembered("indicator names", self._reports_by_indicator)
        return sorted(name for name, owners in held.items() if not inside.isdisjoint(owners))

    def _reports_by_indicator(self) -> dict[str, frozenset[int]]:
        """The reports, in any state, that have each indicator."""
        found: dict[str, set[int]] = {}
        with self.reading() as db:
            for name, report in db.execute(select(t.indicators.c.name, t.indicators.c.report_key).distinct()):
                found.setdefault(name, set()).add(report)
        return {name: frozenset(owners) for name, owners in found.items()}

    def goals(self, reports: Sequence[int]) -> Iterator[GoalRecord]:
        """The goals of the reports, report by report in the order given, in reading order."""
        held = self.remembered("goals", self._goals_by_report)
        return (goal for report in reports for goal in held.get(report, ()))

    def _goals_by_report(self) -> dict[int, tuple[GoalRecord, ...]]:
        """The goals of each report, in any state."""
        s = t.sections.c
        columns = (s.report_key, s.position, s.kind, s.number, s.title, s.status, s.goal_number)
        query = select(*columns).where(s.kind.in_(GOALS)).order_by(s.report_key, s.position)
        found: dict[int, list[GoalRecord]] = {}
        titles: dict[str, str] = {}
        with self.reading() as db:
            for report, position, kind, number, title, status, goal_number in db.execute(query):
                # Many reports have the same goals: each title is kept once.
                one = titles.setdefault(title, title)
                found.setdefault(report, []).append(
                    GoalRecord(report, position, kind, number, one, status, goal_number)
                )
        return {report: tuple(goals) for report, goals in found.items()}

    def table_names(self) -> list[str]:
        """Every name of an indicator and title of a goal, once."""
        held = (goal.title for goals in self.remembered("goals", self._goals_by_report).values() for goal in goals)
        return sorted({*self.remembered("indicator names", self._reports_by_indicator), *held})

    def parents(self, reports: Sequence[int]) -> dict[int, dict[int, tuple[str, int | None]]]:
        """By report and position, the kind of each section and the position of the one above."""
        s = t.sections.c
        found: dict[int, dict[int, tuple[str, int | None]]] = {}
        with self.reading() as db:
            for part in chunks(reports):
                query = select(s.report_key, s.position, s.kind, s.parent).where(s.report_key.in_(part))
                for report, position, kind, parent in db.execute(query):
                    found.setdefault(report, {})[position] = kind, parent
        return found

    def indicators_of(self, pairs: Sequence[tuple[int, int]]) -> list[str]:
        """The names of the indicators of passages by (report key, position), in that order."""
        found = self.indicators_at(pairs)
        return list(dict.fromkeys(name for pair in pairs for name in found.get(pair, ())))

    def indicators_at(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
        """The same by passage."""
        i = t.indicators.c
        found: dict[tuple[int, int], list[str]] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                on = and_(i.report_key == wanted.c.report, i.passage == wanted.c.place)
                query = select(i.report_key, i.passage, i.name).join(wanted, on).order_by(i.report_key, i.position)
                for report, passage, name in db.execute(query):
                    found.setdefault((report, passage), []).append(name)
        return found

    def activities(self, reports: Sequence[int]) -> Iterator[ActivityRecord]:
        for row in self._rows(t.activities, reports):
            values = dict(row._mapping)
            del values["position"]
            yield ActivityRecord(**values)

    def good_examples(self, reports: Sequence[int]) -> Iterator[GoodExampleRecord]:
        held = self.remembered("good examples", self._examples_by_report)
        return (example for report in reports for example in held.get(report, ()))

    def _examples_by_report(self) -> dict[int, tuple[GoodExampleRecord, ...]]:
        """The good examples of each report, in any state."""
        g = t.good_examples.c
        found: dict[int, list[GoodExampleRecord]] = {}
        with self.reading() as db:
            for row in db.execute(select(t.good_examples).order_by(g.report_key, g.position)):
                values = dict(row._mapping)
                del values["position"]
                values["passages"] = tuple(values["passages"])
                found.setdefault(row.report_key, []).append(GoodExampleRecord(**values))
        return {report: tuple(examples) for report, examples in found.items()}

    def _named(self, names: Collection[str], reports: Set[int]) -> Iterator[Row[Any]]:
        i = t.indicators.c
        query = select(t.indicators).where(i.name.in_(sorted(names))).order_by(i.report_key, i.position)
        with self.reading() as db:
            # By place, not by name: a common indicator has thousands of rows.
            yield from (row for row in db.execute(query) if row[0] in reports)

    def _rows(self, table: Any, reports: Sequence[int]) -> Iterator[Row[Any]]:
        for part in chunks(reports):
            query = select(table).where(table.c.report_key.in_(part)).order_by(table.c.report_key, table.c.position)
            with self.reading() as db:
                yield from db.execution_options(yield_per=500).execute(query)
