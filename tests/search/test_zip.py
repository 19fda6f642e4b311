"""Zip archives: their members are reports with a name of their own, kept under the home as long as the report."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from search.archive import Archive


def statuses(result: Any) -> dict[str, str]:
    return {report.source: report.status for report in result.reports}


@pytest.fixture
def packed(library: Any, drafts: Any, tmp_path: Path) -> Any:
    """Writes a zip archive of reports, and what else is given as bytes."""

    def pack(members: dict[str, str], **others: bytes) -> Path:
        path = tmp_path / "in" / "arkiv.zip"
        path.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(path, "w") as bundle:
            for name, draft in members.items():
                file = library.add("tillfällig.txt", drafts[draft]())
                bundle.writestr(name, file.read_bytes())
                file.unlink()
            for name, data in others.items():
                bundle.writestr(name.replace("_", "."), data)
        return path

    return pack


def test_members_are_reports_and_stay_what_they_are(packed: Any, open_archive: Any, tmp_path: Path) -> None:
    path = packed({"2021/a.txt": "hasselby", "b.txt": "spanga"})
    archive: Archive = open_archive()
    assert statuses(archive.ingest([path])) == {"arkiv.zip/2021/a.txt": "indexed", "arkiv.zip/b.txt": "indexed"}
    [held] = [r for r in archive.reports() if r.year == 2021]
    assert held.source == "arkiv.zip/2021/a.txt"
    assert archive.source_path(held.id).is_relative_to(tmp_path / "hem")
    assert archive.source_path(held.id).is_file()
    assert archive.search("fältassistenter").hits[0].citation.source == "arkiv.zip/2021/a.txt"
    os.utime(path, (1, 1))
    assert set(statuses(archive.ingest([path.parent])).values()) == {"unchanged"}
    assert archive.check().problems == ()


def test_a_changed_member_replaces_its_report(packed: Any, open_archive: Any) -> None:
    archive: Archive = open_archive()
    archive.ingest([packed({"a.txt": "hasselby", "b.txt": "spanga"})])
    before = {r.source: r.id for r in archive.reports()}
    result = archive.ingest([packed({"a.txt": "hasselby", "b.txt": "socialnamnden"})])
    assert statuses(result) == {"arkiv.zip/a.txt": "unchanged", "arkiv.zip/b.txt": "replaced"}
    assert {r.source: r.id for r in archive.reports()} == before


def test_a_removed_report_takes_its_copy_with_it(packed: Any, open_archive: Any) -> None:
    archive: Archive = open_archive()
    path = packed({"a.txt": "hasselby", "b.txt": "spanga"})
    archive.ingest([path])
    first, second = archive.reports()
    copy = archive.source_path(first.id)
    archive.remove(first.id)
    assert not copy.parent.exists()
    archive.remove(second.id)
    assert not any((archive.settings.home / "unpacked").iterdir())
    assert set(statuses(archive.ingest([path])).values()) == {"indexed"}


def test_bad_members_are_told_one_by_one_and_forgotten_when_mended(packed: Any, open_archive: Any) -> None:
    archive: Archive = open_archive()
    result = archive.ingest([packed({"a.txt": "hasselby"}, inre_zip=b"PK")])
    assert statuses(result) == {"arkiv.zip/a.txt": "indexed", "arkiv.zip/inre.zip": "failed"}
    [failed] = archive.failed()
    assert (failed.source, failed.error_kind) == ("arkiv.zip/inre.zip", "unsupported")


def test_an_archive_that_is_none_is_told_and_mended(packed: Any, open_archive: Any) -> None:
    archive: Archive = open_archive()
    path = packed({"a.txt": "hasselby"})
    whole = path.read_bytes()
    path.write_bytes(b"ingen zip")
    assert statuses(archive.ingest([path])) == {"arkiv.zip": "failed"}
    assert "packa upp" in archive.failed()[0].error
    path.write_bytes(whole)
    assert statuses(archive.ingest([path])) == {"arkiv.zip/a.txt": "indexed"}
    assert archive.failed() == []


def test_a_dry_run_leaves_nothing(packed: Any, open_archive: Any) -> None:
    archive: Archive = open_archive()
    path = packed({"a.txt": "hasselby"})
    assert statuses(archive.ingest([path], dry_run=True)) == {"arkiv.zip/a.txt": "indexed"}
    assert archive.reports() == []
    assert not (archive.settings.home / "unpacked").exists()


def test_a_member_that_is_in_the_archive_already_is_a_duplicate(
    packed: Any, library: Any, drafts: Any, open_archive: Any
) -> None:
    archive: Archive = open_archive()
    archive.ingest([library.add("egen.txt", drafts["hasselby"]())])
    path = packed({"a.txt": "hasselby"})
    for _ in range(2):
        assert statuses(archive.ingest([path])) == {"arkiv.zip/a.txt": "duplicate"}
    assert not any((archive.settings.home / "unpacked").iterdir())
    assert [d.primary for d in archive.duplicates()] == ["egen.txt"]
