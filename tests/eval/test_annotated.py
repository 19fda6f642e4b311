"""The truth annotated here, its scorer, and what the reader makes of the two reports (skipped without them)."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from eval.annotated import (
    AnnotatedGoal,
    AnnotatedIndicator,
    load_examples,
    load_goals,
    load_indicators,
    score_goals,
    score_rows,
)
from eval.gold import load_activities
from eval.structure import same_words
from eval.tables import name_digest, score_activities, score_good_examples
from ingest.build import build_report
from ingest.parse import parse_file
from ingest.report import Report
from ingest.text_reader import read_text

SHARED = Path(__file__).parents[2] / "../shared"
needs_reports = pytest.mark.skipif(not SHARED.exists(), reason="utvecklingsarkivet ../shared saknas")
TEXT = """KF:s inriktningsmål: 1. En hamnstad för alla

Uppfylls helt

Analys

Hamnen har varit öppen hela året och allt fler har besökt den.

Indikator\tPeriodens utfall\tÅrsmål
Antal båtar\t28 st\t
Analys Fler båtar.\t\t
"""
DIGEST = name_digest(same_words("En hamnstad för alla"))
GOAL = AnnotatedGoal("900", 1, 11, "inriktningsmal", "1", "Uppfylls helt", DIGEST, (("Analys", 5), ("Indikator", 9)))
ROW = AnnotatedIndicator(
    "900",
    10,
    "1",
    name_digest("Antal båtar"),
    (("Perio dens utfall", "28 st"), ("Årsmål", "")),
    name_digest("Fler båtar."),
)


def small() -> Report:
    return build_report(read_text(TEXT.encode(), "hamn.txt"), source="hamn.txt", sha256="0" * 64)


def test_the_same_goal_is_right_in_all() -> None:
    scores = score_goals([GOAL], small())
    assert (scores.found, scores.precision, scores.ends, scores.parts, scores.errors) == (1.0, 1.0, 1.0, 1.0, ())


@pytest.mark.parametrize(
    ("goal", "found", "ends", "parts"),
    [
        (replace(GOAL, status=None), 0.0, 0.0, 0.0),
        (replace(GOAL, line=2), 0.0, 0.0, 0.0),
        (replace(GOAL, title_sha256=""), 0.0, 0.0, 0.0),
        (replace(GOAL, end_line=10), 1.0, 0.0, 1.0),
        (replace(GOAL, parts=(("Analys", 5),)), 1.0, 1.0, 0.0),
    ],
)
def test_each_fault_of_a_goal_is_told(goal: AnnotatedGoal, found: float, ends: float, parts: float) -> None:
    scores = score_goals([goal], small())
    assert (scores.found, scores.ends, scores.parts, len(scores.errors)) == (found, ends, parts, 1)


def test_a_goal_that_no_one_annotated_costs_precision() -> None:
    assert score_goals([], small()).precision == 0.0


def test_the_same_row_is_right_in_all() -> None:
    scores = score_rows([ROW], small().indicators)
    assert (scores.found, scores.cells, scores.goals, scores.notes, scores.errors) == (1.0, 1.0, 1.0, 1.0, ())


def test_faults_of_a_row_are_told() -> None:
    wrong = replace(ROW, goal_number="2", values=(("Periodens utfall", "29 st"), ("Årsmål", "")), note_sha256=None)
    scores = score_rows([wrong, replace(ROW, line=9)], small().indicators)
    assert (scores.found, scores.cells, scores.goals, scores.notes) == (0.5, 0.25, 0.0, 0.0)
    assert len(scores.errors) == 3


def test_the_annotations_are_whole() -> None:
    assert [sum(goal.report == report for goal in load_goals()) for report in ("001", "002")] == [35, 43]
    assert len({(row.report, row.line) for row in load_indicators()}) == len(load_indicators()) == 36
    assert {report: len(examples) for report, examples in load_examples().items()} == {"001": 0, "002": 19}


@cache
def report_of(name: str) -> Report:
    return parse_file(next((SHARED / "archive/text").glob(f"{name}_*.txt")))


@needs_reports
@pytest.mark.parametrize("name", ["001", "002"])
def test_the_annotated_reports_are_read_right(name: str) -> None:
    report = report_of(name)
    tree = score_goals([goal for goal in load_goals() if goal.report == name], report)
    assert min(tree.found, tree.precision, tree.ends, tree.parts) >= 0.98, tree.errors
    rows = score_rows([row for row in load_indicators() if row.report == name], report.indicators)
    assert min(rows.found, rows.cells, rows.goals, rows.notes) >= 0.97, rows.errors
    tasks = score_activities([row for row in load_activities() if row.report == name], report.activities)
    assert min(tasks.found, tasks.dates, tasks.goals, tasks.details) >= 0.97, tasks.errors
    assert not score_good_examples(load_examples()[name], report.good_examples, report.passages).errors
