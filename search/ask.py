"""From a question to an answer."""

from collections.abc import Sequence

from models.registry import Registry
from search.answer import (
    NEAREST,
    PASSAGES,
    SENTENCES,
    is_answered,
    passages_text,
    quote_hits,
    unanswered_text,
)
from search.asked_names import Asked, proper_names
from search.best_sentences import best_sentences
from search.data_files import thresholds
from search.entities import mention_hits
from search.filters import resolve
from search.hits import load
from search.mentions import coverage, rows, select, survey
from search.naming import Names
from search.piece_store import PieceStore
from search.question import Question, understand
from search.records import ReportRecord
from search.retrieve import retrieve
from search.schema import Answer, Coverage, Filters, GoodExampleRow, Row
from search.scope import Scope
from search.spelling import Vocabulary
from search.stores import Stores
from search.table_rows import goal_rows, good_example_rows, indicator_rows
from search.toolkit import Toolkit
from search.wording import asides, examples_on_topic, mentions_answer, table_answer, unused_sentences


class Asking:
    """Answers questions about the reports that are ready now."""

    def __init__(
        self,
        stores: Stores,
        toolkit: Toolkit,
        names: Names,
        reports: Sequence[ReportRecord],
        vocabulary: Vocabulary | None = None,
    ) -> None:
        self._stores = stores
        self._catalogue = stores.catalogue
        self._toolkit = toolkit
        self._names = names
        self._reports = reports
        self._vocabulary = vocabulary

    def answer(self, text: str, given: Filters, limit: int) -> Answer:
        """The answer, with `limit` citations at most for passages.

        Raises:
            UsageError, NotFoundError: a filter is wrong.
        """
        question = understand(text, given, self._reports, self._registry, self._vocabulary)
        answer = self._answer(question, limit)
        return answer.model_copy(
            update={
                "asks": question.kind,
                "understood": question.understood,
                "spelling": question.spelling,
                "unused": unused_sentences(question),
                "answer": " ".join((answer.answer, *asides(question))),
            }
        )

    def _answer(self, question: Question, limit: int) -> Answer:
        scope = resolve(question.filters, self._reports, self._registry)
        if question.kind == "mentions":
            answer = self._mentions(question, scope)
            if answer is not None:
                return answer
        elif question.kind in ("goal_status", "indicator", "good_examples"):
            answer = self._table(question, scope)
            if answer is not None:
                return answer
        return self._passages(question, scope, limit)

    def _registry(self) -> Registry:
        return self._names.registry

    def _mentions(self, question: Question, scope: Scope) -> Answer | None:
        """The exhaustive answer; None when an ordinary phrase is nowhere, so that passages may answer."""
        asked = (*question.names, *question.without)
        everything = survey(self._catalogue, self._registry, self._names.version, asked, scope, self._reports)
        wanted = len(question.names)
        found = select(everything, wanted, all_names=question.all_names, without=range(wanted, len(asked)))
        if not found.occurrences and not question.certain:
            return None
        built = rows(found, asked, self._catalogue)
        failed = self._catalogue.files("failed")
        rests_on = coverage(found.reports, found.occurrences, failed)
        by = tuple(f"{a.name or a.text}: {'registry' if a.name is not None else 'lexical'}" for a in asked)
        return Answer(
            question=question.text,
            kind="mentions",
            answer=mentions_answer(question, built, rests_on),
            language=question.language,
            rows=built,
            citations=mention_hits(self._catalogue, built, self._reports),
            coverage=rests_on,
            filters=question.filters,
            found_by=by,
        )

    def _table(self, question: Question, scope: Scope) -> Answer | None:
        """Rows of a table; None when the question has none."""
        reports = [report for report in self._reports if report.key in set(scope.reports)]
        built: tuple[Row, ...]
        if question.kind == "goal_status":
            built = tuple(row for row in goal_rows(self._catalogue, reports, scope) if row.status is not None)
        elif question.kind == "good_examples":
            built = tuple(good_example_rows(self._catalogue, reports, scope))
        else:
            built = tuple(indicator_rows(self._catalogue, reports, scope, question.subject)) if question.subject else ()
        if not built:
            return None
        rests_on = self._coverage(scope)
        said = table_answer(question, len(built), rests_on)
        if question.kind == "good_examples" and question.subject:
            near = self._on_topic(question, built)
            if near is not None:
                said = examples_on_topic(question, question.subject, len(near), len(built), rests_on)
                built = near
        return Answer.model_validate(
            {
                "question": question.text,
                "kind": question.kind,
                "answer": said,
                "language": question.language,
                "rows": built,
                "citations": (),
                "coverage": rests_on,
                "filters": question.filters,
            }
        )

    def _on_topic(self, question: Question, rows: Sequence[Row]) -> tuple[Row, ...] | None:
        """The good examples that are near to the topic, the nearest first; None for a model without a threshold."""
        encoder = self._toolkit.encoder
        threshold = thresholds().get(encoder.name)
        examples = [row for row in rows if isinstance(row, GoodExampleRow)]
        if threshold is None or question.subject is None:
            return None
        lowest = threshold.topic - (threshold.english if question.language == "en" else 0.0)
        near = (
            encoder.encode_passages([row.summary for row in examples]) @ encoder.encode_queries([question.subject])[0]
        )
        kept = [(float(score), row) for score, row in zip(near, examples, strict=True) if score >= lowest]
        return tuple(row for _, row in sorted(kept, key=lambda pair: -round(pair[0], 6)))

    def _passages(self, question: Question, scope: Scope, limit: int) -> Answer:
        encoder = self._toolkit.encoder
        candidates = retrieve(
            question.query or question.text,
            scope,
            catalogue=self._catalogue,
            vectors=self._stores.vectors(encoder),
            encoder=encoder,
        )
        rests_on = self._coverage(scope)
        by_key = {report.key: report for report in self._reports}
        found = load(self._catalogue, [c.passage for c in candidates[:PASSAGES]], by_key)
        absent = self._absent_names(question, scope)
        answered = not absent and is_answered(candidates, question.language, encoder.name)
        pieces = PieceStore(self._catalogue, encoder.fingerprint)
        sentences = best_sentences(question, candidates, found, encoder, pieces)
        chosen = sentences[: min(limit, SENTENCES if answered else NEAREST)]
        hits = quote_hits(question.query or question.text, chosen, nearest_only=not answered)
        return Answer(
            question=question.text,
            kind="passages" if answered else "unanswered",
            answer=passages_text(question, hits) if answered else unanswered_text(question, rests_on, hits, absent),
            language=question.language,
            rows=(),
            citations=hits,
            coverage=rests_on,
            filters=question.filters,
        )

    def _absent_names(self, question: Question, scope: Scope) -> tuple[str, ...]:
        """The names in a question when no text in scope has any of them: what is asked about them cannot be there.

        English questions may translate a name, so nothing follows from its absence.
        """
        names = proper_names(question.query, self._registry()) if question.language == "sv" else ()
        if not names or not scope.reports:
            return ()
        asked = [spelt for name in names for spelt in (name, Asked(name.text, None))]
        version = self._names.version
        found = survey(self._catalogue, self._registry, version, asked, scope, self._reports)
        return () if found.occurrences else tuple(name.text for name in names)

    def _coverage(self, scope: Scope) -> Coverage:
        searched = [report for report in self._reports if report.key in set(scope.reports)]
        return coverage(searched, scope.reports, self._catalogue.files("failed"))
