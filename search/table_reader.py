"""Indicators, activities and good examples of the catalogue, read."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Row
from sqlalchemy.sql import ColumnElement

from search import tables as t
from search.catalogue_rows import TYPED, value_record
from search.database import Database
from search.in_lists import chunks
from search.records import ActivityRecord, GoodExampleRecord, IndicatorRecord


class TableReader(Database):
    """What the catalogue has of the reports' tables."""

    def indicators(self, reports: Sequence[int], names: Collection[str] | None = None) -> Iterator[IndicatorRecord]:
        """The rows of the reports in order; with `names`, those of these indicators."""
        chosen = None if names is None else t.indicators.c.name.in_(sorted(names))
        for row in self._rows(t.indicators, reports, chosen):
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
        found: set[str] = set()
        with self.reading() as db:
            for part in chunks(reports):
                query = select(t.indicators.c.name).where(t.indicators.c.report_key.in_(part)).distinct()
                found.update(db.execute(query).scalars())
        return sorted(found)

    def indicators_of(self, pairs: Sequence[tuple[int, int]]) -> list[str]:
        """The names of the indicators of passages by (report key, position), in that order."""
        found: list[str] = []
        with self.reading() as db:
            for report, position in pairs:
                wanted = and_(t.indicators.c.report_key == report, t.indicators.c.passage == position)
                found += db.execute(select(t.indicators.c.name).where(wanted)).scalars()
        return list(dict.fromkeys(found))

    def activities(self, reports: Sequence[int]) -> Iterator[ActivityRecord]:
        for row in self._rows(t.activities, reports):
            values = dict(row._mapping)
            del values["position"]
            yield ActivityRecord(**values)

    def good_examples(self, reports: Sequence[int]) -> Iterator[GoodExampleRecord]:
        for row in self._rows(t.good_examples, reports):
            values = dict(row._mapping)
            del values["position"]
            values["passages"] = tuple(values["passages"])
            yield GoodExampleRecord(**values)

    def _rows(
        self, table: Any, reports: Sequence[int], chosen: ColumnElement[bool] | None = None
    ) -> Iterator[Row[Any]]:
        for part in chunks(reports):
            query = select(table).where(table.c.report_key.in_(part)).order_by(table.c.report_key, table.c.position)
            if chosen is not None:
                query = query.where(chosen)
            with self.reading() as db:
                yield from db.execution_options(yield_per=500).execute(query)
