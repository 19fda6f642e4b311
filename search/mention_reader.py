"""Mentions of names in the catalogue, read."""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, select

from search import tables as t
from search.catalogue_rows import READY, mention_record
from search.database import Database
from search.in_lists import chunks
from search.passage_reader import passage_query
from search.records import MentionRecord
from search.scope import Scope


class MentionReader(Database):
    """What the catalogue has of names in text."""

    def mentions(self, scope: Scope, names: Sequence[str] | None = None) -> Iterator[MentionRecord]:
        """Mentions in scope, of all names or of some, in order of the archive."""
        for reports in chunks(scope.reports):
            query = select(t.mentions).where(t.mentions.c.report_key.in_(reports))
            if names is not None:
                query = query.where(t.mentions.c.name.in_(list(names)))
            if not scope.whole_reports:
                inner = (
                    passage_query(scope).with_only_columns(t.passages.c.report_key, t.passages.c.position).subquery()
                )
                on = and_(inner.c.report_key == t.mentions.c.report_key, inner.c.position == t.mentions.c.passage)
                query = query.join(inner, on)
            query = query.order_by(t.mentions.c.report_key, t.mentions.c.passage, t.mentions.c.start)
            with self.reading() as db:
                for row in db.execution_options(yield_per=1000).execute(query):
                    yield mention_record(row)

    def mentions_in(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], list[MentionRecord]]:
        """Mentions by (report key, passage position)."""
        found: dict[tuple[int, int], list[MentionRecord]] = {}
        by_report: dict[int, set[int]] = {}
        for report, position in pairs:
            by_report.setdefault(report, set()).add(position)
        with self.reading() as db:
            for report, positions in by_report.items():
                wanted = and_(t.mentions.c.report_key == report, t.mentions.c.passage.in_(sorted(positions)))
                for row in db.execute(select(t.mentions).where(wanted).order_by(t.mentions.c.start)):
                    found.setdefault((report, row.passage), []).append(mention_record(row))
        return found

    def mentions_of(self, keys: Sequence[int]) -> dict[int, list[MentionRecord]]:
        """Mentions in passages, by the passages' keys."""
        found: dict[int, list[MentionRecord]] = {}
        on = and_(t.mentions.c.report_key == t.passages.c.report_key, t.mentions.c.passage == t.passages.c.position)
        with self.reading() as db:
            for part in chunks(keys):
                query = select(t.passages.c.key, t.mentions).join(t.mentions, on).where(t.passages.c.key.in_(part))
                for key, *row in db.execute(query.order_by(t.mentions.c.start)):
                    found.setdefault(key, []).append(mention_record(row))
        return found

    def keys_mentioning(self, reports: Sequence[int], names: Sequence[str]) -> tuple[int, ...]:
        """Keys of the passages of the reports that mention one of the names."""
        found: set[int] = set()
        with self.reading() as db:
            for part in chunks(reports):
                query = (
                    select(t.passages.c.key)
                    .join(
                        t.mentions,
                        and_(
                            t.mentions.c.report_key == t.passages.c.report_key,
                            t.mentions.c.passage == t.passages.c.position,
                        ),
                    )
                    .where(t.passages.c.report_key.in_(part), t.mentions.c.name.in_(list(names)))
                )
                found.update(db.execute(query).scalars())
        return tuple(sorted(found))

    def entity_names(self) -> list[tuple[str, str]]:
        """Every (name, label) that a ready report mentions."""
        query = (
            select(t.mentions.c.name, t.mentions.c.label)
            .join(t.reports, t.reports.c.key == t.mentions.c.report_key)
            .where(t.reports.c.state == READY)
            .distinct()
        )
        with self.reading() as db:
            return [(row.name, row.label) for row in db.execute(query)]
