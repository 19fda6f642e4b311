"""Figures: rows of indicators by what their names mean, and numbers in running text where no indicator has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.words import lemma, search_terms, tokenize
from search.amounts import measure_asked, measure_of
from search.answer import SENTENCES, Sentence, quote_hits
from search.data_files import thresholds
from search.figure_rows import is_other_row, other_row
from search.hits import hit, load
from search.holdings import Holdings
from search.near_names import Near, beside_names, nearest_names, said_whole
from search.question import Question
from search.records import IndicatorRecord
from search.retrieve import Candidate
from search.row_order import by_value, end_asked
from search.schema import Answer, Hit, IndicatorRow
from search.scope import Scope
from search.table_rows import indicator_records, rows_of_indicators
from search.wording import figures_text

SURE_WORDS = 0.6
"""Share of words from which an indicator is meant whatever its cosine."""
SOME_WORDS = 0.35
"""Share of words that tells that an indicator is meant when its cosine is high enough, too (`thresholds.yaml`)."""
MARGIN = 0.05
"""How much less near than the nearest indicator another may be and still be shown."""
ROW_MARGIN = 2.0
"""How much worse than the best sentence or row the row of an indicator that is shown may answer, in the scores of
`search.figure_scores`: chosen on our own questions about reports 000 and 003."""
WORDS_WEIGHT = 0.15
SENTENCE_MARGIN = 1.5
"""How much worse than the best row the best sentence of running text may answer and still come before the rows."""
INDICATORS_SHOWN = 3
ROWS_SHOWN = 3
"""Indicators, with all their rows, and rows of other tables."""
FIGURE_PASSAGES = 12
"""Passages whose sentences are looked at for a figure."""


def figure_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """Rows of the indicators that are meant, rows of other tables and the figures in running text; the best sentence is
    the first citation unless a row answers much better. None when the archive has no such row."""
    if _names_tell(question):
        # Both are kept, and to read them together takes three quarters of the time.
        held = holdings.catalogue.indicator_names(scope.reports)
        holdings.encoder.encode_queries([question.query, beside_names(question.query, held)])
    candidates = holdings.candidates(question.query, scope)
    answered = holdings.answered(question, scope)
    told = holdings.sentences(question, candidates, FIGURE_PASSAGES, for_figure=True) if answered else []
    told_rows = [one for one in told if _is_row(one)]
    names = _said_indicators(holdings, question, scope, candidates)
    led_by_row = bool(told_rows) and told_rows[0] is told[0] and not _is_lone_word(question)
    led_by_row = led_by_row and _shares_word(question, told[0])
    if not (question.figures or question.kind == "indicator" or names or led_by_row):
        return None
    asked = measure_asked(question.text)
    names = [name for name in names if asked is None or measure_of(name) in (asked, None)]
    near = [one for one in told_rows if one.score >= told[0].score - ROW_MARGIN]
    found = _found(holdings, question, scope, names, near)
    if not found:
        return None
    # Later pages of rows are told with the same words and sources as the first.
    page = holdings.page(found)
    rows = _rows(holdings, question, found[: len(page)] if not holdings.first_row else found[:SENTENCES])
    rests_on = holdings.coverage(scope)
    texts = [one for one in told if one not in told_rows and one.score >= told[0].score - SENTENCE_MARGIN]
    # Who asks for an indicator and no amount reads its row first.
    first = texts[:1] if question.figures else []
    hits = _hits(holdings, question, rows, first, told[:SENTENCES])
    shown = [one.row for one in rows]
    later = [one.row for one in _rows(holdings, question, page)] if holdings.first_row else shown
    said = figures_text(question, shown, len(found), rests_on, led_by=hits[: len(first)])
    return Answer(
        question=question.text,
        kind="indicator",
        answer=said,
        language=question.language,
        rows=tuple(later),
        rows_total=len(found),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the answer."""

    row: IndicatorRow
    made_of: IndicatorRecord | Sentence
    """The indicator's record, or the row of another table."""


def _found(
    holdings: Holdings, question: Question, scope: Scope, names: Sequence[str], near: Sequence[Sentence]
) -> list[IndicatorRecord | Sentence]:
    """The rows of the first few of: `near`, which answer about as well as the best sentence, and the indicators that
    the question names. These come first when it asks for an indicator outright."""
    ranked: list[str | Sentence] = []
    named_at = holdings.catalogue.indicators_at([_place(one) for one in near])
    for one in near:
        of_indicators = named_at.get(_place(one), ())
        if of_indicators:
            ranked += [name for name in of_indicators if name not in ranked]
        elif question.kind != "indicator":
            # Who asks for an indicator outright does not want the budget.
            ranked.append(one)
    named: list[str | Sentence] = list(dict.fromkeys(names))
    first, then = (named, ranked) if question.kind == "indicator" else (ranked, named)
    shown = [*first, *(one for one in then if one not in first)][:ROWS_SHOWN]
    wanted = [one for one in shown if isinstance(one, str)]
    by_name: dict[str, list[IndicatorRecord]] = {name: [] for name in wanted}
    for row in _series(holdings, scope, wanted, by_year=question.group == "year") if wanted else ():
        by_name[row.name].append(row)
    end = None if question.group else end_asked(question.text)
    rows: list[IndicatorRecord | Sentence] = []
    for chosen in shown:
        rows += by_value(by_name[chosen], end) if isinstance(chosen, str) else [chosen]
    return rows


