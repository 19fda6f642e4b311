"""The catalogue: reports, their text and what was found in it, in SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, create_engine, delete, event, func, insert, or_, select, true, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import ColumnElement, Select

from search import tables as t
from search.catalogue_rows import (
    PASSAGE,
    READY,
    REMOVING,
    TYPED,
    child_rows,
    file_record,
    heading_record,
    mention_record,
    passage_record,
    report_record,
    report_values,
    section_record,
    value_record,
)
from search.changes import Changes
from search.errors import StorageError
from search.in_lists import chunks
from search.migrate import migrate
from search.records import (
    ActivityRecord,
    FileRecord,
    GoodExampleRecord,
    HeadingRecord,
    IndicatorRecord,
    MentionRecord,
    PassageRecord,
    PreparedReport,
    ReportRecord,
    SectionRecord,
)
from search.scope import Scope

_CHILDREN = (
    t.sections,
    t.passages,
    t.pieces,
    t.headings,
    t.indicators,
    t.activities,
    t.good_examples,
    t.mentions,
    t.discoveries,
    t.personal_data,
)


class Catalogue:
    """Reads and writes the catalogue. A report version is `pending` until its vectors are written, then `ready`,
    and `removing` until they are gone; only ready versions are ever shown."""

    def __init__(self, url: str) -> None:
        """Open, create or migrate the database at a SQLAlchemy URL.

        Raises:
            StorageError: it cannot be opened.
        """
        try:
            self.engine = _engine(url)
            migrate(self.engine)
        except SQLAlchemyError as error:
            raise StorageError(
                f"Katalogen går inte att öppna ({type(error).__name__}). Kontrollera SPANA_HOME och SPANA_DATABASE_URL."
            ) from error

        self._changes = Changes(self.engine)
        self._held: tuple[int, tuple[ReportRecord, ...]] | None = None

    def close(self) -> None:
        self._changes.close()
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(
                f"Katalogen går inte att skriva ({error.__class__.__name__}). Kör spana check."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(f"Katalogen går inte att läsa ({error.__class__.__name__}). Kör spana check.") from error

    # --- facts about the index

    def get_meta(self, name: str) -> str | None:
        with self.reading() as db:
            return db.execute(select(t.meta.c.value).where(t.meta.c.name == name)).scalar_one_or_none()

    def set_meta(self, **values: str) -> None:
        with self.writing() as db:
            _set_meta(db, values)

    # --- files

    def file(self, path: str) -> FileRecord | None:
        with self.reading() as db:
            row = db.execute(select(t.files).where(t.files.c.path == path)).one_or_none()
        return None if row is None else file_record(row)

    def files(self, status: str | None = None) -> list[FileRecord]:
        query = select(t.files).order_by(t.files.c.path)
        if status is not None:
            query = query.where(t.files.c.status == status)
        with self.reading() as db:
            return [file_record(row) for row in db.execute(query)]

    def put_file(self, record: FileRecord) -> None:
        with self.writing() as db:
            _put_file(db, record)

    def forget_file(self, path: str) -> None:
        with self.writing() as db:
            db.execute(delete(t.files).where(t.files.c.path == path))

    # --- writing reports

    def insert_pending(self, prepared: PreparedReport) -> int:
        """Write a report version that nobody sees yet; gives its key."""
        with self.writing() as db:
            key = db.execute(insert(t.reports).values(**report_values(prepared))).inserted_primary_key
            assert key is not None
            owner = int(key[0])
            for table, rows in child_rows(prepared, owner):
                if rows:
                    db.execute(insert(table), rows)
        return owner

    def publish(self, key: int, file: FileRecord, seconds: dict[str, float]) -> list[int]:
        """Make a pending version the one that is seen; gives the keys of the versions it replaces, now `removing`."""
        with self.writing() as db:
            report_id = db.execute(select(t.reports.c.id).where(t.reports.c.key == key)).scalar_one()
            old = and_(t.reports.c.id == report_id, t.reports.c.key != key, t.reports.c.state == READY)
            replaced = list(db.execute(select(t.reports.c.key).where(old)).scalars())
            db.execute(update(t.reports).where(old).values(state=REMOVING))
            db.execute(update(t.reports).where(t.reports.c.key == key).values(state=READY))
            if seconds:
                db.execute(
                    insert(t.stages), [{"report_key": key, "stage": s, "seconds": v} for s, v in seconds.items()]
                )
            _put_file(db, file)
        return replaced

    def hide(self, key: int) -> None:
        """Stop showing a version; its rows go with `drop`."""
        with self.writing() as db:
            db.execute(update(t.reports).where(t.reports.c.key == key).values(state=REMOVING))

    def drop(self, key: int) -> None:
        """Delete a version's rows, once its vectors are gone."""
        with self.writing() as db:
            for table in (*_CHILDREN, t.stages):
                db.execute(delete(table).where(table.c.report_key == key))
            db.execute(delete(t.reports).where(t.reports.c.key == key))

    def forget_report_files(self, report_id: str) -> None:
        """Forget the files of a removed report, so that ingest takes them in again."""
        with self.writing() as db:
            db.execute(delete(t.files).where(t.files.c.report_id == report_id))

    def forget_duplicates(self, report_id: str) -> None:
        """Forget the files that were duplicates of a report that has changed, so that ingest looks at them again."""
        with self.writing() as db:
            same = and_(t.files.c.report_id == report_id, t.files.c.status == "duplicate")
            db.execute(delete(t.files).where(same))

    def move_report(self, key: int, path: str, source: str, stem: str) -> None:
        """A report's file has another place now."""
        with self.writing() as db:
            db.execute(update(t.reports).where(t.reports.c.key == key).values(path=path, source=source, stem=stem))

    # --- reading reports

    def unfinished(self, older_than: timedelta | None = None) -> list[ReportRecord]:
        """Versions that an interrupted run left half written or half removed."""
        query = select(t.reports).where(t.reports.c.state != READY)
        if older_than is not None:
            query = query.where(t.reports.c.written_at < (datetime.now(UTC) - older_than).isoformat(timespec="seconds"))
        with self.reading() as db:
            return [report_record(row) for row in db.execute(query)]

    def version(self, key: int) -> ReportRecord:
        """A version in any state."""
        with self.reading() as db:
            return report_record(db.execute(select(t.reports).where(t.reports.c.key == key)).one())

    def reports(self) -> list[ReportRecord]:
        """All ready reports, by district or board, year and id; read again only when the catalogue has changed."""
        version = self._changes.version()
        if version is None:
            return self._read_reports()
        held = self._held
        if held is None or held[0] != version:
            held = self._held = version, tuple(self._read_reports())
        return list(held[1])

    def _read_reports(self) -> list[ReportRecord]:
        order = (t.reports.c.district, t.reports.c.board, t.reports.c.year, t.reports.c.period, t.reports.c.id)
        with self.reading() as db:
            rows = db.execute(select(t.reports).where(t.reports.c.state == READY).order_by(*order))
            return [report_record(row) for row in rows]

    def sections(self, key: int) -> list[SectionRecord]:
        query = select(t.sections).where(t.sections.c.report_key == key).order_by(t.sections.c.position)
        with self.reading() as db:
            return [section_record(row) for row in db.execute(query)]

    def sections_of(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], SectionRecord]:
        """Sections by (report key, position)."""
        found: dict[tuple[int, int], SectionRecord] = {}
        by_report: dict[int, set[int]] = {}
        for report, position in pairs:
            by_report.setdefault(report, set()).add(position)
        with self.reading() as db:
            for report, positions in by_report.items():
                wanted = and_(t.sections.c.report_key == report, t.sections.c.position.in_(sorted(positions)))
                for row in db.execute(select(t.sections).where(wanted)):
                    section = section_record(row)
                    found[(report, section.position)] = section
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

    def first_passages(self, key: int) -> dict[int, str]:
        """The id of the first passage right under each section."""
        query = select(t.passages.c.section, t.passages.c.id).where(t.passages.c.report_key == key)
        found: dict[int, str] = {}
        with self.reading() as db:
            for section, passage in db.execute(query.order_by(t.passages.c.position)):
                found.setdefault(section, passage)
        return found

    def passages_by_key(self, keys: Sequence[int]) -> dict[int, PassageRecord]:
        found: dict[int, PassageRecord] = {}
        with self.reading() as db:
            for part in chunks(keys):
                for row in db.execute(select(*PASSAGE).where(t.passages.c.key.in_(part))):
                    passage = passage_record(row)
                    found[passage.key] = passage
        return found

    def passages_at(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], PassageRecord]:
        """Passages by (report key, position)."""
        found: dict[tuple[int, int], PassageRecord] = {}
        by_report: dict[int, set[int]] = {}
        for report, position in pairs:
            by_report.setdefault(report, set()).add(position)
        with self.reading() as db:
            for report, positions in by_report.items():
                for part in chunks(sorted(positions)):
                    wanted = and_(t.passages.c.report_key == report, t.passages.c.position.in_(part))
                    for row in db.execute(select(*PASSAGE).where(wanted)):
                        passage = passage_record(row)
                        found[(report, passage.position)] = passage
        return found

    def passage(self, passage_id: str) -> PassageRecord | None:
        query = (
            select(*PASSAGE)
            .join(t.reports, t.reports.c.key == t.passages.c.report_key)
            .where(t.passages.c.id == passage_id, t.reports.c.state == READY)
        )
        with self.reading() as db:
            row = db.execute(query).first()
        return None if row is None else passage_record(row)

    def passage_keys(self, report: int) -> list[int]:
        with self.reading() as db:
            return list(db.execute(select(t.passages.c.key).where(t.passages.c.report_key == report)).scalars())

    def scan(self, scope: Scope, groups: Sequence[Sequence[str]]) -> Iterator[PassageRecord]:
        """Every passage in scope whose folded letters hold all strings of one of the groups, in reading order."""
        holds = or_(
            *(and_(*(t.passages.c.letters.contains(stem, autoescape=True) for stem in stems)) for stems in groups)
        )
        yield from self._passages_in(scope, holds)

    def scan_headings(self, reports: Sequence[int], groups: Sequence[Sequence[str]]) -> Iterator[HeadingRecord]:
        """Every heading of the reports whose folded letters hold all strings of one of the groups, in reading order."""
        holds = or_(*(and_(true(), *(t.headings.c.letters.contains(s, autoescape=True) for s in g)) for g in groups))
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
            query = _passage_query(scope).where(t.passages.c.report_key.in_(reports))
            if extra is not None:
                query = query.where(extra)
            query = query.order_by(t.passages.c.report_key, t.passages.c.position)
            with self.reading() as db:
                for row in db.execution_options(yield_per=500).execute(query):
                    yield passage_record(row)

    # --- mentions

    def mentions(self, scope: Scope, names: Sequence[str] | None = None) -> Iterator[MentionRecord]:
        """Mentions in scope, of all names or of some, in order of the archive."""
        for reports in chunks(scope.reports):
            query = select(t.mentions).where(t.mentions.c.report_key.in_(reports))
            if names is not None:
                query = query.where(t.mentions.c.name.in_(list(names)))
            if not scope.whole_reports:
                inner = (
                    _passage_query(scope).with_only_columns(t.passages.c.report_key, t.passages.c.position).subquery()
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

    # --- tables

    def indicators(self, reports: Sequence[int]) -> Iterator[IndicatorRecord]:
        for row in self._rows(t.indicators, reports):
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

    def _rows(self, table: Any, reports: Sequence[int]) -> Iterator[Row[Any]]:
        for part in chunks(reports):
            query = select(table).where(table.c.report_key.in_(part)).order_by(table.c.report_key, table.c.position)
            with self.reading() as db:
                yield from db.execution_options(yield_per=500).execute(query)

    # --- counts

    def counts(self, report: int | None = None) -> dict[str, int]:
        """Rows of each kind, of one report version or of all ready ones."""
        found: dict[str, int] = {}
        kinds = (t.sections, t.passages, t.indicators, t.activities, t.good_examples, t.mentions)
        with self.reading() as db:
            for table in kinds:
                query = select(func.count()).select_from(table)
                if report is not None:
                    query = query.where(table.c.report_key == report)
                else:
                    ready = select(t.reports.c.key).where(t.reports.c.state == READY)
                    query = query.where(table.c.report_key.in_(ready))
                found[table.name] = db.execute(query).scalar_one()
        return found

    def integrity(self) -> str | None:
        """What the database itself says is wrong; None when all is well (or the database checks itself)."""
        if self.engine.dialect.name != "sqlite":
            return None
        with self.reading() as db:
            said = db.exec_driver_sql("PRAGMA quick_check").scalar_one()
        return None if said == "ok" else str(said)


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _set_up(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

    return engine


def _passage_query(scope: Scope) -> Select[Any]:
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


def _set_meta(db: Connection, values: dict[str, str]) -> None:
    for name, value in values.items():
        changed = db.execute(update(t.meta).where(t.meta.c.name == name).values(value=value))
        if changed.rowcount == 0:
            db.execute(insert(t.meta).values(name=name, value=value))


def _put_file(db: Connection, record: FileRecord) -> None:
    values = asdict(record)
    changed = db.execute(update(t.files).where(t.files.c.path == record.path).values(**values))
    if changed.rowcount == 0:
        db.execute(insert(t.files).values(**values))
