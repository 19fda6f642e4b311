"""What a judge learns from: our questions with the passages that search finds for them in one report.

Positive: our questions about that report. Negative: questions written for the purpose (`negatives.jsonl`) and questions
about other reports, asked here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from eval.training import QUESTIONS, answers_row
from models.encoder import Encoder
from models.judge.examples import Example, Pieces
from search.catalogue import Catalogue
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
        self._store = PieceStore(catalogue, encoder.fingerprint)
        self._pieces: dict[int, Pieces] = {}

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

    def _example(self, row: Row, report: ReportRecord, *, answered: bool) -> Iterator[Example]:
        found = retrieve(
            row["question"],
            Scope((report.key,), all_reports=False),
            catalogue=self._catalogue,
            vectors=self._vectors,
            encoder=self._encoder,
        )[:DEPTH]
        right = [c for c in found if answered and answers_row(c.passage, row)]
        if answered and not right:
            return
        kept = [c for c in found if c in right or not _beside(c, right)]
        missing = [c.passage.key for c in kept if c.passage.key not in self._pieces]
        self._pieces |= self._store.get(missing)
        asked = self._encoder.read_query(row["question"]).pieces
        held = [c for c in kept if len(self._pieces.get(c.passage.key, ()))]
        if asked is None or not held:
            return
        yield Example(
            general=False,
            question=asked[0],
            passages=tuple(self._pieces[c.passage.key] for c in held),
            answers=tuple(c in right for c in held),
        )


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _beside(candidate: Candidate, right: Sequence[Candidate]) -> bool:
    lines = candidate.passage.lines
    return any(
        lines is not None and other.passage.lines is not None and abs(lines[0] - other.passage.lines[0]) < BESIDE
        for other in right
    )
