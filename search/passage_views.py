"""Passages as hits: one, those around it, those of a report or of the archive, and those like it."""

from collections.abc import Sequence
from dataclasses import replace

from search.catalogue import Catalogue
from search.errors import NotFoundError
from search.hits import hit, load
from search.records import PassageRecord, ReportRecord
from search.retrieve import by_passage
from search.reuse import taken_over
from search.schema import Hit
from search.scope import Scope
from search.vectors import VectorStore


class PassageViews:
    """Hits of one catalogue; those that are not ranked stand in reading order."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def one(self, passage_id: str) -> Hit:
        """One passage.

        Raises:
            NotFoundError: there is none with that id.
        """
        return self._hits([self._passage(passage_id)], score=1.0)[0]

    def around(self, passage_id: str) -> list[Hit]:
        """Every passage right under the section of one, itself with them; raises as `one`."""
        passage = self._passage(passage_id)
        return self._hits(self._catalogue.section_passages(passage.report_key, passage.section))

    def of_report(self, report: int) -> list[Hit]:
        """All passages of a report."""
        return self._hits(self._catalogue.passages(report))

    def within(self, scope: Scope) -> list[Hit]:
        """All passages in scope, report by report."""
        return self._hits(list(self._catalogue.all_passages(scope)))

    def similar(
        self, passage_id: str, limit: int, scope: Scope, vectors: VectorStore, *, own_report: bool
    ) -> list[Hit]:
        """The passages in scope that are nearest to one, those of its own report left out unless asked for; `reuse`
        tells which of them are the same text.

        Raises:
            NotFoundError: there is none with that id, or it has no vector.
        """
        passage = self._passage(passage_id)
        if not own_report:
            others = tuple(key for key in scope.reports if key != passage.report_key)
            scope = replace(scope, reports=others, all_reports=False)
        vector = vectors.dense_vectors([passage.key]).get(passage.key)
        if vector is None:
            raise NotFoundError(f"Stycket {passage_id!r} saknar vektor. Kör spana check.")
        near = vectors.nearest(vector, by_passage(scope, self._catalogue), limit + 1)
        scores = {one.id: one.score for one in near if one.id != passage.key}
        passages = self._catalogue.passages_by_key(list(scores))
        reports = self._reports()
        held = [passages[key] for key in scores if key in passages and passages[key].report_key in reports][:limit]
        year = reports[passage.report_key].year
        return [
            hit(one, rank, scores[one.passage.key]).model_copy(
                update={"reuse": taken_over(passage, one.passage, year, one.report.year)}
            )
            for rank, one in enumerate(load(self._catalogue, held, reports), 1)
        ]

    def _passage(self, passage_id: str) -> PassageRecord:
        passage = self._catalogue.passage(passage_id)
        if passage is None:
            raise NotFoundError(f"Stycket {passage_id!r} finns inte i arkivet.")
        return passage

    def _reports(self) -> dict[int, ReportRecord]:
        return {report.key: report for report in self._catalogue.reports()}

    def _hits(self, passages: Sequence[PassageRecord], score: float = 0.0) -> list[Hit]:
        found = load(self._catalogue, passages, self._reports())
        return [hit(one, rank, score) for rank, one in enumerate(found, 1)]
