"""Which state of the archive an answer, a list or a file was made from."""

import json
from hashlib import sha256

from sqlalchemy import func, select

from search import tables as t
from search.catalogue import Catalogue
from search.catalogue_rows import READY
from search.schema import Schema
from search.tagging import FINGERPRINT, NAME


class Edition(Schema):
    """One state of the archive. Two answers to the same question with the same edition rest on the same text."""

    id: str
    """12 hex digits: changes with the reports, the files that failed, the names, the corrections and the models."""
    generation: int
    """Of the vectors."""
    last_ingest: str | None
    """ISO time in UTC when a report was last written."""
    corrections: int
    """What people have said of names."""
    name_model: str | None = None
    """The trained model that found names, with its fingerprint; None when none was used or recorded."""

    @property
    def label(self) -> str:
        """As exports print it, e.g. "4f0c2a9b11de (2026-11-22T07:53:00+00:00)"."""
        return f"{self.id} ({self.last_ingest or 'tomt arkiv'})"


def edition(catalogue: Catalogue) -> Edition:
    """The archive as it is now."""
    versions = select(t.reports.c.key, t.reports.c.id, t.reports.c.sha256, t.reports.c.written_at)
    versions = versions.where(t.reports.c.state == READY).order_by(t.reports.c.key)
    files = select(t.files.c.path, t.files.c.status, t.files.c.error).order_by(t.files.c.path)
    with catalogue.reading() as db:
        facts = {row.name: row.value for row in db.execute(select(t.meta).order_by(t.meta.c.name))}
        reports = [tuple(row) for row in db.execute(versions)]
        others = [tuple(row) for row in db.execute(files)]
        count, last = db.execute(select(func.count(), func.max(t.corrections.c.key)).select_from(t.corrections)).one()
    state = json.dumps([facts, reports, others, count, last], ensure_ascii=False)
    return Edition(
        id=sha256(state.encode("utf-8", "surrogateescape")).hexdigest()[:12],
        generation=int(facts.get("generation") or 1),
        last_ingest=max((row[3] for row in reports), default=None),
        corrections=int(count),
        name_model=f"{facts[NAME]} ({facts[FINGERPRINT]})" if NAME in facts and FINGERPRINT in facts else None,
    )
