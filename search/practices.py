"""Good examples and what others have done before: ranked practices with who, when and what came of it."""

import re
from collections.abc import Sequence

from search.answer import NEAREST, Sentence, quote_hits, reads_well, sentences_of
from search.citation import cite_passage, cite_stretch
from search.data_files import question_words
from search.hits import Found
from search.holdings import Holdings
from search.kinds import has_phrase
from search.near_names import shared_words
from search.question import Question
from search.records import IndicatorRecord, ReportRecord
from search.schema import Answer, Citation, GoodExampleRow
from search.scope import Scope
from search.wording import practices_text

PRACTICES = 5
"""Practices in an answer at most."""
PASSAGES = 8
"""Best passages that are looked at."""
INDICATOR_WORDS = 0.3
"""Share of words from which an indicator of the same goal is shown beside a practice."""


def precedent_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """What boards have done or plan of the kind that is asked for; None when nothing is near enough to say so."""
    candidates = holdings.candidates(question.query, scope)
    if not candidates or not holdings.answered(question, scope):
        return None
    sentences = holdings.sentences(question, candidates, PASSAGES)
    first: dict[int, Sentence] = {}
    for sentence in sentences:
        first.setdefault(sentence.found.passage.key, sentence)
    chosen = list(first.values())[:PRACTICES]
    examples = _in_examples(holdings, [s.found for s in chosen])
    rows = [_row(holdings, question, sentence, explicit=sentence.found.passage.key in examples) for sentence in chosen]
    # What was done answers a question about what was done before; plans come after, in the same order.
    order = sorted(range(len(rows)), key=lambda i: rows[i].done is False)
    rests_on = holdings.coverage(scope)
    hits = quote_hits(question.query, [chosen[i] for i in order])
    return Answer(
        question=question.text,
        kind="good_examples",
        answer=practices_text(question, [rows[i] for i in order], hits[:NEAREST], rests_on),
        language=question.language,
        rows=tuple(rows[i] for i in order),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


def is_done(report: ReportRecord, part: str | None, text: str) -> bool | None:
    """Whether a text tells of what was done (True) or of what is planned (False), by its own words, the part it stands
    in and the type of its report; None where these do not tell."""
    words = question_words()
    planned, done = has_phrase(text, words.planned), has_phrase(text, words.done) or _past(text)
    if planned != done:
        return done
    if (part or "").lower() in words.planned_parts or report.type in words.planned_types:
        return False
    return True if done else None


def _past(text: str) -> bool:
    """A verb in the past tense: "ordnades", "provade"; "hade" and the like are among the cue words."""
    return re.search(r"\w{3,}(?:ades|ade|erades|erade)\b", text.lower()) is not None


def outcome_of(found: Found, start: int, end: int) -> Citation | None:
    """The sentence of the passage, other than the one quoted, that tells what came of it; None without one."""
    for a, b in sentences_of(found):
        text = found.passage.text[a:b]
        if (
            (a, b) != (start, end)
            and has_phrase(text, question_words().results)
            and reads_well(found, a, b, figures=True)
        ):
            return cite_stretch(found.report, found.section, found.passage, a, b)
    return None


def _row(holdings: Holdings, question: Question, sentence: Sentence, *, explicit: bool) -> GoodExampleRow:
    found = sentence.found
    cited = cite_stretch(found.report, found.section, found.passage, sentence.start, sentence.end)
    said = found.passage.text[sentence.start : sentence.end].strip()
    return GoodExampleRow(
        district=found.report.district,
        report=found.report.id,
        goal_number=found.section.goal_number,
        summary=said,
        unit=None,
        explicit=explicit,
        citation=cited,
        board=found.report.board,
        year=found.report.year,
        report_id=found.report.id,
        passage_id=found.passage.id,
        done=is_done(found.report, found.passage.part, said),
        outcome=outcome_of(found, sentence.start, sentence.end),
        indicator=_indicator(holdings, question, found),
        goal_status=found.section.judged,
    )


def _indicator(holdings: Holdings, question: Question, found: Found) -> Citation | None:
    """The indicator of the same goal whose name shares most with what is asked; None when none shares enough."""
    own: list[IndicatorRecord] = [
        row
        for row in holdings.catalogue.indicators([found.report.key])
        if row.goal_number is not None and row.goal_number == found.section.goal_number
    ]
    shares = shared_words(question.query, [row.name for row in own], english=question.language == "en")
    best = max(own, key=lambda row: shares[row.name], default=None)
    if best is None or shares[best.name] < INDICATOR_WORDS:
        return None
    where = (found.report.key, best.passage)
    passage = holdings.catalogue.passages_at([where])[where]
    section = holdings.catalogue.sections_of([(found.report.key, passage.section)])
    return cite_passage(found.report, section[(found.report.key, passage.section)], passage)


def _in_examples(holdings: Holdings, found: Sequence[Found]) -> set[int]:
    """Keys of the passages that their reports present as good examples."""
    keys: set[int] = set()
    for report in {one.report.key for one in found}:
        held = {place for row in holdings.catalogue.good_examples([report]) for place in row.passages}
        keys |= {one.passage.key for one in found if one.report.key == report and one.passage.position in held}
    return keys
