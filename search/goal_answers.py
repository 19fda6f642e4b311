"""Which boards judge a goal as met, partly or not: goals by number, by status or by what their titles mean."""

from collections.abc import Sequence

from search.answer import is_answered, reads_well, sentences_of
from search.citation import cite_stretch
from search.data_files import question_words, thresholds
from search.hits import hit, load
from search.holdings import Holdings
from search.kinds import has_phrase
from search.near_names import Near, nearest_names
from search.question import Question
from search.records import PassageRecord
from search.retrieve import Candidate, retrieve
from search.schema import Answer, GoalStatusRow, Hit
from search.scope import Scope
from search.table_rows import goal_rows
from search.wording import goals_text

GOALS_SHOWN = 3
"""Goals that a question in other words than their titles may mean."""
MARGIN = 0.04
"""How much less near than the nearest goal another may be and still be shown, where `thresholds.yaml` does not say."""
WORDS_WEIGHT = 0.15
PASSAGE_WEIGHT = 0.02
"""Weights beside the cosine of a goal's title: of shared words (0 … 1), and of the best passage under it (z-score)."""
FEWEST_WORDS = 0.25
"""A goal is meant when its title shares this much with the question, or when the passages answer it."""
QUOTES = 4


def goal_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """The goals that the question means with their statuses; None when it means none that the archive has."""
    every = list(goal_rows(holdings.catalogue, holdings.within(scope), scope))
    unjudged = has_phrase(question.text, question_words().unjudged)
    judged = [row for row in every if (row.status is None) == unjudged]
    if not judged:
        return None
    rows, chosen = judged, False
    if question.subject and not unjudged:
        meant = _meant(holdings, question, scope, judged)
        if not meant:
            return None
        order = {title: place for place, title in enumerate(meant)}
        rows = sorted((row for row in judged if row.goal.title in order), key=lambda row: order[row.goal.title])
        chosen = True
    rests_on = holdings.coverage(scope)
    hits = _reasons(holdings, rows) if chosen or len(rows) <= QUOTES else ()
    return Answer(
        question=question.text,
        kind="goal_status",
        answer=goals_text(question, rows, rests_on, chosen=chosen),
        language=question.language,
        rows=tuple(rows),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


def _meant(holdings: Holdings, question: Question, scope: Scope, rows: Sequence[GoalStatusRow]) -> list[str]:
    """The titles that the question means, the likeliest first."""
    candidates = retrieve(
        question.query,
        scope,
        catalogue=holdings.catalogue,
        vectors=holdings.vectors,
        encoder=holdings.encoder,
    )
    under = _best_under(holdings, candidates)
    titles = list(dict.fromkeys(row.goal.title for row in rows))
    near = nearest_names(
        question.subject or question.query,
        titles,
        holdings.near,
        holdings.encoder,
        english=question.language == "en",
        likely=sorted(under, key=lambda title: -under[title]),
        query=question.query,
    )
    scored = sorted(((_score(one, under), one) for one in near), key=lambda pair: (-pair[0], pair[1].name))
    best, first = scored[0]
    if first.words < FEWEST_WORDS and not is_answered(candidates, question.language, holdings.encoder.name):
        return []
    threshold = thresholds().get(holdings.encoder.name)
    margin = threshold.goals if threshold is not None else MARGIN
    return [one.name for score, one in scored if score >= best - margin][:GOALS_SHOWN]


def _score(one: Near, under: dict[str, float]) -> float:
    lowest = min(under.values(), default=0.0)
    return (one.meaning or 0.0) + WORDS_WEIGHT * one.words + PASSAGE_WEIGHT * under.get(one.name, lowest)


def _best_under(holdings: Holdings, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Titles of sections with the score of the best passage right under them."""
    sections = holdings.catalogue.sections_of([(c.passage.report_key, c.passage.section) for c in candidates])
    best: dict[str, float] = {}
    for candidate in candidates:
        title = sections[(candidate.passage.report_key, candidate.passage.section)].title
        best[title] = max(best.get(title, candidate.score), candidate.score)
    return best


def _reasons(holdings: Holdings, rows: Sequence[GoalStatusRow]) -> tuple[Hit, ...]:
    """The first whole sentence under each of the first goals: why the board judges as it does."""
    by_id = {report.id: report for report in holdings.reports}
    first: list[PassageRecord] = []
    for row in rows[:QUOTES]:
        own = holdings.catalogue.section_passages(by_id[row.report].key, row.section_id)
        first += [passage for passage in own if passage.kind in ("paragraph", "list_item")][:1]
    hits: list[Hit] = []
    for found in load(holdings.catalogue, first, holdings.by_key):
        whole = [span for span in sentences_of(found) if reads_well(found, *span, figures=True)]
        start, end = whole[0] if whole else (0, len(found.passage.text))
        cited = cite_stretch(found.report, found.section, found.passage, start, end)
        hits.append(hit(found, len(hits) + 1, 1.0).model_copy(update={"citation": cited}))
    return tuple(hits)
