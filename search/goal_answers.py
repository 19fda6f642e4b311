"""Which boards judge a goal as met, partly or not: goals by number, by status or by what their titles mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search.answer import reads_well, sentences_of
from search.citation import cite_stretch
from search.data_files import question_words, thresholds
from search.hits import Found, hit, load
from search.holdings import Holdings
from search.inside import read_statuses
from search.kinds import has_phrase, is_goal_word, starts_with
from search.near_names import Near, nearest_names
from search.question import Question
from search.records import GoalRecord
from search.retrieve import Candidate
from search.schema import Answer, Coverage, Hit
from search.scope import Scope
from search.table_rows import goal_records, rows_of_goals
from search.wording import GOALS_TOLD, goals_counted_text, goals_meant_text, no_goals_text

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
FULLY = "Uppfylls helt"
"""What "uppfylls" and "uppfyllt" alone are read as, in any question about a goal."""
TEXT = ("paragraph", "list_item")


def goal_answer(holdings: Holdings, question: Question, scope: Scope) -> Answer | None:
    """The goals that the question means with their statuses; None when it means none that the archive has.

    A list that holds no goal is told as such, with how all goals asked of are judged: the archive does answer. Where
    the question names a subject, these are the goals about it, and no row.
    """
    every = _of_kind(question, goal_records(holdings.catalogue, holdings.within(scope), scope))
    found = _asked_for(holdings, question, scope, every)
    rests_on = holdings.coverage(scope)
    if found is None:
        if question.subject or not question.filters.status:
            return None
        found = _Found((), _anyhow(holdings, question, scope), by_words=False)
    said = _said(holdings, question, found, rests_on)
    cited = found.rows or found.told if found.by_words else found.rows
    hits = _reasons(holdings, cited) if found.by_words or len(cited) <= QUOTES else ()
    return Answer(
        question=question.text,
        kind="goal_status",
        answer=said,
        language=question.language,
        rows=tuple(rows_of_goals(holdings.catalogue, holdings.by_key, holdings.page(found.rows))),
        rows_total=len(found.rows),
        citations=hits,
        coverage=rests_on,
        filters=question.filters,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """Goals that a question asks for."""

    rows: Sequence[GoalRecord]
    """None where no goal is judged as asked for."""
    told: Sequence[GoalRecord]
    """Those that the answer's text tells of; without rows those that are judged otherwise."""
    by_words: bool
    """True when they are a few that the question's words or numbers mean, False for all of a kind or status."""


def _said(holdings: Holdings, question: Question, found: _Found, rests_on: Coverage) -> str:
    if found.rows and not found.by_words:
        judged: dict[tuple[str | None, str | None, int | None], list[str | None]] = {}
        for goal in found.told:
            report = holdings.by_key[goal.report_key]
            judged.setdefault((report.district, report.board, report.year), []).append(goal.status)
        return goals_counted_text(question, judged, rests_on)
    statuses = [goal.status for goal in found.told]
    first = found.told[:GOALS_TOLD] if found.by_words else ()
    told = tuple(rows_of_goals(holdings.catalogue, holdings.by_key, first))
    return goals_meant_text(question, told) if found.rows else no_goals_text(question, statuses, rests_on, told)


def _of_kind(question: Question, goals: Sequence[GoalRecord]) -> Sequence[GoalRecord]:
    """Those of the kinds of goals that the question names, and those it names by number."""
    kinds, numbers = question.goal_kinds, question.filters.goal
    return [goal for goal in goals if goal.kind in kinds or goal.number in numbers] if kinds else goals


def _asked_for(holdings: Holdings, question: Question, scope: Scope, every: Sequence[GoalRecord]) -> _Found | None:
    words = question_words()
    if has_phrase(question.text, words.no_own_goal):
        rows = _without_own_goal(holdings, scope, every)
        return _Found(rows, rows, by_words=len(rows) <= GOALS_TOLD) if rows else None
    unjudged = has_phrase(question.text, words.unjudged)
    judged = [row for row in every if (row.status is None) == unjudged]
    numbered = [row for row in (judged if unjudged else every) if row.number in question.filters.goal]
    if numbered:
        # The goal that is asked for by its number first, then those under it.
        chosen = {row.place for row in numbered}
        under = [row for row in judged if row.place not in chosen]
        return _Found([*numbered, *under], numbered, by_words=True)
    if not unjudged and (not judged or question.group in ("district", "year")):
        # A plan judges nothing: its goals are shown with just that.
        judged = list(every)
    if question.subject and question.filters.status and not unjudged:
        return _meant_so_judged(holdings, question, scope, judged)
    if not judged:
        return None
    if not question.subject or unjudged:
        return _Found(judged, judged, by_words=False)
    rows = _meant(holdings, question, scope, judged)
    # "Varför uppfylls målet bara delvis?" is about the goal that is judged so.
    named = {status for limit in read_statuses(question.text) for status in limit.values} - {FULLY}
    rows.sort(key=lambda row: bool(named) and row.status not in named)
    return _Found(rows, rows, by_words=True) if rows else None


