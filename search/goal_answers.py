"""Which boards judge a goal as met, partly or not: goals by number, by status or by what their titles mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.answer import reads_well, sentences_of
from search.citation import cite_stretch
from search.data_files import question_words, thresholds
from search.hits import Found, hit, load
from search.holdings import Holdings
from search.kinds import has_phrase
from search.near_names import Near, nearest_names
from search.question import Question
from search.retrieve import Candidate
from search.schema import Answer, GoalStatusRow, Hit
from search.scope import Scope
from search.table_rows import goal_rows
from search.wording import GOALS_TOLD, goals_text, no_goals_text

GOALS_SHOWN = 3
"""Goals that a question in other words than their titles may mean."""
MARGIN = 0.04
"""How much less near than the nearest goal another may be and still be shown, where `thresholds.yaml` does not say."""
GROUP_MARGIN = 0.2
"""The same for the likeliest goal of a district or year that the question asks for by itself."""
WORDS_WEIGHT = 0.15
PASSAGE_WEIGHT = 0.02
"""Weights beside the cosine of a goal's title: of shared words (0 … 1), and of the best passage under it (z-score)."""
FEWEST_WORDS = 0.25
"""A goal is meant when its title shares this much with the question, or when the passages answer it."""
QUOTES = 4
TEXT = ("paragraph", "list_item")


