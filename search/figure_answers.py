"""Figures: rows of indicators by what their names mean, and numbers in running text where no indicator has them."""

from collections.abc import Sequence

from search.answer import SENTENCES, is_answered, quote_hits
from search.hits import hit, load
from search.holdings import Holdings
from search.near_names import Near, nearest_names
from search.question import Question
from search.retrieve import Candidate, retrieve
from search.schema import Answer, Hit, IndicatorRow
from search.scope import Scope
from search.table_rows import indicator_rows
from search.wording import figures_text

SURE_WORDS = 0.6
"""Share of words from which an indicator is meant whatever its cosine."""
SOME_WORDS, LEAST_NEAR = 0.35, 0.85
"""Share of words and cosine that together tell that an indicator is meant."""
MARGIN = 0.05
"""How much less near than the nearest indicator another may be and still be shown."""
WORDS_WEIGHT = 0.15
INDICATORS_SHOWN = 3
FIGURE_PASSAGES = 8
"""Passages whose sentences are looked at for a figure."""


def figure_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """Rows of the indicators that are meant, the nearest first, and the figures in running text after them; None when
    the archive has no such indicator."""
    candidates = retrieve(
        question.query,
        scope,
        catalogue=holdings.catalogue,
        vectors=holdings.vectors,
        encoder=holdings.encoder,
    )
    # English words match too many Swedish names: passages answer better unless an indicator is asked for outright.
    sure = question.language == "sv" or question.kind == "indicator"
    names = meant_indicators(holdings, question, scope, candidates) if sure else []
    if not names:
        return None
    rows = series(holdings, scope, names)
    if not rows:
        return None
    rests_on = holdings.coverage(scope)
    return Answer(
        question=question.text,
        kind="indicator",
        answer=figures_text(question, rows, rests_on),
        language=question.language,
        rows=tuple(rows),
        citations=_hits(holdings, question, rows, candidates),
        coverage=rests_on,
        filters=question.filters,
    )


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
    )
    scored = sorted(((_score(one), one) for one in near), key=lambda pair: (-pair[0], pair[1].name))
    if not scored or not _is_meant(scored[0][1]):
        return []
    best = scored[0][0]
    return [one.name for score, one in scored if score >= best - MARGIN and _is_meant(one)][:INDICATORS_SHOWN]


def _score(one: Near) -> float:
    return (one.meaning or 0.0) + WORDS_WEIGHT * one.words


def _is_meant(one: Near) -> bool:
    return one.words >= SURE_WORDS or (one.words >= SOME_WORDS and (one.meaning or 0.0) >= LEAST_NEAR)


def series(holdings: Holdings, scope: Scope, names: Sequence[str]) -> list[IndicatorRow]:
    """Every row of the indicators in scope: in the order of the names, then by district or board, year and period."""
    order = {name: place for place, name in enumerate(names)}
    rows = [
        row
        for row in indicator_rows(holdings.catalogue, holdings.within(scope), scope, names=frozenset(names))
        if row.name in order
    ]
    return sorted(
        rows,
        key=lambda r: (order[r.name], r.district or r.board or "", r.year or 0, r.period or "", r.report),
    )


def _hits(
    holdings: Holdings, question: Question, rows: Sequence[IndicatorRow], candidates: Sequence[Candidate]
) -> tuple[Hit, ...]:
    """The first rows as passages, then sentences with figures."""
    wanted = [row.passage_id for row in rows[:SENTENCES] if row.passage_id]
    passages = [p for p in (holdings.catalogue.passage(one) for one in wanted) if p is not None]
    found = load(holdings.catalogue, passages, holdings.by_key)
    hits = [hit(one, rank, 1.0) for rank, one in enumerate(found, 1)]
    if is_answered(candidates, question.language, holdings.encoder.name):
        sentences = holdings.sentences(question, candidates, FIGURE_PASSAGES)
        quoted = quote_hits(question.query, [s for s in sentences if s.found.passage.id not in set(wanted)][:2])
        hits += [one.model_copy(update={"rank": len(hits) + place}) for place, one in enumerate(quoted, 1)]
    return tuple(hits)
