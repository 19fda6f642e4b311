"""Good examples and what others have done before: ranked practices with who, when and what came of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from search.answer import NEAREST, Sentence, quote_hits, reads_well, sentences_of
from search.citation import cite_passage, cite_stretch
from search.data_files import question_words
from search.hits import Found
from search.holdings import Holdings
from search.kinds import has_phrase, starts_with
from search.matches import words_nowhere
from search.near_names import shared_words
from search.question import Group, Question
from search.quotes import near_best
from search.records import IndicatorRecord, ReportRecord
from search.row_groups import grouped
from search.schema import Answer, Citation, GoodExampleRow
from search.scope import Scope
from search.wording import practices_text

PRACTICES = 5
"""Practices in an answer at most."""
PASSAGES = 8
"""Best passages that are looked at."""
INDICATOR_WORDS = 0.3
"""Share of words from which an indicator of the same goal is shown beside a practice."""
MANY_WORDS, FEW_WORDS = 0.4, 0.25
"""Where the best practice shares so many of the subject's words, others must share this part of that: chosen on 26 of
our own questions about what has been done."""
SHORT = 2
"""Words of a subject that is looked for alone: "Har någon nämnd prövat …?" would weigh more than they. Longer questions
find more as they are asked."""
AFTER, BEFORE = 3, 1
"""Sentences after and before a practice that may tell what came of it."""
SHORTEST = 4
"""Letters of a word that is told of when no text has it."""
_PURPOSE = re.compile(r"(?<=\w )(?:för att|så att|i syfte att|vars syfte)\b[^.;,]*", re.IGNORECASE)
"""What something is for: its "ska" plans nothing."""
_OPENING = re.compile(r"\W*(?:för att|i syfte att)\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\bsedan\s+(?:(?:början|slutet|mitten)\s+av\s+)?(?:(?:hösten|våren|sommaren|vintern|år|januari|februari|mars|april|maj"
    r"|juni|juli|augusti|september|oktober|november|december|\d{1,2}\s+\w+)\s+)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""What has been so since a year is there already."""
_PAST = re.compile(r"\b\w{3,}(?:ade|des|[kpst]tes)\b")
_LEADS = re.compile(
    r"\b(?:i|på|av|för|med|till|om|under|från|vid|den|det|de|en|ett|dessa|alla|andra|nya|utifrån|samt"
    r"|är|var|vara|blir|bli|blivit|blev|mer|väl)\s+\Z"
)


def precedent_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """What boards have done or plan of the kind that is asked for; None when nothing is near enough to say so."""
    subject = question.subject or ""
    looked_for = replace(question, query=subject) if 0 < len(subject.split()) <= SHORT else question
    candidates = holdings.candidates(looked_for.query, scope)
    if not candidates or not holdings.answered(question, scope):
        return None
    sentences = holdings.sentences(looked_for, candidates, PASSAGES)
    first: dict[int, Sentence] = {}
    for sentence in near_best(sentences):
        first.setdefault(sentence.found.passage.key, sentence)
    chosen = _on_subject(question, list(first.values()))[:PRACTICES]
    examples = _in_examples(holdings, [s.found for s in chosen])
    rows = [_row(holdings, question, sentence, explicit=sentence.found.passage.key in examples) for sentence in chosen]
    asks_outcome = starts_with(question.text, question_words().outcomes) is not None
    # What was done answers a question about what was done before; plans come after, in the same order. A question about
    # plans has them first.
    last = has_phrase(question.text, question_words().plans)
    order = sorted(range(len(rows)), key=lambda i: (rows[i].done is last, asks_outcome and rows[i].outcome is None))
    order = _in_groups(rows, order, question.group)
    told = [rows[i] for i in order]
    rests_on = holdings.coverage(scope)
    hits = quote_hits(question.query, [chosen[i] for i in order])
    nowhere = _nowhere(holdings, question, scope)
    return Answer(
        question=question.text,
        kind="good_examples",
        answer=practices_text(question, told, hits[:NEAREST], rests_on, nowhere),
        language=question.language,
        rows=tuple(told),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


def _on_subject(question: Question, found: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of passages that share words with the subject; all of them where none shares many, or where the
    words are English."""
    texts = [one.found.passage.text for one in found]
    shares = shared_words(question.subject or question.query, texts, english=question.language == "en")
    most = max(shares.values(), default=0.0)
    if most < MANY_WORDS or question.language == "en":
        return list(found)
    return [one for one, text in zip(found, texts, strict=True) if shares[text] >= FEW_WORDS * most]


def _in_groups(rows: Sequence[GoodExampleRow], order: Sequence[int], group: Group | None) -> list[int]:
    """The order with the rows of each group together, where the question asks for each by itself."""
    if group is None:
        return list(order)
    place = {id(row): i for i, row in enumerate(rows)}
    return [place[id(row)] for row in grouped([rows[i] for i in order], group)]


def _nowhere(holdings: Holdings, question: Question, scope: Scope) -> list[str]:
    """The words of what is asked for that no text in scope has; English ones are translated and tell nothing."""
    if question.language == "en":
        return []
    known = {word for phrase in question_words().precedent_fillers for word in phrase.split()}
    words = words_nowhere(
        question.subject or question.query, scope, catalogue=holdings.catalogue, vectors=holdings.vectors
    )
    return [word for word in words if len(word) >= SHORTEST and word.lower() not in known]


def is_done(report: ReportRecord, part: str | None, text: str) -> bool | None:
    """Whether a text tells of what was done or is under way (True) or of what is planned (False), by its own words, the
    part it stands in and the type of its report; None where these do not tell."""
    words = question_words()
    # "För att … ska nämnden …" plans; "… för att alla ska …" says what something is for.
    said = text if _OPENING.match(text) else _PURPOSE.sub("", text)
    planned = has_phrase(said, words.planned)
    done = has_phrase(text, words.done) or _past(text) or _SINCE.search(text) is not None
    if planned != done:
        return done
    if (part or "").lower() in words.planned_parts or report.type in words.planned_types:
        return False
    return True if done else None


def _past(text: str) -> bool:
    """A verb in the past tense: "ordnades", "provade"; "hade" and the like are among the cue words. A word that leads a
    noun ("i planerade promenader", "den reviderade planen") is none."""
    return any(_LEADS.search(text[: match.start()].lower()) is None for match in _PAST.finditer(text.lower()))


def outcome_of(found: Found, start: int, end: int) -> Citation | None:
    """The sentence that tells what came of the one quoted: the nearest after it in the passage that does, else the
    nearest before it; None without one near by."""
    spans = sentences_of(found)
    place = next((i for i, span in enumerate(spans) if span == (start, end)), None)
    if place is None:
        return None
    ahead = [spans[i] for i in range(place + 1, min(place + 1 + AFTER, len(spans)))]
    behind = [spans[i] for i in range(place - 1, max(place - 1 - BEFORE, -1), -1)]
    for a, b in (*ahead, *behind):
        text = found.passage.text[a:b]
        told = has_phrase(text, question_words().results) and not has_phrase(text, question_words().no_results)
        if told and reads_well(found, a, b, figures=True):
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
