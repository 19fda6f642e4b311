"""What a whole report says: its goals with their statuses, its counts, its good examples and quotes of its summary."""

from collections.abc import Sequence

from search.answer import Sentence, quote_hits, reads_well, sentences_of
from search.data_files import filter_words
from search.hits import load
from search.holdings import Holdings
from search.question import Question
from search.records import ReportRecord
from search.schema import Answer
from search.scope import Scope
from search.table_rows import goal_rows, good_example_rows
from search.wording import overview_text, reports_text

MOST_REPORTS = 3
"""Reports that are told of at once; of more, only the goals are counted."""
QUOTES = 4
"""Sentences of a report's summary."""


def overview_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """The report's goals as rows, and sentences of its summary as citations; of many reports which they are. None
    when the archive has no such report."""
    reports = holdings.within(scope)
    if not reports:
        return None
    if len(reports) > MOST_REPORTS:
        return _listing(holdings, question, scope, reports)
    goals = list(goal_rows(holdings.catalogue, reports, scope))
    examples = list(good_example_rows(holdings.catalogue, reports, scope))
    chosen: list[Sentence] = []
    for report in reports:
        chosen += _summary(holdings, report.key)[: max(1, QUOTES // len(reports))]
    rests_on = holdings.coverage(scope)
    hits = quote_hits(question.query, chosen)
    return Answer(
        question=question.text,
        kind="goal_status" if goals else "passages",
        answer=overview_text(question, reports, goals, len(examples), hits),
        language=question.language,
        rows=tuple(goals),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


def _listing(holdings: Holdings, question: Question, scope: Scope, reports: Sequence[ReportRecord]) -> Answer:
    """Which reports they are, newest last, with a sentence of the summary of the newest ones."""
    ordered = sorted(reports, key=lambda one: (one.year or 0, one.district or one.board or "", one.period or one.type))
    chosen = [one for report in ordered[-QUOTES:] for one in _summary(holdings, report.key)[:1]]
    return Answer(
        question=question.text,
        kind="passages",
        answer=reports_text(question, ordered),
        language=question.language,
        rows=(),
        citations=quote_hits(question.query, chosen),
        coverage=holdings.coverage(scope),
        filters=question.filters,
    )


def _summary(holdings: Holdings, report: int) -> list[Sentence]:
    """The first whole sentences of the report's summary, one a passage; of its first text where it has no summary."""
    titles = filter_words().summaries
    sections = holdings.catalogue.sections(report)
    under = [s.position for s in sections if any(word in s.title.lower() for word in titles)]
    passages = [p for place in under for p in holdings.catalogue.section_passages(report, place)]
    prose = [p for p in passages or holdings.catalogue.passages(report) if p.kind == "paragraph"]
    chosen: list[Sentence] = []
    for found in load(holdings.catalogue, prose[: QUOTES * 3], holdings.by_key):
        whole = [span for span in sentences_of(found) if reads_well(found, *span, figures=False)]
        if whole:
            chosen.append(Sentence(found, *whole[0], 1.0))
    return chosen[:QUOTES]