def _meant_so_judged(holdings: Holdings, question: Question, scope: Scope, rows: Sequence[GoalRecord]) -> _Found | None:
    """Those of `rows`, the goals that are judged as asked for, that the question means among all goals; else those that
    share its words; else how the goals that it means are judged. The goals nearest to it among `rows` alone may be
    about something else."""
    every = [row for row in _anyhow(holdings, question, scope) if row.status is not None]
    about = _meant(holdings, question, replace(scope, statuses=(), exclude_statuses=()), every)
    both = {row.place for row in about} & {row.place for row in rows}
    found = [row for row in every if row.place in both] or _meant(holdings, question, scope, rows, by_words=True)
    return _Found(found, found or about, by_words=True) if found or about else None


def _anyhow(holdings: Holdings, question: Question, scope: Scope) -> Sequence[GoalRecord]:
    """The goals in scope, however they are judged."""
    anyhow = replace(scope, statuses=(), exclude_statuses=())
    return _of_kind(question, goal_records(holdings.catalogue, holdings.within(scope), anyhow))


def _without_own_goal(holdings: Holdings, scope: Scope, rows: Sequence[GoalRecord]) -> list[GoalRecord]:
    """The council's area goals that the board has set no goal of its own under, whether they are judged or not."""
    own: set[tuple[int, int]] = set()
    for report, sections in holdings.catalogue.parents(scope.reports).items():
        for kind, parent in sections.values():
            above = parent if kind == "namndmal" else None
            while above is not None:
                own.add((report, above))
                above = sections[above][1]
    return [row for row in rows if row.kind == "verksamhetsomradesmal" and row.place not in own]


def _meant(
    holdings: Holdings, question: Question, scope: Scope, rows: Sequence[GoalRecord], *, by_words: bool = False
) -> list[GoalRecord]:
    """The goals that the question means, the likeliest first; where it asks for each district or year by itself, the
    likeliest of each. With `by_words` none whose title does not share its words."""
    if not rows:
        return []
    candidates = holdings.candidates(question.query, scope)
    under = _best_under(holdings, candidates)
    titles = list(dict.fromkeys(row.title for row in rows))
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
    if _only_attempts(question) and all(one.words < FEWEST_WORDS for one in near):
        # Whether something succeeds may be asked of much that is no goal.
        return []
    best, first = scored[0]
    if first.words < FEWEST_WORDS and (by_words or not holdings.answered(question, scope)):
        return []
    threshold = thresholds().get(holdings.encoder.name)
    margin = threshold.goals if threshold is not None else MARGIN
    if question.group in ("district", "year"):
        score = {one.name: value for value, one in scored}
        return _of_each(holdings, question.group, rows, score, best - GROUP_MARGIN)
    meant = [one.name for score, one in scored if score >= best - margin][:GOALS_SHOWN]
    return sorted((row for row in rows if row.title in meant), key=lambda row: meant.index(row.title))


def _only_attempts(question: Question) -> bool:
    """Whether the question asks what succeeds without a word for a goal: "lyckades nämnden med tryggheten?"."""
    attempt = starts_with(question.query, question_words().goal_attempts) is not None
    return attempt and not any(is_goal_word(word) for word in question.query.split())


def _of_each(
    holdings: Holdings,
    group: Literal["district", "year"],
    rows: Sequence[GoalRecord],
    score: dict[str, float],
    least: float,
) -> list[GoalRecord]:
    """The likeliest goal of each district or board, and of each of its years; none of one where none is likely."""

    def worth(row: GoalRecord) -> tuple[bool, float]:
        return row.status is not None, score[row.title]

    best: dict[tuple[str, int], GoalRecord] = {}
    for row in rows:
        report = holdings.by_key[row.report_key]
        owner = (report.district or report.board or "", report.year or 0)
        near = score.get(row.title, least - 1) >= least
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


def _reasons(holdings: Holdings, rows: Sequence[GoalRecord]) -> tuple[Hit, ...]:
    """A whole sentence under each of the first goals: the one that says how it is judged, else the first."""
    hits: list[Hit] = []
    for row in rows[:QUOTES]:
        own = holdings.catalogue.section_passages(*row.place)
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
