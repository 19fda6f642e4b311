"""The index over letters: it finds what reading every text finds, and follows what is written and removed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

from search import letter_index
from search.archive import Archive
from search.letters import letters
from search.migrate import MIGRATIONS, migrate
from search.scope import Scope

GROUPS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("trefas",),),
    (("trygg", "vandring"),),
    (("finnsinte",),),
    (("sig",), ("kvinnokraft",)),
    (("stadsdel",),),
)


def _every(archive: Archive, groups: Sequence[Sequence[str]]) -> list[str]:
    """Ids of the passages that hold the letters, by reading each."""
    catalogue = archive._stores.catalogue
    passages = [
        passage for report in sorted(r.key for r in catalogue.reports()) for passage in catalogue.passages(report)
    ]
    return [p.id for p in passages if any(all(stem in letters(p.text) for stem in stems) for stems in groups)]


@pytest.mark.parametrize("groups", GROUPS)
def test_a_scan_finds_what_reading_finds(shared_archive: Archive, groups: Sequence[Sequence[str]]) -> None:
    catalogue = shared_archive._stores.catalogue
    scope = Scope(tuple(report.key for report in catalogue.reports()), all_reports=True)
    found = [passage.id for passage in catalogue.scan(scope, groups)]
    assert found == _every(shared_archive, groups)
    one = Scope(scope.reports[:1], all_reports=False)
    own = {passage.id for passage in catalogue.passages(scope.reports[0])}
    assert [p.id for p in catalogue.scan(one, groups)] == [key for key in found if key in own]


def test_the_index_follows_what_is_removed(archive: Archive) -> None:
    catalogue = archive._stores.catalogue
    runs = letter_index.runs_of([["stadsdel"]])
    assert runs is not None
    with catalogue.reading() as db:
        assert letter_index.passages_with(db, runs)
    for report in archive.reports():
        archive.remove(report.id)
    with catalogue.reading() as db:
        assert letter_index.passages_with(db, runs) == []
        assert not [run for run in ('"mål"', '"ana"', '"för"') if letter_index.headings_with(db, run)]


def test_short_strings_are_read_and_not_looked_up() -> None:
    assert letter_index.runs_of([["ab"]]) is None
    assert letter_index.runs_of([["abc"], ["de"]]) is None
    assert letter_index.runs_of([]) is None
    assert letter_index.runs_of([["ab", "cdef"]]) == '("cde" AND "def")'


def test_a_catalogue_made_before_gets_the_index(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'k.db'}")
    migrate(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as db:
        config.attributes["connection"] = db
        command.downgrade(config, "0007")
    with engine.begin() as db:
        assert not letter_index.exists(db)
        values = "(7, 2, 1, 'Trefas i skolan', 'trefasiskolan', '[]')"
        db.exec_driver_sql("PRAGMA foreign_keys=OFF")
        db.exec_driver_sql(f"INSERT INTO headings (report_key, position, section, text, letters, runs) VALUES {values}")
    migrate(engine)
    with engine.connect() as db:
        assert letter_index.exists(db)
        assert letter_index.headings_with(db, '"tre" AND "efa"') == [(7, 2)]
        assert letter_index.headings_with(db, '"xyz"') == []
        assert inspect(db).has_table("name_vectors")
    engine.dispose()
