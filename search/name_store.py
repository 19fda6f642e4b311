"""The catalogue's tables of names: what reports were found to name, the names in use, and people's corrections."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, func, insert, select, update

from models.linking import Seen
from models.programmes import Programme
from models.registry import Entry
from search import tables as t
from search.catalogue import Catalogue
from search.catalogue_rows import READY, now
from search.corrections import Correction
from search.records import MentionRecord

VERSION = "names_version"
HIDDEN = "names_hidden"
"""Facts about the names in use, in the table `meta`."""
_REPORTS_AT_ONCE = 500


class NameStore:
    """Reads and writes them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    # --- what reports name

    def seen(self, reports: Sequence[int]) -> list[Seen]:
        """The programmes discovered in those of the reports that are ready."""
        columns = (t.discoveries, t.reports.c.key, t.reports.c.district, t.reports.c.board)
        query = (
            select(*columns)
            .join(t.reports, t.reports.c.key == t.discoveries.c.report_key)
            .where(t.reports.c.state == READY)
            .order_by(t.reports.c.key, t.discoveries.c.name)
        )
        found: list[Seen] = []
        with self._catalogue.reading() as db:
            for at in range(0, len(reports), _REPORTS_AT_ONCE):
                part = list(reports[at : at + _REPORTS_AT_ONCE])
                for row in db.execute(query.where(t.reports.c.key.in_(part))):
                    found.append(
                        Seen(
                            report=row.key,
                            area=row.district or row.board or "",
                            programme=Programme(
                                row.name, tuple(row.variants), row.long_form, tuple(row.evidence), row.sightings
                            ),
                        )
                    )
        return found

    def voted(self, report: int) -> list[str]:
        """Those discovered in a report that a trained model saw there as well."""
        query = select(t.discoveries.c.name, t.discoveries.c.evidence).where(t.discoveries.c.report_key == report)
        with self._catalogue.reading() as db:
            return [row.name for row in db.execute(query) if "model" in row.evidence]

    def keep(self, report: int, programmes: Sequence[Programme], personal: Mapping[str, int], version: str) -> None:
        """Write what was found in a report, in place of what was found before."""
        discovered = [
            {
                "report_key": report,
                "name": one.name,
                "long_form": one.long_form,
                "variants": list(one.variants),
                "evidence": list(one.evidence),
                "sightings": one.sightings,
            }
            for one in programmes
        ]
        counted = [{"report_key": report, "kind": kind, "count": count} for kind, count in sorted(personal.items())]
        with self._catalogue.writing() as db:
            for table, rows in ((t.discoveries, discovered), (t.personal_data, counted)):
                db.execute(delete(table).where(table.c.report_key == report))
                if rows:
                    db.execute(insert(table), rows)
            db.execute(update(t.reports).where(t.reports.c.key == report).values(looked_through=version))

    def personal_data(self, reports: Sequence[int] | None = None) -> dict[str, int]:
        """Kind → how many personal data ready reports, or those reports, hold."""
        query = (
            select(t.personal_data.c.kind, func.sum(t.personal_data.c.count))
            .join(t.reports, t.reports.c.key == t.personal_data.c.report_key)
            .where(t.reports.c.state == READY)
            .group_by(t.personal_data.c.kind)
            .order_by(t.personal_data.c.kind)
        )
        if reports is not None:
            query = query.where(t.personal_data.c.report_key.in_(list(reports)))
        with self._catalogue.reading() as db:
            return {kind: int(count) for kind, count in db.execute(query)}

    # --- the names in use

    def entries(self) -> dict[str, Entry]:
        """The names in use by their digest, in order of precedence."""
        with self._catalogue.reading() as db:
            rows = db.execute(select(t.names).order_by(t.names.c.position))
            return {row.digest: Entry.model_validate(row.entry) for row in rows}

    def use(self, entries: Sequence[tuple[str, Entry]], version: str, hidden: Iterable[str]) -> None:
        """Take entries, each with its digest, as the names in use; every report is now annotated with them."""
        rows = [
            {"position": position, "digest": digest, "entry": entry.model_dump(mode="json", exclude_defaults=True)}
            for position, (digest, entry) in enumerate(entries)
        ]
        with self._catalogue.writing() as db:
            db.execute(delete(t.names))
            if rows:
                db.execute(insert(t.names), rows)
            db.execute(update(t.reports).where(t.reports.c.state == READY).values(registry_version=version))
        self._catalogue.set_meta(**{VERSION: version, HIDDEN: "\n".join(sorted(hidden))})

    def forget_versions(self) -> None:
        """Let every report be as just read: the names in use are to be brought to all its text."""
        with self._catalogue.writing() as db:
            db.execute(update(t.reports).where(t.reports.c.state == READY).values(registry_version=""))

    # --- mentions

    def replace(self, report: int, passage: int, rows: Sequence[MentionRecord]) -> None:
        """Write the mentions of a passage anew."""
        here = (t.mentions.c.report_key == report) & (t.mentions.c.passage == passage)
        values = [{name: getattr(row, name) for name in MentionRecord.__dataclass_fields__} for row in rows]
        with self._catalogue.writing() as db:
            db.execute(delete(t.mentions).where(here))
            if values:
                db.execute(insert(t.mentions), values)

    # --- corrections

    def corrections(self) -> list[Correction]:
        """All that hold, in order."""
        with self._catalogue.reading() as db:
            rows = db.execute(select(t.corrections).order_by(t.corrections.c.key))
            return [Correction(row.action, row.name, row.value, row.made_at, row.key) for row in rows]

    def add(self, corrections: Iterable[Correction]) -> None:
        """Keep corrections, in order, after those there are."""
        rows = [
            {"action": c.action, "name": c.name, "value": c.value, "made_at": c.made_at or now()} for c in corrections
        ]
        if rows:
            with self._catalogue.writing() as db:
                db.execute(insert(t.corrections), rows)

    def withdraw(self, key: int) -> None:
        """Forget a correction."""
        with self._catalogue.writing() as db:
            db.execute(delete(t.corrections).where(t.corrections.c.key == key))
