"""Sections, passages and headings of the catalogue, read."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.sql import ColumnElement, Select

from search import letter_index
from search import tables as t
from search.catalogue_rows import PASSAGE, READY, heading_record, passage_record, section_record
from search.database import Database
from search.in_lists import chunks, places
from search.kept import kept
from search.records import HeadingRecord, PassageRecord, SectionRecord
from search.scope import Scope

MOST_KEPT = 8000
"""Passages that are kept while nothing changes: some 25 MB."""


class PassageReader(Database):
    """What the catalogue has of the reports' text."""

    @cached_property
    def _has_letter_index(self) -> bool:
        with self.reading() as db:
            return letter_index.exists(db)

    def sections(self, key: int, kinds: Sequence[str] | None = None) -> list[SectionRecord]:
        """A report's sections in reading order; with `kinds`, those of these kinds."""
        query = select(t.sections).where(t.sections.c.report_key == key).order_by(t.sections.c.position)
        if kinds is not None:
            query = query.where(t.sections.c.kind.in_(kinds))
        with self.reading() as db:
            return [section_record(row) for row in db.execute(query)]

    def sections_of(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], SectionRecord]:
        """Sections by (report key, position)."""
        found: dict[tuple[int, int], SectionRecord] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                on = and_(t.sections.c.report_key == wanted.c.report, t.sections.c.position == wanted.c.place)
                for row in db.execute(select(t.sections).join(wanted, on)):
                    section = section_record(row)
                    found[(section.report_key, section.position)] = section
        return found

    def sections_over(self, keys: Sequence[int]) -> dict[int, SectionRecord]:
        """The sections that passages stand in, by the passages' keys."""
        on = and_(t.sections.c.report_key == t.passages.c.report_key, t.sections.c.position == t.passages.c.section)
        found: dict[int, SectionRecord] = {}
        with self.reading() as db:
            for part in chunks(keys):
                query = select(t.passages.c.key, t.sections).join(t.sections, on).where(t.passages.c.key.in_(part))
                for key, *row in db.execute(query):
                    found[key] = section_record(row)
        return found

    def passages(self, key: int) -> list[PassageRecord]:
        query = select(*PASSAGE).where(t.passages.c.report_key == key).order_by(t.passages.c.position)
        with self.reading() as db:
            return [passage_record(row) for row in db.execute(query)]

    def section_passages(self, key: int, section: int) -> list[PassageRecord]:
        """The passages right under a section, in reading order."""
        wanted = and_(t.passages.c.report_key == key, t.passages.c.section == section)
        with self.reading() as db:
            query = select(*PASSAGE).where(wanted).order_by(t.passages.c.position)
            return [passage_record(row) for row in db.execute(query)]

    def first_passages(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
        """The id of the first passage right under each of the sections, by (report key, position of the section)."""
        p = t.passages.c
        found: dict[tuple[int, int], str] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                # The join looks each place up; SQLite would read whole reports for (a, b) IN (…).
                query = select(p.report_key, p.section, p.id).order_by(p.report_key, p.position)
                on = and_(p.report_key == wanted.c.report, p.section == wanted.c.place)
                for report, section, passage in db.execute(query.join(wanted, on)):
                    found.setdefault((report, section), passage)
        return found

    def judgements(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], PassageRecord]:
        """The headings that goals are judged under, by (report key, position of the section)."""
        p = t.passages.c
        found: dict[tuple[int, int], PassageRecord] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                on = and_(p.report_key == wanted.c.report, p.section == wanted.c.place)
                for row in db.execute(select(*PASSAGE).join(wanted, on).where(p.kind == "goal")):
                    passage = passage_record(row)
                    found[(passage.report_key, passage.section)] = passage
        return found

    def without_judgements(self) -> list[int]:
        """Keys of the reports that were read before a goal's heading was a passage with its judgement."""
        s, p = t.sections.c, t.passages.c
        judged = select(s.report_key).where(s.report_key == t.reports.c.key, s.status.is_not(None)).exists()
        held = select(p.key).where(p.report_key == t.reports.c.key, p.kind == "goal").exists()
        query = select(t.reports.c.key).where(t.reports.c.state == READY, judged, ~held)
        with self.reading() as db:
            return list(db.execute(query.order_by(t.reports.c.key)).scalars())

    def passages_by_key(self, keys: Sequence[int]) -> dict[int, PassageRecord]:
        """The passages that there are, in the order of the keys."""
        return kept(self.remembered("passages", dict[int, PassageRecord]), keys, self._passages_by_key, MOST_KEPT)

    def some_passages(self, most: int) -> list[PassageRecord]:
        """`most` passages at most, spread evenly over the archive."""
        with self.reading() as db:
            count = db.execute(select(func.count()).select_from(t.passages)).scalar_one()
            spread = select(t.passages.c.key).where(t.passages.c.key % max(1, count // most) == 0)
            keys = list(db.execute(spread.order_by(t.passages.c.key).limit(most)).scalars())
        return list(self.passages_by_key(keys).values())

    def _passages_by_key(self, keys: Sequence[int]) -> dict[int, PassageRecord]:
        found: dict[int, PassageRecord] = {}
        with self.reading() as db:
            for part in chunks(keys):
                for row in db.execute(select(*PASSAGE).where(t.passages.c.key.in_(part))).all():
                    passage = passage_record(row)
                    found[passage.key] = passage
        return found

    def passages_at(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], PassageRecord]:
        """Passages by (report key, position)."""
        found: dict[tuple[int, int], PassageRecord] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                on = and_(t.passages.c.report_key == wanted.c.report, t.passages.c.position == wanted.c.place)
                for row in db.execute(select(*PASSAGE).join(wanted, on)):
                    passage = passage_record(row)
                    found[(passage.report_key, passage.position)] = passage
        return found

    def keys_at(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Keys of passages by (report key, position)."""
        p = t.passages.c
        found: dict[tuple[int, int], int] = {}
        with self.reading() as db:
            for wanted in places(pairs, self.engine.dialect.name):
                on = and_(p.report_key == wanted.c.report, p.position == wanted.c.place)
                for report, position, key in db.execute(select(p.report_key, p.position, p.key).join(wanted, on)):
                    found[(report, position)] = key
        return found

    def passage(self, passage_id: str) -> PassageRecord | None:
        return self.passages_by_id([passage_id]).get(passage_id)

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, PassageRecord]:
        """The passages of ready reports that have the ids."""
        # Only from the passages on does SQLite look the ids up rather than read every ready report.
        states = t.passages.outerjoin(t.reports, t.reports.c.key == t.passages.c.report_key)
        query = select(t.reports.c.state, *PASSAGE).select_from(states)
        found: dict[str, PassageRecord] = {}
        with self.reading() as db:
            for part in chunks(ids):
                rows = [tuple(row) for row in db.execute(query.where(t.passages.c.id.in_(part))).all()]
                passages = [passage_record(row) for state, *row in rows if state == READY]
                found |= {one.id: one for one in sorted(passages, key=lambda one: one.key, reverse=True)}
        return found

    def passage_keys(self, report: int) -> list[int]:
        with self.reading() as db:
            return list(db.execute(select(t.passages.c.key).where(t.passages.c.report_key == report)).scalars())

    def scan(self, scope: Scope, groups: Sequence[Sequence[str]]) -> Iterator[PassageRecord]:
        """Every passage in scope whose folded letters hold all strings of one of the groups, in reading order."""
        holds = or_(
            *(and_(*(t.passages.c.letters.contains(stem, autoescape=True) for stem in stems)) for stems in groups)
        )
        runs = letter_index.runs_of(groups) if self._has_letter_index else None
        if runs is None:
            yield from self._passages_in(scope, holds)
            return
        inside = set(scope.reports)
        with self.reading() as db:
            # A report's passages were written in reading order, so keys rise with it.
            for part in chunks(letter_index.passages_with(db, runs)):
                query = passage_query(scope).where(t.passages.c.key.in_(part), holds).order_by(t.passages.c.key)
                for row in db.execute(query):
                    if row.report_key in inside:
                        yield passage_record(row)

    def scan_headings(self, reports: Sequence[int], groups: Sequence[Sequence[str]]) -> Iterator[HeadingRecord]:
        """Every heading of the reports whose folded letters hold all strings of one of the groups, in reading order."""
        holds = or_(*(and_(true(), *(t.headings.c.letters.contains(s, autoescape=True) for s in g)) for g in groups))
        runs = letter_index.runs_of(groups) if self._has_letter_index else None
        if runs is not None:
            inside, h = set(reports), t.headings.c
            with self.reading() as db:
                found = [place for place in letter_index.headings_with(db, runs) if place[0] in inside]
                for wanted in places(found, self.engine.dialect.name):
                    on = and_(h.report_key == wanted.c.report, h.position == wanted.c.place)
                    query = select(t.headings).join(wanted, on).where(holds).order_by(h.report_key, h.position)
                    yield from map(heading_record, db.execute(query))
            return
        for part in chunks(reports):
            query = select(t.headings).where(t.headings.c.report_key.in_(part), holds)
            query = query.order_by(t.headings.c.report_key, t.headings.c.position)
            with self.reading() as db:
                for row in db.execution_options(yield_per=500).execute(query):
                    yield heading_record(row)

    def headings_at(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], HeadingRecord]:
        """Headings by (report key, position)."""
        found: dict[tuple[int, int], HeadingRecord] = {}
        with self.reading() as db:
            for report, position in pairs:
                wanted = and_(t.headings.c.report_key == report, t.headings.c.position == position)
                found[(report, position)] = heading_record(db.execute(select(t.headings).where(wanted)).one())
        return found

    def sample_texts(self, most: int = 20_000) -> Iterator[str]:
        """The texts of `most` passages at most, spread evenly over the ready reports: enough to know their words."""
        ready = select(t.reports.c.key).where(t.reports.c.state == READY)
        with self.reading() as db:
            held = db.execute(select(func.count()).select_from(t.passages)).scalar_one()
            query = select(t.passages.c.text).where(t.passages.c.report_key.in_(ready))
            if held > most:
                query = query.where(t.passages.c.key % (held // most + 1) == 0)
            yield from db.execution_options(yield_per=500).execute(query).scalars()

    def all_passages(self, scope: Scope) -> Iterator[PassageRecord]:
        """Every passage in scope, in order of the archive."""
        yield from self._passages_in(scope, None)

    def _passages_in(self, scope: Scope, extra: ColumnElement[bool] | None) -> Iterator[PassageRecord]:
        for reports in chunks(scope.reports):
            query = passage_query(scope).where(t.passages.c.report_key.in_(reports))
            if extra is not None:
                query = query.where(extra)
            query = query.order_by(t.passages.c.report_key, t.passages.c.position)
            with self.reading() as db:
                for row in db.execution_options(yield_per=500).execute(query):
                    yield passage_record(row)


def passage_query(scope: Scope) -> Select[Any]:
    """Passages under the filters that look inside reports."""
    query = select(*PASSAGE)
    if scope.whole_reports:
        return query
    section = t.sections.c
    on = and_(section.report_key == t.passages.c.report_key, section.position == t.passages.c.section)
    query = query.join(t.sections, on)
    part = func.lower(func.coalesce(t.passages.c.part, ""))
    if scope.goals:
        query = query.where(or_(*(_under(goal) for goal in scope.goals)))
    if scope.parts:
        query = query.where(part.in_(scope.parts))
    if scope.statuses:
        query = query.where(section.judged.in_(scope.statuses))
    if scope.entities:
        query = query.where(_mentions(scope.entities))
    for goal in scope.exclude_goals:
        query = query.where(or_(section.goal_number.is_(None), ~_under(goal)))
    if scope.exclude_parts:
        query = query.where(part.not_in(scope.exclude_parts))
    if scope.exclude_statuses:
        query = query.where(or_(section.judged.is_(None), section.judged.not_in(scope.exclude_statuses)))
    if scope.exclude_entities:
        query = query.where(~_mentions(scope.exclude_entities))
    return query


def _under(goal: str) -> ColumnElement[bool]:
    number = t.sections.c.goal_number
    return or_(number == goal, number.startswith(f"{goal}.", autoescape=True))


def _mentions(names: Sequence[str]) -> ColumnElement[bool]:
    return (
        select(t.mentions.c.passage)
        .where(
            t.mentions.c.report_key == t.passages.c.report_key,
            t.mentions.c.passage == t.passages.c.position,
            t.mentions.c.name.in_(list(names)),
        )
        .exists()
    )