def goal_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """The goals that the question means with their statuses; None when it means none that the archive has.

    A list that holds no goal is told as such, with how all goals asked of are judged: the archive does answer.
    """
    every = _of_kind(question, goal_rows(holdings.catalogue, holdings.within(scope), scope))
    found = _asked_for(holdings, question, scope, every)
    rests_on = holdings.coverage(scope)
    if found is None:
        if question.subject or not question.filters.status:
            return None
        anyhow = replace(scope, statuses=(), exclude_statuses=())
        others = _of_kind(question, goal_rows(holdings.catalogue, holdings.within(scope), anyhow))
        found = _Found((), (), by_words=False)
        said = no_goals_text(question, others, rests_on)
    else:
        said = goals_text(question, found.told, rests_on, chosen=found.by_words)
    hits = _reasons(holdings, found.rows) if found.by_words or len(found.rows) <= QUOTES else ()
    return Answer(
        question=question.text,
        kind="goal_status",
        answer=said,
        language=question.language,
        rows=tuple(found.rows),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Goals that a question asks for."""

    rows: Sequence[GoalStatusRow]
    told: Sequence[GoalStatusRow]
    """Those that the answer's text tells of."""
    by_words: bool
    """True when they are a few that the question's words or numbers mean, False for all of a kind or status."""


def _of_kind(question: Question, rows: Iterable[GoalStatusRow]) -> list[GoalStatusRow]:
    """The rows of the kinds of goals that the question names, and those it names by number."""
    kinds, numbers = question.goal_kinds, question.filters.goal
    return [row for row in rows if not kinds or row.goal.kind in kinds or row.goal.number in numbers]


def _asked_for(holdings: Holdings, question: Question, scope: Scope, every: Sequence[GoalStatusRow]) -> _Found | None:
    words = question_words()
    if has_phrase(question.text, words.no_own_goal):
        rows = _without_own_goal(holdings, scope, every)
        return _Found(rows, rows, by_words=len(rows) <= GOALS_TOLD) if rows else None
    unjudged = has_phrase(question.text, words.unjudged)
    judged = [row for row in every if (row.status is None) == unjudged]
    numbered = [row for row in (judged if unjudged else every) if row.goal.number in question.filters.goal]
    if numbered:
        # The goal that is asked for by its number first, then those under it.
        under = [row for row in judged if row not in numbered]
        return _Found([*numbered, *under], numbered, by_words=True)
    if not unjudged and (not judged or question.group in ("district", "year")):
        # A plan judges nothing: its goals are shown with just that.
        judged = list(every)
    if not judged:
        return None
    if not question.subject or unjudged:
        return _Found(judged, judged, by_words=False)
    rows = _meant(holdings, question, scope, judged)
    return _Found(rows, rows, by_words=True) if rows else None


def _without_own_goal(holdings: Holdings, scope: Scope, rows: Sequence[GoalStatusRow]) -> list[GoalStatusRow]:
    """The council's area goals that the board has set no goal of its own under, whether they are judged or not."""
    own: set[tuple[str, int]] = set()
    for report in holdings.within(scope):
        sections = {section.position: section for section in holdings.catalogue.sections(report.key)}
        for section in sections.values():
            above = section.parent if section.kind == "namndmal" else None
            while above is not None:
                own.add((report.id, above))
                above = sections[above].parent
    return [row for row in rows if row.goal.kind == "verksamhetsomradesmal" and (row.report, row.section_id) not in own]


def _meant(holdings: Holdings, question: Question, scope: Scope, rows: Sequence[GoalStatusRow]) -> list[GoalStatusRow]:
    """The goals that the question means, the likeliest first; where it asks for each district or year by itself, the
    likeliest of each."""
    candidates = holdings.candidates(question.query, scope)
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
    if first.words < FEWEST_WORDS and not holdings.answered(question, scope):
        return []
    threshold = thresholds().get(holdings.encoder.name)
    margin = threshold.goals if threshold is not None else MARGIN
    if question.group in ("district", "year"):
        score = {one.name: value for value, one in scored}
        return _of_each(question.group, rows, score, best - GROUP_MARGIN)
    meant = [one.name for score, one in scored if score >= best - margin][:GOALS_SHOWN]
    return sorted((row for row in rows if row.goal.title in meant), key=lambda row: meant.index(row.goal.title))


def _of_each(
    group: Literal["district", "year"], rows: Sequence[GoalStatusRow], score: dict[str, float], least: float
) -> list[GoalStatusRow]:
    """The likeliest goal of each district or board, and of each of its years; none of one where none is likely."""

    def worth(row: GoalStatusRow) -> tuple[bool, float]:
        return row.status is not None, score[row.goal.title]

    best: dict[tuple[str, int], GoalStatusRow] = {}
    for row in rows:
        owner = (row.district or row.board or "", row.year or 0)
        near = score.get(row.goal.title, least - 1) >= least
        if near and (owner not in best or worth(row) > worth(best[owner])):
            best[owner] = row
    by_year = group == "year"
    return [best[owner] for owner in sorted(best, key=lambda owner: (owner[1], owner[0]) if by_year else owner)]


def _score(one: Near, under: dict[str, float]) -> float:
    lowest = min(under.values(), default=0.0)
    return (one.meaning or 0.0) + WORDS_WEIGHT * one.words + PASSAGE_WEIGHT * under.get(one.name, lowest)


def _best_under(holdings: Holdings, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Titles of sections with the score of the best passage right under them."""
    sections = holdings.catalogue.sections_over([c.passage.key for c in candidates])
    best: dict[str, float] = {}
    for candidate in candidates:
        title = sections[candidate.passage.key].title
        best[title] = max(best.get(title, candidate.score), candidate.score)
    return best


def _reasons(holdings: Holdings, rows: Sequence[GoalStatusRow]) -> tuple[Hit, ...]:
    """A whole sentence under each of the first goals: the one that says how it is judged, else the first."""
    by_id = {report.id: report for report in holdings.reports}
    hits: list[Hit] = []
    for row in rows[:QUOTES]:
        own = holdings.catalogue.section_passages(by_id[row.report].key, row.section_id)
        said = _reason(load(holdings.catalogue, [p for p in own if p.kind in TEXT], holdings.by_key))
        if said is not None:
            found, start, end = said
            cited = cite_stretch(found.report, found.section, found.passage, start, end)
            hits.append(hit(found, len(hits) + 1, 1.0).model_copy(update={"citation": cited}))
    return tuple(hits)


def _reason(passages: Sequence[Found]) -> tuple[Found, int, int] | None:
    """The first whole sentence with words of judging, else the first whole one, else the first passage."""
    whole = [(one, *span) for one in passages for span in sentences_of(one) if reads_well(one, *span, figures=True)]
    for one, start, end in whole:
        if has_phrase(one.passage.text[start:end], question_words().judging):
            return one, start, end
    if whole:
        return whole[0]
    return (passages[0], 0, len(passages[0].passage.text)) if passages else None
