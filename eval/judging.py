"""What a judge learns from: our questions with the passages that search finds for them in one report.

Positive: our questions about that report. Negative: questions written for the purpose (`negatives.jsonl`) and questions
about other reports, asked here. Both: twins, a question that a passage answers and one like it that the report does
not.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from eval.training import QUESTIONS, answers_row
from models.encoder import Encoder
from models.judge.examples import Example
from search.catalogue import Catalogue
from search.judge_input import JudgeInput
from search.piece_store import PieceStore
from search.records import ReportRecord
from search.retrieve import Candidate, retrieve
from search.scope import Scope
from search.vectors import VectorStore

DEPTH = 20
"""Passages kept a question."""
BESIDE = 6
"""Passages that begin within so many lines of one that answers are left out: they often go on about the same."""
STRANGE = 0.25
"""Share of the questions about a report that are asked in another one, too."""

Row = Mapping[str, Any]


class Judging:
    """Makes examples from the reports of one home."""

    def __init__(self, catalogue: Catalogue, vectors: VectorStore, encoder: Encoder) -> None:
        self._catalogue, self._vectors, self._encoder = catalogue, vectors, encoder
        self._input = JudgeInput(encoder, catalogue, PieceStore(catalogue, encoder.fingerprint))

    def examples(self, folder: Path = QUESTIONS) -> Iterator[Example]:
        """Questions whose report is in the home; those whose answer search does not find are left out."""
        reports = {report.source: report for report in self._catalogue.reports()}
        asked = [row for path in sorted(folder.glob("questions-*.jsonl")) for row in _rows(path)]
        unanswered = _rows(folder / "negatives.jsonl")
        random = Random(1)  # noqa: S311 (an order that can be repeated)
        for row in asked:
            source = Path(row["source"]).name
            if source not in reports:
                continue
            yield from self._example(row, reports[source], answered=True)
            others = sorted({Path(other["source"]).name for other in unanswered} & reports.keys() - {source})
            # Neighbouring years of one district answer each other's questions.
            if others and random.random() < STRANGE:
                other = random.choice(others)
                if reports[other].board != reports[source].board:
                    yield from self._example(row, reports[other], answered=False)
        for row in unanswered:
            source = Path(row["source"]).name
            if source in reports:
                yield from self._example(row, reports[source], answered=False)
        for path in sorted(folder.glob("twins-*.jsonl")):
            for pair in _pairs(path):
                source = Path(pair[True]["source"]).name
                if source in reports:
                    yield from self._twins(pair, reports[source], f"{path.stem} {pair[True]['twin']}")

    def _example(self, row: Row, report: ReportRecord, *, answered: bool) -> Iterator[Example]:
        found = self._found(row, report)[:DEPTH]
        right = [c for c in found if answered and answers_row(c.passage, row)]
        if answered and not right:
            return
        yield from self._made(row, [c for c in found if c in right or not _beside(c, right)], right)

    def _twins(self, pair: Mapping[bool, Row], report: ReportRecord, name: str) -> Iterator[Example]:
        """Both questions with the passage that answers the one, wherever it ranks; nothing where it is not found."""
        found = self._found(pair[True], report)
        right = [c for c in found if answers_row(c.passage, pair[True])]
        if not right:
            return
        others = [c for c in found[:DEPTH] if c not in right and not _beside(c, right)]
        yield from self._made(pair[True], [*right, *others], right, name)
        rest = [c for c in self._found(pair[False], report)[:DEPTH] if c.passage.key != right[0].passage.key]
        yield from self._made(pair[False], [right[0], *rest], [], name)

    def _found(self, row: Row, report: ReportRecord) -> list[Candidate]:
        return retrieve(
            row["question"],
            Scope((report.key,), all_reports=False),
            catalogue=self._catalogue,
            vectors=self._vectors,
            encoder=self._encoder,
        )

    def _made(
        self, row: Row, found: Sequence[Candidate], right: Sequence[Candidate], twin: str | None = None
    ) -> Iterator[Example]:
        if found:
            passages = self._input.passages(row["question"], [c.passage for c in found])
            yield Example(
                question=tuple(self._input.question(row["question"])),
                passages=tuple(map(tuple, passages)),
                answers=tuple(c in right for c in found),
                twin=twin,
            )


def _pairs(path: Path) -> Iterator[Mapping[bool, Row]]:
    pairs: dict[int, dict[bool, Row]] = {}
    for row in _rows(path):
        pairs.setdefault(row["twin"], {})[row["answered"]] = row
    yield from (pair for pair in pairs.values() if len(pair) == len((True, False)))


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _beside(candidate: Candidate, right: Sequence[Candidate]) -> bool:
    lines = candidate.passage.lines
    return any(
        lines is not None and other.passage.lines is not None and abs(lines[0] - other.passage.lines[0]) < BESIDE
        for other in right
    )
