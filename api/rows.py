"""Hits, answers and listings as rows for csv, tsv and xlsx: each with its citation and the archive's version."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from api.export import ASKED, Row

if TYPE_CHECKING:
    from search.archive import Archive
    from search.schema import Answer, Filters, Hit, MentionRow, Schema
    from search.views import GoalMatrix


def listed(shapes: "Iterable[Schema]", archive: str) -> Iterator[Row]:
    """One row a shape; `archive` is the label of the archive's edition."""
    for shape in shapes:
        yield {**shape.model_dump(mode="json"), "archive": archive}


def hit_rows(hits: "Iterable[Hit]", archive: str) -> Iterator[Row]:
    """One row a passage."""
    for hit in hits:
        yield {
            "rank": hit.rank,
            "score": hit.score,
            "passage_id": hit.passage_id,
            "report": hit.report.id,
            "district": hit.report.district,
            "board": hit.report.board,
            "type": hit.report.type,
            "year": hit.report.year,
            "section_number": hit.section.number,
            "section": hit.section.title,
            "part": hit.section.part,
            "status": hit.section.status,
            "nearest_only": hit.nearest_only,
            "text": hit.text,
            "citation": hit.citation.model_dump(mode="json"),
            "archive": archive,
        }


def answer_rows(answer: "Answer", archive: str) -> Iterator[Row]:
    """The answer's rows (for mentions one a report), or its passages where it has none."""
    from search.schema import MentionRow

    if not answer.rows:
        yield from hit_rows(answer.citations, archive)
    for row in answer.rows:
        if isinstance(row, MentionRow):
            yield from mention_rows([row], archive)
        else:
            yield {**row.model_dump(mode="json"), "archive": archive}


def mention_rows(rows: "Iterable[MentionRow]", archive: str) -> Iterator[Row]:
    """One row a report that mentions what was asked for."""
    for row, share in ((one, share) for one in rows for share in one.reports):
        yield {
            "district": row.district,
            "board": row.board,
            "entities": list(row.entities),
            "report": share.id,
            "year": share.year,
            "type": share.type,
            "mentions": share.mentions,
            "passage_id": share.passage_id,
            "citation": share.citation.model_dump(mode="json"),
            "archive": archive,
        }


def matrix_rows(matrix: "GoalMatrix", archive: str) -> Iterator[Row]:
    """One row a judgement, and one for each cell without any: its `state` says why."""
    for goal, cell in ((row.goal, cell) for row in matrix.rows for cell in row.cells):
        for judged in cell.judgements or (None,):
            yield {
                "goal_kind": goal.kind,
                "goal_number": goal.number,
                "goal_title": goal.title,
                "district": cell.district,
                "board": cell.board,
                "year": cell.year,
                "state": cell.state,
                "report": judged.report if judged else None,
                "status": judged.status if judged else None,
                "citation": judged.citation.model_dump(mode="json") if judged else None,
                "archive": archive,
            }


def exported(archive: "Archive", kind: str, filters: "Filters", question: str | None) -> Iterator[Row]:
    """The rows of any kind that can be exported, in full.

    Raises:
        search.errors.UsageError: the kind needs a question, or takes none.
    """
    from search.archive import MOST_HITS
    from search.errors import UsageError

    if kind not in ASKED:
        if question is not None:
            raise UsageError(f"Exporten {kind} tar ingen fråga; {', '.join(ASKED)} gör det.")
        if kind == "matrix":
            return matrix_rows(archive.goal_matrix(filters), archive.edition().label)
        return archive.export(kind, filters)
    if question is None:
        raise UsageError(f"Exporten {kind} behöver en fråga (--query, eller q över HTTP).")
    edition = archive.edition().label
    if kind == "series":
        return listed(archive.indicator_series(question, filters).rows, edition)
    if kind == "hits":
        return hit_rows(archive.search(question, filters, limit=MOST_HITS).hits, edition)
    return answer_rows(archive.ask(question, filters, every_row=True), edition)
