"""Training examples for the encoder, from our own questions and the documents that they point into.

A question names the lines (or the page and first words, or the row) of the passage that answers it; the text is read
from `shared`, which stays out of the repository. Hard negatives are passages of the same document that the present
encoder finds near.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.parse import parse_file
from ingest.report import Passage, Report
from models.encoder import Encoder
from models.retriever.examples import LONGEST, Example
from search.context import led_by_headings
from search.records import PassageRecord

QUESTIONS = Path(__file__).parents[1] / "models" / "retriever" / "data"
NEGATIVES = 6
"""Hard negatives kept a question."""
SKIPPED_ABOVE = 2
"""Of the passages that rank above the right one this many may be negatives: more of them would often be answers too."""
SHORTEST = 150
"""Characters of the passages that questions about a page count."""
MARGIN = 2
"""Passages beside the right one that are no negatives: they often go on about the same."""


def own_examples(shared: Path, encoder: Encoder, folder: Path = QUESTIONS) -> Iterator[Example]:
    """An example for every question whose passage is found; questions of one document together."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for path in sorted(folder.glob("questions-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.setdefault(row["source"], []).append(row)
    for source, asked in sorted(rows.items()):
        path = shared / source
        if path.suffix in (".jsonl", ".json"):
            yield from _from_rows(path, asked)
        else:
            yield from _from_report(parse_file(path), asked, encoder)


def _from_rows(path: Path, asked: Sequence[Mapping[str, Any]]) -> Iterator[Example]:
    texts = _row_texts(path)
    for row in asked:
        yield Example(path.stem, row["question"], texts[row["row"] - 1][:LONGEST])


def _row_texts(path: Path) -> list[str]:
    """The texts of a file of government texts (one JSON object a line) or of a statute (its provisions)."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return [" ".join(json.loads(line)["text"].split()) for line in content.splitlines()]
    return [" ".join(provision["content"].split()) for provision in json.loads(content)["provisions"]]


def _from_report(report: Report, asked: Sequence[Mapping[str, Any]], encoder: Encoder) -> Iterator[Example]:
    texts = [led_by_headings(report.sections[p.section].title, p.subheading, p.text) for p in report.passages]
    near = encoder.encode_queries([row["question"] for row in asked]) @ encoder.encode_passages(texts).T
    for row, scores in zip(asked, near, strict=True):
        right = [i for i, passage in enumerate(report.passages) if answers_row(passage, row)]
        if "nth" in row:
            right = right[row["nth"] - 1 : row["nth"]]
        if not right:
            continue
        best = max(right, key=lambda i: (_shared_lines(report.passages[i], row), float(scores[i])))
        yield Example(report.source, row["question"], texts[best], _negatives(report, texts, right, best, scores))


def _negatives(
    report: Report, texts: Sequence[str], right: Sequence[int], best: int, scores: "np.ndarray[Any, Any]"
) -> tuple[str, ...]:
    near = {i + step for i in right for step in range(-MARGIN, MARGIN + 1)}
    same = {report.passages[i].duplicate_of for i in right} | set(right)
    chosen: list[str] = []
    above = 0
    for index in np.argsort(-scores, kind="stable").tolist():
        if index in near or index in same or report.passages[index].duplicate_of in same:
            continue
        if scores[index] > scores[best]:
            above += 1
            if above > SKIPPED_ABOVE:
                continue
        chosen.append(texts[index])
        if len(chosen) == NEGATIVES:
            break
    return tuple(chosen)


def answers_row(passage: Passage | PassageRecord, row: Mapping[str, Any]) -> bool:
    """Whether a passage is one that a question of ours points to."""
    if "lines" in row:
        return _shared_lines(passage, row) > 0
    on_page = passage.pages[:1] == (row["page"],)
    return on_page and len(passage.text) >= SHORTEST and passage.text.startswith(str(row["starts"]))


def _shared_lines(passage: Passage | PassageRecord, row: Mapping[str, Any]) -> int:
    if passage.lines is None or "lines" not in row:
        return 0
    first, last = (int(number) for number in row["lines"])
    return max(min(passage.lines[1], last) - max(passage.lines[0], first) + 1, 0)
