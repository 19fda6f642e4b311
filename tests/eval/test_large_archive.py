"""Large archives: copies of the example archive that are searched and asked as any other."""

import shutil
from pathlib import Path

import pytest

from eval.dialects import Dialect, rare_words
from eval.large_archive import run
from eval.large_copies import build
from search.archive import Archive
from search.letters import letters
from search.settings import Settings

TEXTS = ("Ekängens förskola har en odling.", "En förskola har en ateljé.", "Förskolan Ekängen har en gård.")


def test_a_dialect_says_only_rare_words_in_another_way() -> None:
    rare = rare_words(TEXTS, 1, ["Ekängens förskola"])
    assert rare == {"odling", "ateljé", "förskolan", "ekängen", "gård"}
    said = Dialect(3, rare).say(TEXTS[0])
    assert said != TEXTS[0]
    assert said.startswith("Ekängens förskola har en ")
    assert len(said) == len(TEXTS[0])
    assert said == Dialect(3, rare).say(TEXTS[0]) != Dialect(4, rare).say(TEXTS[0])
    assert Dialect(0, rare).say(TEXTS[0]) == TEXTS[0]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the example archive, indexed with the shipped encoder."""
    found = tmp_path_factory.mktemp("exempel") / "hem"
    with Archive(Settings(home=found)) as archive:
        archive.ingest([Path("examples/archive/spanga-tensta-2021-vb.txt")])
    return found


@pytest.mark.parametrize("share_pieces", [False, True])
def test_copies_are_reports_of_their_own(home: Path, tmp_path: Path, share_pieces: bool) -> None:
    large = tmp_path / "stort"
    with Archive(Settings(home=home)) as archive:
        held, reports = archive.status().passages, len(archive.reports())
        hits = archive.search("trygghetsvandring", limit=1000).total
        goals = len(archive.goals())
    build(home, large, 2 * held, lambda _: None, share_pieces=share_pieces)
    with Archive(Settings(home=large)) as archive:
        assert archive.status().passages == 2 * held
        assert len(archive.reports()) == 2 * reports
        assert len(archive.goals()) == 2 * goals
        found = archive.search("trygghetsvandring", limit=1000)
        assert hits <= found.total <= 2 * hits
        assert {hit.report.id.endswith("-1") for hit in found.hits} == {True, False}
        passage = archive._stores.catalogue.passages(reports + 1)[0]
        assert letters(passage.text)
        check = archive.check(repair=False)
        assert {problem.kind for problem in check.problems} <= {"missing_file"}
    with pytest.raises(ValueError, match="annat antal"):
        build(home, large, 3 * held, lambda _: None)


def test_what_was_built_is_measured_again(home: Path, tmp_path: Path) -> None:
    keep = tmp_path / "stort"
    questions = [f"Vad gör nämnden för {word}?" for word in ("trygghet", "skolan", "unga", "äldre", "klimatet")] * 4
    first = run(home, 1000, questions, lambda _: None, keep=keep)
    written = (keep / "catalogue.db").stat().st_mtime_ns
    again = run(home, 1000, questions, lambda _: None, keep=keep)
    assert again.passages == first.passages >= 1000
    assert again.copying == first.copying
    assert written <= (keep / "catalogue.db").stat().st_mtime_ns
    assert first.ask_p95_ms >= first.ask_p50_ms > 0
    shutil.rmtree(keep)
    keep.mkdir()
    (keep / "annat").touch()
    with pytest.raises(ValueError, match="inte tom"):
        run(home, 1000, questions, lambda _: None, keep=keep)
