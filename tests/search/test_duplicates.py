"""One report in several files: indexed once, whatever the format, and never mixed up with another report."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import IngestError
from ingest.report import Report
from search.archive import Archive
from search.likeness import alike, same_occasion, shingles

SHARED = Path(__file__).parents[2] / "../shared/archive"


def statuses(result: Any) -> dict[str, str]:
    return {report.source: report.status for report in result.reports}


@pytest.fixture
def rendering(library: Any, drafts: Any) -> Any:
    """Adds another rendering of the report from Hässelby-Vällingby: the same text in other bytes."""

    def add(name: str, **changes: Any) -> Path:
        draft = drafts["hasselby"]().subheading(name)
        for field, value in changes.items():
            setattr(draft, field, value)
        path: Path = library.add(name, draft)
        return path

    return add


def test_the_better_rendering_of_one_run_is_indexed(library: Any, rendering: Any, open_archive: Any) -> None:
    for name in ("a.txt", "b.docx", "c.pdf"):
        rendering(name)
    archive: Archive = open_archive()
    result = archive.ingest([library.folder])
    assert statuses(result) == {"a.txt": "duplicate", "b.docx": "duplicate", "c.pdf": "indexed"}
    held = archive.report("c").report.id
    assert {one.duplicate_of for one in result.reports if one.status == "duplicate"} == {held}
    assert "c.pdf" in result.reports[0].warnings[0]
    assert [(d.source, d.primary, d.duplicate_of) for d in archive.duplicates()] == [
        ("a.txt", "c.pdf", held),
        ("b.docx", "c.pdf", held),
    ]
    assert archive.status().duplicates == 2
    [row] = archive.ask("Vilka stadsdelar nämner Trefas?").rows
    assert len(row.reports) == 1  # type: ignore[union-attr]
    assert row.mentions == 2  # type: ignore[union-attr]


def test_the_first_indexed_stays_whatever_comes_later(library: Any, rendering: Any, open_archive: Any) -> None:
    first, later = rendering("a.txt"), rendering("b.pdf")
    archive: Archive = open_archive()
    archive.ingest([first])
    before = archive.reports()
    for force in (False, False, True):
        assert statuses(archive.ingest([later], force=force)) == {"b.pdf": "duplicate"}
        assert archive.reports() == before
    assert statuses(archive.ingest([library.folder], force=True)) == {"a.txt": "replaced", "b.pdf": "duplicate"}


def test_a_known_duplicate_is_not_read_again(
    rendering: Any, open_archive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = rendering("a.txt"), rendering("b.pdf")
    archive: Archive = open_archive()
    archive.ingest([first])
    archive.ingest([later])
    monkeypatch.setattr("search.writer.parse_many", lambda *_, **__: pytest.fail("filen lästes"))
    again = archive.ingest([first, later])
    assert statuses(again) == {"a.txt": "unchanged", "b.pdf": "duplicate"}
    assert again.reports[1].warnings == ()


def test_removing_the_first_reinstates_the_other(rendering: Any, open_archive: Any) -> None:
    first, later = rendering("a.txt"), rendering("b.pdf")
    archive: Archive = open_archive()
    archive.ingest([first])
    archive.ingest([later])
    archive.remove("a")
    assert statuses(archive.ingest([later])) == {"b.pdf": "indexed"}
    assert archive.duplicates() == []


def test_a_changed_first_lets_the_other_in(library: Any, drafts: Any, rendering: Any, open_archive: Any) -> None:
    first, later = rendering("a.txt"), rendering("b.pdf")
    archive: Archive = open_archive()
    archive.ingest([first])
    archive.ingest([later])
    library.add("a.txt", drafts["spanga"]())
    archive.ingest([first])
    assert statuses(archive.ingest([later])) == {"b.pdf": "indexed"}
    assert len(archive.reports()) == 2


def test_an_indexed_file_that_becomes_another_rendering_is_set_aside(
    library: Any, drafts: Any, rendering: Any, open_archive: Any
) -> None:
    first, later = rendering("a.txt"), library.add("b.pdf", drafts["spanga"]())
    archive: Archive = open_archive()
    archive.ingest([first])
    archive.ingest([later])
    rendering("b.pdf")
    assert statuses(archive.ingest([later])) == {"b.pdf": "duplicate"}
    assert [report.source for report in archive.reports()] == ["a.txt"]
    assert archive.check().ok


@pytest.mark.parametrize(
    "changes",
    [{"type": "tertialrapport 2"}, {"year": 2022}, {"board": "Farsta stadsdelsnämnd", "district": "Farsta"}],
)
def test_the_same_words_of_another_occasion_are_another_report(
    library: Any, rendering: Any, open_archive: Any, changes: dict[str, object]
) -> None:
    rendering("a.txt")
    rendering("b.pdf", **changes)
    assert set(statuses(open_archive().ingest([library.folder])).values()) == {"indexed"}


def test_an_extract_is_another_report(library: Any, rendering: Any, drafts: Any, open_archive: Any) -> None:
    rendering("a.txt")
    part = drafts["hasselby"]()
    part.passages = part.passages[:2]
    part.indicators, part.examples = [], []
    library.add("b.pdf", part.subheading("Utdrag"))
    assert set(statuses(open_archive().ingest([library.folder])).values()) == {"indexed"}


def test_a_copy_read_with_force_is_no_new_report(library: Any, rendering: Any, open_archive: Any) -> None:
    first = rendering("a.txt", board="", district=None)
    copy = library.folder / "b.txt"
    archive: Archive = open_archive()
    archive.ingest([first])
    shutil.copy(first, copy)
    assert statuses(archive.ingest([copy], force=True)) == {"b.txt": "duplicate"}


def test_likeness_counts_both_ways() -> None:
    whole = shingles(["ett två tre fyra fem sex", "sju åtta nio tio"])
    assert alike(whole, shingles(["ett två tre", "fyra fem sex sju åtta nio tio"]))
    assert not alike(whole, shingles(["ett två tre fyra fem"]))
    assert not alike(frozenset(), frozenset())


def test_unknown_metadata_are_never_the_same(library: Any, rendering: Any, open_archive: Any) -> None:
    rendering("a.txt")
    archive: Archive = open_archive()
    archive.ingest([library.folder])
    record = archive._stores.catalogue.reports()[0]
    report = next(found for found in library.parsed.values() if isinstance(found, Report))
    assert same_occasion(report.metadata, record)
    for changes in ({"board": None}, {"year": None}, {"type": "annat"}):
        assert not same_occasion(replace(report.metadata, **changes), record)


def test_a_bad_rendering_is_told_and_the_other_indexed(library: Any, rendering: Any, open_archive: Any) -> None:
    rendering("a.txt")
    library.spoil("b.pdf")
    assert isinstance(list(library.parsed.values())[-1], IngestError)
    assert statuses(open_archive().ingest([library.folder])) == {"a.txt": "indexed", "b.pdf": "failed"}
