"""From a question to an answer."""

from collections.abc import Sequence
from dataclasses import replace

from search.amounts import asks_number, columns_asked
from search.answer import (
    NEAREST,
    PASSAGES,
    SENTENCES,
    Sentence,
    passages_text,
    quote_hits,
    unanswered_text,
)
from search.asked_names import Asked, proper_names
from search.compared import MOST_COMPARED, compared
from search.data_files import phrases
from search.entities import mention_hits
from search.figure_answers import FIGURE_PASSAGES, figure_answer
from search.filters import resolve
from search.goal_answers import goal_answer
from search.holdings import Holdings
from search.mentions import coverage, is_mentioned, rows, select, survey
from search.overviews import overview_answer
from search.practices import precedent_answer
from search.question import Question, understand
from search.quotes import compared_text, near_best
from search.row_groups import grouped
from search.schema import Answer, Coverage, Filters, GoodExampleRow
from search.scope import Scope
from search.table_rows import good_example_records, rows_of_examples
from search.topics import on_topic
from search.wording import asides, examples_on_topic, examples_text, mentions_answer, rows_left_out, unused_sentences

A_PART = 2
"""Quotes from each of the areas or years that are compared."""


class Asking:
    """Answers questions about the reports that are ready now."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._catalogue = holdings.catalogue
        self._absent: dict[tuple[str, Scope], tuple[str, ...]] = {}

    def answer(self, text: str, given: Filters, limit: int) -> Answer:
        """The answer, with `limit` citations at most for passages.

        Raises:
            UsageError, NotFoundError: a filter is wrong.
        """
        held = self._holdings
        question = understand(text, given, held.reports, held.registry, held.vocabulary)
        answer = self._answer(question, limit)
        return answer.model_copy(
            update={
                "asks": question.kind,
                "group": question.group,
                "understood": question.understood,
                "spelling": question.spelling,
                "unused": unused_sentences(question),
                "answer": " ".join(
                    (
                        answer.answer,
                        *rows_left_out(question, held.first_row, len(answer.rows), answer.rows_total),
                        *asides(question),
                    )
                ),
                "rows_offset": held.first_row if answer.rows_total is not None else 0,
            }
        )

    def _answer(self, question: Question, limit: int) -> Answer:
        held = self._holdings
        scope = resolve(question.filters, held.reports, held.registry)
        answer: Answer | None = None
        if question.empty and scope.reports:
            return self._nothing_asked(question, scope)
        if question.kind == "mentions":
            answer = self._mentions(question, scope)
        elif question.kind == "overview":
            answer = overview_answer(held, question, scope)
        elif question.kind == "good_examples":
            answer = self._good_examples(question, scope, limit)
        elif scope.reports and not self._absent_names(question, scope):
            if question.kind == "goal_status":
                answer = goal_answer(held, question, scope)
                if answer is None and (question.may_ask_figures or "target" in columns_asked(question.text)):
                    # "Nåddes målet för sjukfrånvaron?" may mean the target of an indicator.
                    answer = figure_answer(held, question, scope)
            elif question.kind == "indicator" or (question.kind == "passages" and question.may_ask_figures):
                answer = figure_answer(held, question, scope)
            elif question.kind == "precedent":
                answer = precedent_answer(held, question, scope)
        if answer is None and question.kind == "passages" and not self._absent_names(question, scope):
            answer = self._side_by_side(question, scope, limit)
        return answer or self._passages(question, scope, limit)

    def _nothing_asked(self, question: Question, scope: Scope) -> Answer:
        return Answer(
            question=question.text,
            kind="unanswered",
            answer=phrases(question.language).nothing_asked,
            language=question.language,
            rows=(),
            citations=(),
            coverage=self._holdings.coverage(scope),
            filters=question.filters,
        )

    def _mentions(self, question: Question, scope: Scope) -> Answer | None:
        """The exhaustive answer; None when an ordinary phrase is nowhere, so that passages may answer."""
        held = self._holdings
        asked = (*question.names, *question.without)
        everything = survey(self._catalogue, held.registry, held.names.version, asked, scope, held.reports)
        wanted = len(question.names)
        unit = question.group if question.group in ("year", "report") else None
        found = select(
            everything,
            wanted,
            all_names=question.all_names,
            without=range(wanted, len(asked)),
            unit="report" if question.of_reports else "area",
            by_year=unit == "year",
        )
        if not found.occurrences and not question.certain:
            return None
        built = rows(found, asked, self._catalogue, by=unit)
        failed = self._catalogue.files("failed")
        rests_on = coverage(found.reports, found.occurrences, failed)
        lacking = [one for one in found.reports if one.key not in found.occurrences]
        by = tuple(f"{a.name or a.text}: {'registry' if a.name is not None else 'lexical'}" for a in asked)
        return Answer(
            question=question.text,
            kind="mentions",
            answer=mentions_answer(question, built, rests_on, lacking),
            language=question.language,
            rows=built,
            citations=mention_hits(self._catalogue, built, held.reports),
            coverage=rests_on,
            filters=question.filters,
            found_by=by,
        )

    def _good_examples(self, question: Question, scope: Scope, limit: int) -> Answer | None:
        """What the reports present as good examples, those on the topic when the question has one; where none is, what
        passages tell of the topic."""
        held = self._holdings
        if not scope.reports:
            return None
        examples = good_example_records(held.catalogue, held.within(scope), scope)
        rests_on = held.coverage(scope)
        if question.subject is None:
            built = tuple(rows_of_examples(held.catalogue, held.by_key, examples))
            return self._listed(
                question, grouped(built, question.group), examples_text(question, built, rests_on), rests_on
            )
        near = tuple(rows_of_examples(held.catalogue, held.by_key, on_topic(held, question, scope, examples)))
        said = examples_on_topic(question, question.subject, near, len(examples), rests_on)
        if near:
            return self._listed(question, grouped(near, question.group), said, rests_on)
        told = replace(question, query=question.subject)
        instead = precedent_answer(held, told, scope) or self._passages(told, scope, limit)
        words = phrases(question.language)
        lead = words.practices_instead if instead.kind == "good_examples" else ""
        return instead.model_copy(update={"answer": " ".join(filter(None, (said, lead, instead.answer)))})

    def _listed(self, question: Question, rows: Sequence[GoodExampleRow], said: str, rests_on: Coverage) -> Answer:
        """Good examples, each with its own citation."""
        return Answer(
            question=question.text,
            kind="good_examples",
            answer=said,
            language=question.language,
            rows=tuple(self._holdings.page(rows)),
            rows_total=len(rows),
            citations=(),
            coverage=rests_on,
            filters=question.filters,
        )

    def _side_by_side(self, question: Question, scope: Scope, limit: int) -> Answer | None:
        """Quotes from each of the areas or years that the question compares; None where fewer than two answer it."""
        held = self._holdings
        chosen: list[tuple[str, Sentence]] = []
        for name, filters in compared(question.filters) or self._areas(question, scope):
            part = replace(question, filters=filters)
            own = resolve(filters, held.reports, held.registry)
            if own.reports and held.answered(part, own):
                candidates = held.candidates(part.query or part.text, own)
                sentences = near_best(held.sentences(part, candidates))[:A_PART]
                chosen += [(name, sentence) for sentence in sentences]
        chosen = chosen[:limit]
        names = [name for name, _ in chosen]
        if len(set(names)) < 2:
            return None
        hits = quote_hits(question.query or question.text, [sentence for _, sentence in chosen])
        return Answer(
            question=question.text,
            kind="passages",
            answer=compared_text(question, list(zip(names, hits, strict=True))),
            language=question.language,
            rows=(),
            citations=hits,
            coverage=held.coverage(scope),
            filters=question.filters,
        )

    def _areas(self, question: Question, scope: Scope) -> list[tuple[str, Filters]]:
        """The districts and boards, or the years, of the best passages, where a question asks for each by itself."""
        held, given = self._holdings, question.filters
        if question.group not in ("district", "year"):
            return []
        best = [held.by_key[one.passage.report_key] for one in held.candidates(question.query or question.text, scope)]
        found: dict[str, Filters] = {}
        for report in best:
            field = "year" if question.group == "year" else "district" if report.district else "board"
            value = getattr(report, field)
            if value:
                found.setdefault(str(value), given.model_copy(update={field: (value,)}))
        return list(found.items())[:MOST_COMPARED]

    def _passages(self, question: Question, scope: Scope, limit: int) -> Answer:
        held = self._holdings
        query = question.query or question.text
        candidates = held.candidates(query, scope)
        rests_on = held.coverage(scope)
        absent = self._absent_names(question, scope)
        answered = not absent and held.answered(question, scope)
        number = question.figures and asks_number(question.text)
        passages = FIGURE_PASSAGES if question.figures else PASSAGES
        sentences = held.sentences(question, candidates, passages, for_figure=number)
        chosen = (near_best(sentences) if answered else sentences)[: min(limit, SENTENCES if answered else NEAREST)]
        hits = quote_hits(query, chosen, nearest_only=not answered)
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
        key = question.query, scope
        if key not in self._absent:
            self._absent[key] = self._find_absent(question, scope)
        return self._absent[key]

    def _find_absent(self, question: Question, scope: Scope) -> tuple[str, ...]:
        held = self._holdings
        names = proper_names(question.query, held.registry()) if question.language == "sv" else ()
        if not names or not scope.reports:
            return ()
        asked = [spelt for name in names for spelt in (name, Asked(name.text, None))]
        held_here = is_mentioned(self._catalogue, held.registry, held.names.version, asked, scope, held.reports)
        return () if held_here else tuple(name.text for name in names)
