"""What a whole report says: its goals with their statuses, its counts, its good examples and quotes of its summary."""

from search.answer import Sentence, quote_hits, reads_well, sentences_of
from search.data_files import filter_words
from search.hits import load
from search.holdings import Holdings
from search.question import Question
from search.schema import Answer
from search.scope import Scope
from search.table_rows import goal_rows, good_example_rows
from search.wording import overview_text

MOST_REPORTS = 3
"""Reports that are told of at once; of more, only the goals are counted."""
QUOTES = 4
"""Sentences of a report's summary."""


def overview_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """The report's goals as rows, and sentences of its summary as citations; None when the archive has no such report
    or more than can be told of at once."""
    reports = holdings.within(scope)
    if not reports or len(reports) > MOST_REPORTS:
        return None
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
