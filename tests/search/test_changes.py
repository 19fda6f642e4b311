"""The list of reports is read again whenever the catalogue has changed, by whomever."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from search.archive import Archive
from search.catalogue import Catalogue
from search.changes import Changes


def test_reports_are_kept_until_somebody_changes_them(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = archive._stores.catalogue
    before = catalogue.reports()
    read: list[int] = []
    kept = Catalogue._read_reports

    def counted(self: Catalogue) -> Any:
        read.append(1)
        return kept(self)

    monkeypatch.setattr(Catalogue, "_read_reports", counted)
    assert catalogue.reports() == before
    assert not read
    key = before[0].key
    catalogue.move_report(key, "annan/plats.txt", "plats.txt", "plats")
    assert next(r for r in catalogue.reports() if r.key == key).source == "plats.txt"
    other = Catalogue(str(catalogue.engine.url))
    other.move_report(key, "en/till.txt", "till.txt", "till")
    other.close()
    assert next(r for r in catalogue.reports() if r.key == key).source == "till.txt"
    assert len(read) == 2
    assert catalogue.reports() is not catalogue.reports()


def test_other_databases_cannot_tell(tmp_path: Path) -> None:
    assert Changes(create_engine("sqlite://")).version() is None
    changes = Changes(create_engine(f"sqlite:///{tmp_path / 'a.db'}"))
    assert changes.version() == changes.version() is not None
    changes.close()
