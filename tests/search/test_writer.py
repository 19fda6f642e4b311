"""Writing: idempotent, replacing, telling duplicates and failures, safe against interruption."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search import writer
from search.archive import Archive
from search.catalogue import Catalogue
from search.catalogue_rows import PENDING
from search.errors import HomeLockedError, ModelMismatchError, NotFoundError, StorageError
from search.lock import HomeLock
from search.schema import Filters
from search.settings import Settings
from search.views import Progress


def statuses(result: Any) -> dict[str, str]:
    return {report.source: report.status for report in result.reports}


def test_unchanged_files_are_skipped_without_models(
    archive: Archive, library: Any, toolkit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(toolkit), "encoder", property(lambda _: pytest.fail("modellen laddades")), raising=False)
    del toolkit.__dict__["encoder"]
    again = archive.ingest([library.folder])
    assert set(statuses(again).values()) == {"unchanged"}
    assert [r.passages for r in again.reports] == [7, 2, 2]


def test_a_touched_file_is_unchanged(archive: Archive, library: Any) -> None:
    path = library.folder / "hv-2021-t1.txt"
    os.utime(path, (1, 1))
    assert statuses(archive.ingest([path])) == {"hv-2021-t1.txt": "unchanged"}


def test_a_changed_file_replaces_its_old_version(archive: Archive, library: Any, drafts: Any) -> None:
    before = archive.report("hv-2021-t1")
    ids = {hit.passage_id for hit in archive.search("fältassistenter hyran lokaler", Filters(), 50).hits}
    changed = drafts["hasselby"]().text("En ny lekplats öppnade i maj och blev genast välbesökt av barnfamiljer.")
    result = archive.ingest([library.add("hv-2021-t1.txt", changed)])
    assert statuses(result) == {"hv-2021-t1.txt": "replaced"}
    after = archive.report("hv-2021-t1")
    assert after.report.id == before.report.id
    assert after.counts.passages == before.counts.passages + 1
    assert len(archive.reports()) == 3
    again = {hit.passage_id for hit in archive.search("fältassistenter hyran lokaler", Filters(), 50).hits}
    assert ids < again
    assert archive.check().problems == ()


def test_the_same_content_under_another_name_is_a_duplicate(archive: Archive, library: Any) -> None:
    copy = library.folder / "kopia.txt"
    shutil.copy(library.folder / "hv-2021-t1.txt", copy)
    result = archive.ingest([copy])
    assert statuses(result) == {"kopia.txt": "duplicate"}
    assert result.reports[0].id == archive.report("hv-2021-t1").report.id
    assert len(archive.reports()) == 3


def test_two_copies_in_one_run_are_indexed_once(library: Any, drafts: Any, open_archive: Any) -> None:
    first = library.add("a.txt", drafts["spanga"]())
    shutil.copy(first, library.folder / "b.txt")
    assert statuses(open_archive().ingest([library.folder])) == {"a.txt": "indexed", "b.txt": "duplicate"}


def test_files_of_one_name_in_two_folders_are_two_reports(library: Any, drafts: Any, open_archive: Any) -> None:
    library.add("2021/rapport.txt", drafts["hasselby"]())
    library.add("2022/rapport.txt", drafts["spanga"]())
    archive = open_archive()
    assert [r.status for r in archive.ingest([library.folder]).reports] == ["indexed", "indexed"]
    assert len({report.id for report in archive.reports()}) == 2


def test_a_moved_file_keeps_its_report(archive: Archive, library: Any) -> None:
    old = library.folder / "hv-2021-t1.txt"
    new = library.folder / "arkiv" / "hv-2021-t1.txt"
    new.parent.mkdir()
    old.rename(new)
    assert statuses(archive.ingest([new])) == {"hv-2021-t1.txt": "unchanged"}
    assert archive.source_path("hv-2021-t1") == new


def test_one_bad_file_never_stops_the_rest(library: Any, drafts: Any, open_archive: Any) -> None:
    library.spoil("a-trasig.pdf")
    library.add("b.txt", drafts["spanga"]())
    archive = open_archive()
    result = archive.ingest([library.folder, library.folder / "saknas.txt"])
    assert statuses(result) == {"a-trasig.pdf": "failed", "b.txt": "indexed", "saknas.txt": "failed"}
    assert {f.source: f.error_kind for f in archive.failed()} == {"a-trasig.pdf": "damaged", "saknas.txt": "missing"}
    assert result.totals["failed"] == 2


def test_a_failed_file_keeps_its_good_version_and_says_so(archive: Archive, library: Any) -> None:
    result = archive.ingest([library.spoil("hv-2021-t1.txt")])
    assert result.reports[0].status == "failed"
    assert "tidigare versionen" in (result.reports[0].error or "")
    assert archive.report("hv-2021-t1").counts.passages == 7
    assert archive.failed()[0].report_id == archive.report("hv-2021-t1").report.id


def test_a_mended_file_is_no_longer_failed(library: Any, drafts: Any, open_archive: Any) -> None:
    archive = open_archive()
    archive.ingest([library.spoil("a.txt")])
    archive.ingest([library.add("a.txt", drafts["spanga"]())])
    assert archive.failed() == []


def test_a_dry_run_writes_nothing(library: Any, drafts: Any, open_archive: Any) -> None:
    library.add("a.txt", drafts["spanga"]())
    archive = open_archive()
    assert statuses(archive.ingest([library.folder], dry_run=True)) == {"a.txt": "indexed"}
    assert archive.reports() == []


def test_force_reads_again_and_keeps_ids(archive: Archive, library: Any) -> None:
    before = {hit.passage_id for hit in archive.search("Trefas parkerna hyran", Filters(), 50).hits}
    assert set(statuses(archive.ingest([library.folder], force=True)).values()) == {"replaced"}
    assert {hit.passage_id for hit in archive.search("Trefas parkerna hyran", Filters(), 50).hits} == before


def test_a_file_is_the_same_however_it_is_reached(archive: Archive, library: Any) -> None:
    roundabout = library.folder / ".." / library.folder.name
    before = {ref.id: [hit.passage_id for hit in archive.passages(ref.id)] for ref in archive.reports()}
    assert {report.status for report in archive.ingest([roundabout]).reports} == {"unchanged"}
    assert {report.status for report in archive.ingest([roundabout], force=True).reports} == {"replaced"}
    assert {ref.id: [hit.passage_id for hit in archive.passages(ref.id)] for ref in archive.reports()} == before


def test_unchanged_text_is_not_embedded_again(archive: Archive, library: Any, toolkit: Any) -> None:
    class Refusing(type(toolkit.encoder)):  # type: ignore[misc]
        def encode_passages(self, texts: Any) -> Any:
            pytest.fail(f"beräknade om {texts}")

    toolkit.encoder = Refusing()
    assert set(statuses(archive.ingest([library.folder], force=True)).values()) == {"replaced"}


def test_progress_tells_every_file(library: Any, drafts: Any, open_archive: Any) -> None:
    library.add("a.txt", drafts["spanga"]())
    told: list[Progress] = []
    open_archive().ingest([library.folder], progress=told.append)
    assert {p.stage for p in told} >= {"parse", "annotate", "embed", "write", "done"}
    assert (told[-1].done, told[-1].total) == (1, 1)


@pytest.mark.parametrize("step", ["insert_pending", "upsert", "publish", "delete_report", "drop"])
def test_an_interruption_anywhere_leaves_a_sound_archive(
    archive: Archive, library: Any, drafts: Any, open_archive: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    owner = Catalogue if hasattr(Catalogue, step) else type(archive._stores.open_recorded())
    real = getattr(owner, step)

    def interrupted(self: Any, *args: Any, **rest: Any) -> Any:
        if step in ("insert_pending", "upsert"):
            real(self, *args, **rest)
        raise KeyboardInterrupt

    changed = library.add("hv-2021-t1.txt", drafts["hasselby"]().text("En ny lekplats öppnade i maj månad."))
    with monkeypatch.context() as patch:
        patch.setattr(owner, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            archive.ingest([changed])
    passages = archive.report("hv-2021-t1").counts.passages
    assert passages in (7, 8)
    assert all(h.report.source != "hv-2021-t1.txt" for h in archive.search("lekplats maj", limit=50).hits) or passages
    archive.close()
    again = open_archive()
    assert again.check().ok
    assert again.check().problems == ()
    assert statuses(again.ingest([changed]))["hv-2021-t1.txt"] in ("replaced", "unchanged")
    assert again.report("hv-2021-t1").counts.passages == 8
    assert again.check().problems == ()


def test_pending_reports_are_not_seen(archive: Archive) -> None:
    from sqlalchemy import text

    with archive._stores.catalogue.engine.begin() as db:
        db.execute(text(f"UPDATE reports SET state = '{PENDING}' WHERE source = 'st-2022-vp.txt'"))
    assert len(archive.reports()) == 2
    assert {hit.report.source for hit in archive.search("Trefas parkerna", limit=50).hits} == {
        "hv-2021-t1.txt",
        "soc-2020-t1.txt",
    }
    assert len(archive.ask("Vilka nämner Trefas?").rows) == 1


def test_remove_takes_a_report_from_every_store(archive: Archive, library: Any) -> None:
    removed = archive.remove("st-2022-vp")
    assert removed.source == "st-2022-vp.txt"
    with pytest.raises(NotFoundError):
        archive.report("st-2022-vp")
    check = archive.check()
    assert (check.passages, check.vectors, check.problems) == (9, 9, ())
    assert statuses(archive.ingest([library.folder]))["st-2022-vp.txt"] == "indexed"


def test_check_mends_vectors(archive: Archive) -> None:
    vectors = archive._stores.open_recorded()
    assert vectors is not None
    first = sorted(vectors.ids())[0][0]
    vectors.delete_points([first])
    dry = archive.check(repair=False)
    assert not dry.ok
    assert [p.kind for p in dry.problems] == ["missing_vectors"]
    assert archive.check().ok
    assert archive.check().problems == ()


def test_check_finds_a_changed_quote(archive: Archive) -> None:
    from sqlalchemy import text

    with archive._stores.catalogue.engine.begin() as db:
        db.execute(text("UPDATE passages SET quote = 'påhittat' WHERE position = 0 AND report_key = 1"))
    check = archive.check()
    assert not check.ok
    assert [p.kind for p in check.problems] == ["quote_hash"]


def test_reindex_changes_over_to_new_models(archive: Archive, toolkit: Any) -> None:
    toolkit.encoder = type(toolkit.encoder)(name="ny", fingerprint="fedcba9876543210", dimension=32)
    with pytest.raises(ModelMismatchError, match="spana reindex"):
        archive.search("Trefas")
    report = archive.reindex()
    assert (report.reports, report.passages, report.encoder) == (3, 11, "ny")
    assert archive.search("Trefas").hits
    assert archive.status().generation == 2
    assert [p.name for p in (archive.settings.home / "vectors").iterdir()] == ["2"]
    assert archive.check().problems == ()


def test_a_second_process_is_told_who_has_the_archive(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path)
    with pytest.raises(HomeLockedError, match=f"process {os.getpid()}"):
        HomeLock(tmp_path)
    lock.release()
    HomeLock(tmp_path).release()


def test_reading_needs_no_lock(archive: Archive, toolkit: Any) -> None:
    beside = Archive(Settings(home=archive.settings.home), toolkit)
    assert len(beside.reports()) == 3
    assert len(beside.ask("Vilka nämner Trefas?").rows) == 2
    assert beside.status().passages == 11
    with pytest.raises(HomeLockedError):
        beside.search("Trefas")
    beside.close()


def test_report_ids_are_readable_and_stable() -> None:
    first = writer.report_id("Årsrapport Hässelby 2021.pdf")
    assert first == "arsrapport-hasselby-2021-" + first[-6:]
    assert first == writer.report_id("Årsrapport Hässelby 2021.pdf")
    assert writer.report_id("Årsrapport Hässelby 2021.pdf", {first}) != first
    assert writer.report_id("…", ()).startswith("rapport-")


def test_interrupted_generations_are_cleaned(archive: Archive, open_archive: Callable[[], Archive]) -> None:
    half = archive.settings.home / "vectors" / "2"
    half.mkdir()
    archive.check()
    assert not half.exists()


def test_reindex_mends_damaged_vectors(archive: Archive, open_archive: Callable[[], Archive]) -> None:
    archive.close()
    for file in (archive.settings.home / "vectors" / "1" / "shard").rglob("*"):
        if file.is_file():
            file.write_bytes(b"skadad")
    again = open_archive()
    with pytest.raises(StorageError, match="spana reindex"):
        again.search("Trefas")
    again.reindex()
    assert len(again.search("Trefas", limit=50).hits) == 11
    assert again.check().problems == ()
