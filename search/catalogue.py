"""The catalogue: reports, their text and what was found in it, in SQL."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from search import tables as t
from search.catalogue_rows import READY, REMOVING, child_rows, file_record, report_record, report_values
from search.mention_reader import MentionReader
from search.passage_reader import PassageReader
from search.records import FileRecord, PreparedReport, ReportRecord
from search.table_reader import TableReader

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


class Catalogue(PassageReader, MentionReader, TableReader):
    """Reads and writes the catalogue. A report version is `pending` until its vectors are written, then `ready`,
    and `removing` until they are gone; only ready versions are ever shown."""

    def __init__(self, url: str) -> None:
        """Open, create or migrate the database at a SQLAlchemy URL.

        Raises:
            StorageError: it cannot be opened.
        """
        super().__init__(url)

    # --- facts about the index

    def get_meta(self, name: str) -> str | None:
        return self.remembered("meta", self._read_meta).get(name)

    def _read_meta(self) -> dict[str, str]:
        with self.reading() as db:
            return {row.name: row.value for row in db.execute(select(t.meta))}

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

    def unready(self) -> tuple[int, ...]:
        """Keys of the versions that are not ready; read again only when the catalogue has changed."""
        return self.remembered("unready", self._read_unready)

    def _read_unready(self) -> tuple[int, ...]:
        with self.reading() as db:
            return tuple(db.execute(select(t.reports.c.key).where(t.reports.c.state != READY)).scalars())

    def version(self, key: int) -> ReportRecord:
        """A version in any state."""
        with self.reading() as db:
            return report_record(db.execute(select(t.reports).where(t.reports.c.key == key)).one())

    def reports(self) -> list[ReportRecord]:
        """All ready reports, by district or board, year and id; read again only when the catalogue has changed."""
        return list(self.remembered("reports", self._read_reports))

    def _read_reports(self) -> list[ReportRecord]:
        order = (t.reports.c.district, t.reports.c.board, t.reports.c.year, t.reports.c.period, t.reports.c.id)
        with self.reading() as db:
            rows = db.execute(select(t.reports).where(t.reports.c.state == READY).order_by(*order))
            return [report_record(row) for row in rows]

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
