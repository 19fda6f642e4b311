"""Retrieval quality against gold questions: nDCG@10 and top 5, within the report that a question is about.

A hit is its line range. Each gold passage is credited once, to the first hit that overlaps it; gain 2^grade − 1
(Järvelin & Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Literal

from eval.gold import GoldPassage, GoldQuery, load_queries
from search.archive import Archive
from search.schema import Filters, Hit

DATA = Path(__file__).parent / "data"
DEPTH = 10
TOP = 5
DEEP = 200
"""Hits of the whole archive from which those in other reports are left out."""

Where = Literal["report", "archive", "named", "condensed"]
"""Searched within the report; over the whole archive, where hits in other reports are misses; over what of it the
question names (a district, a board, a year …), as the pages do; over the whole archive, hits in other reports left
out of the ranking, which tells what is lost by them alone."""


@dataclass(frozen=True, slots=True)
class QueryScore:
    """How well one question was answered."""

    query: GoldQuery
    ndcg: float
    top5: bool
    """A passage of grade 2 is among the first five hits."""


@dataclass(frozen=True, slots=True)
class RetrievalScore:
    """Means over the answerable questions of one report."""

    report: str
    ndcg: float
    top5: float
    queries: tuple[QueryScore, ...]


def ndcg(hits: Sequence[tuple[int, int] | None], relevant: Sequence[GoldPassage], depth: int = DEPTH) -> float:
    """Normalised discounted cumulated gain of hits given as (first line, last line), best first; 0 … 1.

    A hit that overlaps several uncredited passages is credited with them all.
    """
    credited: set[int] = set()
    gained = 0.0
    for rank, lines in enumerate(hits[:depth], 1):
        if lines is None:
            continue
        for index, passage in enumerate(relevant):
            if index not in credited and overlaps(lines, passage):
                credited.add(index)
                gained += (2**passage.grade - 1) / log2(rank + 1)
    gains = sorted((2**passage.grade - 1 for passage in relevant), reverse=True)[:depth]
    ideal = sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
    return min(gained / ideal, 1.0) if ideal else 0.0


def top5(hits: Sequence[tuple[int, int] | None], relevant: Sequence[GoldPassage]) -> bool:
    """Whether one of the first five hits overlaps a passage of grade 2."""
    answers = [passage for passage in relevant if passage.grade == 2]
    return any(lines is not None and any(overlaps(lines, p) for p in answers) for lines in hits[:TOP])


def overlaps(lines: tuple[int, int], passage: GoldPassage) -> bool:
    """Whether a line range and a gold passage share a line."""
    return lines[0] <= passage.last and passage.first <= lines[1]


def held_out(folder: Path = DATA) -> dict[str, tuple[GoldQuery, ...]]:
    """Our own questions on the reports that nothing was trained on, by the prefix of the report's file name."""
    return _by_report(folder, "held-out-?.json")


def unanswerable(folder: Path = DATA) -> dict[str, tuple[GoldQuery, ...]]:
    """More questions on the same reports that they do not answer, written before any score of theirs was known."""
    return _by_report(folder, "held-out-negatives.json")


def held_out_figures(folder: Path = DATA) -> dict[str, tuple[GoldQuery, ...]]:
    """More questions on the same reports about figures and judgements of goals, written later."""
    return _by_report(folder, "held-out-figures.json")


def twins(folder: Path = DATA) -> dict[str, tuple[GoldQuery, ...]]:
    """Pairs of questions alike in style, length and subject, of which the report answers the first: the same id but
    for the last letter. Written without any score or answer of theirs being known."""
    return _by_report(folder, "held-out-twins.json")


def _by_report(folder: Path, pattern: str) -> dict[str, tuple[GoldQuery, ...]]:
    found: dict[str, list[GoldQuery]] = {}
    for path in sorted(folder.glob(pattern)):
        for query in load_queries(path):
            found.setdefault(query.id.partition("-")[0], []).append(query)
    return {report: tuple(queries) for report, queries in sorted(found.items())}


def score_report(
    archive: Archive, report: str, queries: Sequence[GoldQuery], *, where: Where = "report"
) -> RetrievalScore:
    """Search for questions that a report answers. `report` is the prefix of its file's name."""
    held = next(ref for ref in archive.reports() if ref.source.startswith(f"{report}_"))
    scores = tuple(_score(query, held.id, _hits(archive, held.id, query, where)) for query in queries if query.relevant)
    count = max(len(scores), 1)
    return RetrievalScore(
        report=report,
        ndcg=sum(score.ndcg for score in scores) / count,
        top5=sum(score.top5 for score in scores) / count,
        queries=scores,
    )


def _hits(archive: Archive, report: str, query: GoldQuery, where: Where) -> Sequence[Hit]:
    if where == "report":
        return archive.search(query.text, Filters(report=(report,)), limit=DEPTH).hits
    if where == "named":
        return archive.search(query.text, archive.ask(query.text).filters, limit=DEPTH).hits
    hits = archive.search(query.text, limit=DEPTH if where == "archive" else DEEP).hits
    return hits if where == "archive" else [hit for hit in hits if hit.report.id == report][:DEPTH]


def _score(query: GoldQuery, report: str, hits: Sequence[Hit]) -> QueryScore:
    lines = [hit.citation.lines if hit.report.id == report else None for hit in hits]
    return QueryScore(query, ndcg(lines, query.relevant), top5(lines, query.relevant))
