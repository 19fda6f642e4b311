"""Tables in the development archive against what was annotated by hand; skipped where the archive is not at hand."""

from functools import cache
from pathlib import Path

import pytest

from eval.gold import load_gold
from eval.tables import score_good_examples, score_indicators
from ingest.furniture import drop_furniture
from ingest.indicators import indicator_of
from ingest.parse import parse_file
from ingest.quote import fold, quote_all
from ingest.reader import read_document
from ingest.report import Report
from ingest.tables import find_tables

SHARED = Path(__file__).parents[2] / "../shared"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="utvecklingsarkivet ../shared saknas")
ANNOTATED = ("000", "003")


def path_of(stem: str) -> Path:
    return next((SHARED / "archive/text").glob(f"{stem}_*.txt"))


@cache
def report_of(stem: str) -> Report:
    return parse_file(path_of(stem))


@pytest.mark.parametrize("stem", ANNOTATED)
def test_rows_cells_goals_and_notes_of_the_texts(stem: str) -> None:
    scores = score_indicators(load_gold(SHARED / "gold", stem).indicators, report_of(stem).indicators)
    assert min(scores.found, scores.cells, scores.goals, scores.notes) >= 0.97, scores.errors


@pytest.mark.parametrize("stem", ANNOTATED)
def test_good_examples_of_the_texts(stem: str) -> None:
    report = report_of(stem)
    scores = score_good_examples(load_gold(SHARED / "gold", stem).examples, report.good_examples, report.passages)
    assert min(scores.recall, scores.precision) >= 0.9, scores.errors


def test_rows_and_cells_of_the_pdf() -> None:
    blocks = drop_furniture(read_document(SHARED / "archive/pdf-a/HV-2021-T1.pdf")).blocks
    rows = [row for region in find_tables(blocks) if region.kind == "indicator" for row in region.rows]
    indicators = [indicator_of(row, section=0, goal_number=None, passage=0) for row in rows]
    scores = score_indicators(load_gold(SHARED / "gold", "000").indicators, indicators)
    assert min(scores.found, scores.cells, scores.notes) >= 0.97, scores.errors


@pytest.mark.parametrize("stem", ["000", "001", "002", "003", "004"])
def test_regions_are_in_order_and_every_row_can_be_quoted(stem: str) -> None:
    path = path_of(stem)
    source = fold(path.read_text("utf-8"))
    end = 0
    for region in find_tables(drop_furniture(read_document(path)).blocks):
        assert end <= region.start < region.end
        end = region.end
        for row in region.rows:
            assert region.start <= row.first_block <= row.last_block < region.end
            assert fold(quote_all(row.quote_runs).text) in source
