"""The counts of an archive's words, kept in its home."""

from pathlib import Path

from models.registry import load_registry
from search.spelling import Vocabulary
from search.word_counts import FILE, WordCounts, forget

TEXTS = ["Trygghet i parken, trygghet på torget.", "Barnen cyklar."]


def _counted(kept: WordCounts) -> dict[str, int]:
    return dict(Vocabulary(lambda: TEXTS, load_registry, kept).counts)


def test_words_are_counted_once_for_the_same_reports(tmp_path: Path) -> None:
    kept = WordCounts(tmp_path / FILE, "a")
    counted = _counted(kept)
    assert counted["trygghet"] == 2

    def read_again() -> list[str]:
        raise AssertionError("the texts were read again")

    assert Vocabulary(read_again, load_registry, kept).counts == counted
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_other_reports_are_counted_anew(tmp_path: Path) -> None:
    WordCounts(tmp_path / FILE, "a").write({"förr": 3})
    assert "förr" not in _counted(WordCounts(tmp_path / FILE, "b"))
    assert WordCounts(tmp_path / FILE, "a").read() is None


def test_a_damaged_file_is_counted_anew(tmp_path: Path) -> None:
    kept = WordCounts(tmp_path / FILE, "a")
    for damage in ("", "a\ntrygghet", "a\ntrygghet\tmånga", "a\n\t\t"):
        (tmp_path / FILE).write_text(damage, encoding="utf-8")
        assert _counted(kept)["barnen"] == 1


def test_a_home_that_cannot_be_written_is_counted_each_time(tmp_path: Path) -> None:
    kept = WordCounts(tmp_path / "missing" / FILE, "a")
    assert _counted(kept) == _counted(kept)
    assert kept.read() is None


def test_no_word_stays_when_a_report_is_removed(tmp_path: Path) -> None:
    WordCounts(tmp_path / FILE, "a").write({"förr": 3})
    forget(tmp_path)
    forget(tmp_path)
    assert not list(tmp_path.iterdir())
