"""Scores of the goal tree."""

from pathlib import Path

import pytest

from eval.gold import GoldPart, GoldSection, gold_ids, load_gold
from eval.score import Score, agreement
from eval.structure import score_structure
from ingest.build import build_report
from ingest.text_reader import read_text

GOLD = Path(__file__).parents[2] / "../shared/gold"
TEXT = Path(__file__).parents[2] / "../shared/archive/text"

REPORT = """KF:s inriktningsmål: 1. En stad för alla

Målet nås.

KF:s mål för verksamhetsområdet: 1.1 Alla har arbete

Uppfylls helt

Analys

Målet nås.
"""


def gold(title: str, number: str | None, status: str | None, *labels: str) -> GoldSection:
    kind = "inriktningsmal" if number == "1" else "verksamhetsomradesmal"
    parts = tuple(GoldPart(label, 1, False) for label in labels)
    return GoldSection(1, 2, kind, number, title, status, parts, ())


def test_score() -> None:
    assert Score(3, 4, 6).precision == 0.75
    assert Score(3, 4, 6).recall == 0.5
    assert Score(3, 4, 6).f1 == pytest.approx(0.6)
    assert Score(0, 0, 0).f1 == 1.0
    assert Score(0, 0, 2).precision == 0.0


def test_agreement_counts_each_thing_as_often_as_it_stands() -> None:
    assert agreement("aab", "abb") == Score(2, 3, 3)


def test_structure() -> None:
    report = build_report(read_text(REPORT.encode(), "a.txt"), source="a.txt", sha256="")
    right = [gold("En stad för alla.", "1", None), gold("alla har arbete", "1.1", "Uppfylls helt", "Analys")]
    scores = score_structure(right, report)
    assert {scores.goals, scores.numbers, scores.statuses} == {Score(2, 2, 2)}
    assert scores.parts == Score(1, 1, 1)
    wrong = [
        gold("En stad för alla", "1", "Uppfylls helt"),
        gold("Alla har arbete", "1.2", None, "Analys", "Aktivitet"),
    ]
    scores = score_structure(wrong, report)
    assert scores.goals == Score(2, 2, 2)
    assert scores.numbers == Score(1, 2, 2)
    assert scores.statuses == Score(0, 2, 2)
    assert scores.parts == Score(1, 1, 2)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold annotations are not beside the repository")
def test_annotated_reports_reach_the_targets() -> None:
    for name in gold_ids(GOLD):
        (path,) = TEXT.glob(f"{name}_*.txt")
        report = build_report(read_text(path.read_bytes(), path.name), source=path.name, sha256="")
        scores = score_structure(load_gold(GOLD, name).sections, report)
        assert scores.goals.f1 >= 0.98
        assert scores.statuses.f1 >= 0.98
        assert scores.numbers.f1 >= 0.98
        assert scores.parts.f1 >= 0.95