def _rows(holdings: Holdings, question: Question, found: Sequence[IndicatorRecord | Sentence]) -> list[_Row]:
    """What was found, with citations."""
    records = [one for one in found if isinstance(one, IndicatorRecord)]
    made = iter(tuple(rows_of_indicators(holdings.catalogue, holdings.by_key, records)))
    return [
        _Row(next(made) if isinstance(one, IndicatorRecord) else other_row(one, question.text), one) for one in found
    ]


def _shares_word(question: Question, one: Sentence) -> bool:
    """Whether a row has a word that the question searches for, so that likeness alone puts no figures before a text."""
    shared = set(search_terms(question.query)).intersection(search_terms(one.found.passage.text))
    return any(not term.isdigit() for term in shared)


def _place(one: Sentence) -> tuple[int, int]:
    return one.found.report.key, one.found.passage.position


def _is_row(one: Sentence) -> bool:
    return one.found.passage.kind == "indicator" or is_other_row(one)


def _said_indicators(
    holdings: Holdings, question: Question, scope: Scope, candidates: Sequence[Candidate]
) -> list[str]:
    """The indicators that the question names in its own words, the nearest first."""
    names = meant_indicators(holdings, question, scope, candidates) if _names_tell(question) else []
    held = holdings.catalogue.indicator_names(scope.reports)
    if _is_lone_word(question):
        return [name for name in names if _first_word(name) == _first_word(question.query)]
    return names + said_whole(question.subject or question.query, held, english=question.language == "en")


def _names_tell(question: Question) -> bool:
    """Whether the names of indicators are looked at: English words match too many Swedish names, so that passages are
    better unless an indicator is asked for outright."""
    return question.language == "sv" or question.kind == "indicator"


def _is_lone_word(question: Question) -> bool:
    """Whether the question is one word: a subject to read about, unless an indicator is called so."""
    return len(tokenize(question.query)) == 1 and not question.figures and question.kind != "indicator"


def _first_word(name: str) -> str:
    return next((lemma(token.text.lower()) for token in tokenize(name)), "")


def meant_indicators(
    holdings: Holdings, question: Question, scope: Scope, candidates: Sequence[Candidate] = ()
) -> list[str]:
    """The names of the indicators that a question means, the nearest first; none when none is near enough."""
    names = holdings.catalogue.indicator_names(scope.reports)
    rows = [c.passage for c in candidates if c.passage.kind == "indicator"]
    likely = holdings.catalogue.indicators_of([(p.report_key, p.position) for p in rows])
    near = nearest_names(
        question.subject or question.query,
        names,
        holdings.near,
        holdings.encoder,
        english=question.language == "en",
        likely=likely,
        query=question.query,
        least=SOME_WORDS,
    )
    scored = sorted(((_score(one), one) for one in near), key=lambda pair: (-pair[0], pair[1].name))
    if not scored or not _is_meant(scored[0][1], holdings.encoder.name):
        return []
    best = scored[0][0]
    return [one.name for score, one in scored if score >= best - MARGIN and _is_meant(one, holdings.encoder.name)][
        :INDICATORS_SHOWN
    ]


def _score(one: Near) -> float:
    return (one.meaning or 0.0) + WORDS_WEIGHT * one.words


def _is_meant(one: Near, encoder: str) -> bool:
    if one.words >= SURE_WORDS:
        return True
    threshold = thresholds().get(encoder)
    return one.words >= SOME_WORDS and threshold is not None and (one.meaning or 0.0) >= threshold.name


def series(holdings: Holdings, scope: Scope, names: Sequence[str]) -> list[IndicatorRow]:
    """Every row of the indicators in scope: in the order of the names, then by district or board, year and period."""
    return list(rows_of_indicators(holdings.catalogue, holdings.by_key, _series(holdings, scope, names)))


def _series(holdings: Holdings, scope: Scope, names: Sequence[str], *, by_year: bool = False) -> list[IndicatorRecord]:
    """The same, as little as is needed to put them in order; with `by_year` by year before district."""
    order = {name: place for place, name in enumerate(names)}

    def place(row: IndicatorRecord) -> tuple[int, int, str, int, str, str]:
        report = holdings.by_key[row.report_key]
        year, owner = report.year or 0, report.district or report.board or ""
        return order[row.name], year if by_year else 0, owner, year, row.period or "", report.id

    return sorted(indicator_records(holdings.catalogue, holdings.within(scope), scope, names=set(names)), key=place)


def _hits(
    holdings: Holdings,
    question: Question,
    rows: Sequence[_Row],
    first: Sequence[Sentence],
    told: Sequence[Sentence],
) -> tuple[Hit, ...]:
    """The sentence that comes first, the first rows as passages, then other sentences."""
    shown = rows[:SENTENCES]
    places = [
        (one.made_of.report_key, one.made_of.passage) for one in shown if isinstance(one.made_of, IndicatorRecord)
    ]
    found = load(holdings.catalogue, list(holdings.catalogue.passages_at(places).values()), holdings.by_key)
    whole = {(one.passage.report_key, one.passage.position): hit(one, 1, 1.0) for one in found}
    quoted = [*first, *(one.made_of for one in shown if isinstance(one.made_of, Sentence))]
    passages = {hit.passage_id for hit in whole.values()}
    more = [s for s in told if s not in quoted and s.found.passage.id not in passages][:2]
    of_text = iter(quote_hits(question.query, [*quoted, *more]))
    hits = [next(of_text) for _ in first]
    for one in shown:
        made_of = one.made_of
        hits.append(next(of_text) if isinstance(made_of, Sentence) else whole[made_of.report_key, made_of.passage])
    hits += of_text
    return tuple(one.model_copy(update={"rank": place}) for place, one in enumerate(hits, 1))
