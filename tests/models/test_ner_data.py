import hashlib
import json
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "models" / "ner" / "data"
SHARED = ROOT.parent / "shared"
LABELS = {"PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT"}


def _rows(name: str) -> list[dict]:
    return [json.loads(row) for row in (DATA / name).read_text(encoding="utf-8").splitlines()]


@cache
def _lines(source: str) -> list[str]:
    return (SHARED / source).read_bytes().decode().split("\n")


def _sentence(row: dict) -> str:
    line = _lines(row["source"])[row["line"] - 1]
    if "field" in row:
        line = json.loads(line)[row["field"]]
    return line[row["start"] : row["end"]]


def _assert_spans(text: str, entities: list[list]) -> None:
    previous = 0
    for start, end, label in entities:
        assert label in LABELS, text
        assert previous <= start < end <= len(text), text
        assert text[start:end] == text[start:end].strip(), text
        previous = end


def test_written_sentences_have_spans_in_order() -> None:
    rows = _rows("sentences.jsonl")
    assert len({row["text"] for row in rows}) == len(rows) >= 900
    for row in rows:
        _assert_spans(row["text"], row["entities"])


def test_written_sentences_cover_every_label_and_have_sentences_without_names() -> None:
    rows = _rows("sentences.jsonl")
    labels = [label for row in rows for _, _, label in row["entities"]]
    assert all(labels.count(label) >= 50 for label in LABELS)
    assert sum(not row["entities"] for row in rows) > len(rows) / 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are not here")
def test_references_find_their_sentence() -> None:
    for row in _rows("annotations.jsonl"):
        text = _sentence(row)
        assert hashlib.sha256(text.encode()).hexdigest()[:8] == row["sha"], row
        _assert_spans(text, row["entities"])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold sentences are not here")
def test_references_leave_gold_lines_and_other_reports_alone() -> None:
    gold = {
        (report, sentence["line"])
        for report in ("000", "003")
        for sentence in json.loads((SHARED / "gold" / f"{report}.ner.json").read_text(encoding="utf-8"))
    }
    for row in _rows("annotations.jsonl"):
        name = Path(row["source"]).name[:3]
        assert "archive/text" not in row["source"] or name in ("000", "003")
        assert (name, row["line"]) not in gold
