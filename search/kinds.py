"""Which kind of answer a question wants, and what it is about."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from models.words import english_stop_words, stop_words
from search.asked_names import strip_endings
from search.data_files import filter_words, question_words
from search.limits import Limit, either

Kind = Literal["mentions", "passages", "goal_status", "indicator", "good_examples", "precedent", "overview"]
_ENDS = " ?!.,;:"


def kind_of(rest: str, body: str, limits: Sequence[Limit]) -> Kind:
    """The kind of a question that asks for no mentions. `rest` is it without its limits, `body` with them."""
    words = question_words()
    if _is_overview(rest, limits):
        return "overview"
    if has_phrase(rest, words.goal_status) or (_speaks_of_goals(rest, limits) and has_phrase(body, words.judgements)):
        return "goal_status"
    if has_phrase(rest, words.good_examples):
        return "good_examples"
    if has_phrase(rest, words.indicators):
        return "indicator"
    if starts_with(rest, words.precedents) is not None:
        return "precedent"
    return "passages"


def subject_of(kind: Kind, rest: str) -> str | None:
    """What the question is about: its words without those that every question of the kind may have."""
    words = question_words()
    if kind == "goal_status":
        fillers = (*words.goal_fillers, *words.judgements, *words.goal_words, *_statuses())
        return _without(rest, (*fillers, *stop_words(), *english_stop_words())) or None
    if kind == "good_examples":
        return trimmed(after(rest, words.good_examples), words.topic_fillers) or None
    if kind == "indicator":
        return strip_endings(after(rest, words.indicators)) or trimmed(rest, words.figure_fillers) or None
    if kind == "precedent":
        return trimmed(rest, (*words.precedent_fillers, *words.openings)) or None
    return None


def starts_with(text: str, phrases: Iterable[str]) -> str | None:
    """What follows the phrase that `text` begins with, after words that open any question; None for none."""
    opening = rf"(?:(?:{either(question_words().openings)})\s+)*"
    match = re.match(rf"{opening}(?:{either(phrases)})(?!\w)", text, re.IGNORECASE)
    return None if match is None else text[match.end() :].strip(_ENDS)


def after(text: str, phrases: Iterable[str]) -> str:
    """What follows the last of the phrases; "" without any."""
    matches = list(re.finditer(rf"(?<!\w)(?:{either(phrases)})(?!\w)", text, re.IGNORECASE))
    return text[matches[-1].end() :].strip(_ENDS) if matches else ""


def trimmed(text: str, fillers: Iterable[str]) -> str:
    """`text` without fillers at its ends."""
    words, skip = text.split(), {word.lower() for phrase in fillers for word in phrase.split()}
    while words and words[0].strip(_ENDS).lower() in skip:
        words.pop(0)
    while words and words[-1].strip(_ENDS).lower() in skip:
        words.pop()
    return " ".join(words).strip(_ENDS)


def _is_overview(rest: str, limits: Sequence[Limit]) -> bool:
    """Whether a report is named and nothing of it is asked for in particular."""
    named = {limit.field for limit in limits if limit.field}
    if not named & {"district", "board", "type"} or not named & {"type", "year", "from_year"}:
        return False
    words = question_words()
    follows = starts_with(rest, words.overviews)
    if follows is None:
        return not rest
    return not _without(follows, words.overview_fillers)


def _speaks_of_goals(rest: str, limits: Sequence[Limit]) -> bool:
    words = question_words()
    if any(limit.field == "goal" for limit in limits) or has_phrase(rest, words.goal_words_sure):
        return True
    return any(word.strip(_ENDS).lower().endswith(words.goal_endings) for word in rest.split())


def _without(text: str, fillers: Iterable[str]) -> str:
    """`text` without fillers, wherever they stand."""
    skip = {word.lower() for phrase in fillers for word in phrase.split()}
    return " ".join(word for word in text.split() if word.strip(_ENDS + '”“"').lower() not in skip).strip(_ENDS)


def _statuses() -> tuple[str, ...]:
    return tuple(word for words in filter_words().statuses.values() for word in words)


def has_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether `text` has one of the phrases as whole words."""
    return re.search(rf"(?<!\w)(?:{either(phrases)})(?!\w)", text, re.IGNORECASE) is not None
