"""Which kind of answer a question wants, and what it is about."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from models.words import english_stop_words, stop_words, tokenize
from search.asked_names import strip_endings
from search.data_files import filter_words, question_words
from search.limits import Limit, either, whole_words

Kind = Literal["mentions", "passages", "goal_status", "indicator", "good_examples", "precedent", "overview"]
_ENDS = " ?!.,;:"
SHORTEST_NUMBER = 3
"""Digits of a number that can be looked for alone."""
KEYWORDS = 6
"""Words of a question that may be nothing but keywords."""
_OF_REPORTS = {"district", "board", "type", "year", "from_year", "to_year", "group"} | {
    f"exclude_{name}" for name in ("district", "board", "type", "year")
}
"""Filters that choose whole reports."""


def kind_of(rest: str, body: str, limits: Sequence[Limit]) -> Kind:
    """The kind of a question that asks for no mentions. `rest` is it without its limits, `body` with them."""
    words = question_words()
    if _is_overview(rest, limits):
        return "overview"
    if says_nothing(rest) and any(limit.field == "goal" for limit in limits):
        return "goal_status"
    if has_phrase(rest, words.no_own_goal) or has_phrase(rest, words.goal_status):
        return "goal_status"
    if _speaks_of_goals(rest, limits) and has_phrase(body, words.judgements) and not counts_other_things(rest):
        return "goal_status"
    if starts_with(rest, words.goal_attempts) is not None and not counts_other_things(rest):
        return "goal_status"
    if has_phrase(rest, words.good_examples):
        return "good_examples"
    if has_phrase(rest, words.indicators):
        return "indicator"
    if starts_with(rest, words.precedents) is not None or starts_with(rest, words.outcomes) is not None:
        return "precedent"
    return "precedent" if _asks_who_did(rest) else "passages"


def _asks_who_did(rest: str) -> bool:
    """ "Vilka stadsdelar har infört …", "Which boards have started …"."""
    words = question_words()
    opening = rf"(?:(?:{either(words.openings)})\s+)*(?:{either(words.subjects)})"
    has = rf"(?:{either(words.has_words)})(?:\s+(?:{either(words.fillers)}))*"
    return (
        re.match(rf"{opening}(?:\s+(?:{either(words.fillers)}))*?\s+{has}\s+{_supine()}", rest, re.IGNORECASE)
        is not None
    )


def _supine() -> str:
    """A pattern of the verbs that say what somebody has done: "infört", "ordnat", "started"."""
    return rf"(?:{either(question_words().precedent_verbs)}|\w{{4,}}(?:at|erat)|\w{{3,}}ed)(?!\w)"


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
        asked = next(filter(None, (starts_with(rest, one) for one in (words.outcomes, words.precedents))), rest)
        asked = trimmed(asked, (*words.precedent_fillers, *words.openings, *words.subjects))
        return re.sub(rf"\A{_supine()}\s+", "", asked, flags=re.IGNORECASE) or None
    return None


def starts_with(text: str, phrases: Iterable[str]) -> str | None:
    """What follows the phrase that `text` begins with, after words that open any question; None for none."""
    opening = rf"(?:(?:{either(question_words().openings)})\s+)*"
    match = re.match(rf"{opening}(?:{either(phrases)})(?!\w)", text, re.IGNORECASE)
    return None if match is None else text[match.end() :].strip(_ENDS)


def after(text: str, phrases: Iterable[str]) -> str:
    """What follows the last of the phrases; "" without any."""
    matches = list(whole_words(phrases).finditer(text))
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
    """Whether a summary is asked for, or reports are named and nothing of them is asked for in particular."""
    words = question_words()
    fields = {limit.field for limit in limits if limit.field}
    if "\x01" in rest or fields - _OF_REPORTS or any(limit.keep for limit in limits if limit.field):
        return False
    asked = starts_with(rest, words.overviews)
    follows = rest if asked is None else asked
    nothing = not _without(follows, (*words.overview_fillers, *words.overview_words, *words.whole_archive))
    if asked is not None or has_phrase(rest, words.overview_words):
        return nothing and (bool(fields) or has_phrase(rest, words.whole_archive))
    return has_phrase(rest, words.lists_of_reports) or (bool(fields - {"group"}) and says_nothing(rest))


def says_nothing(rest: str) -> bool:
    """Whether no word is left to look for."""
    common = {*stop_words(), *english_stop_words(), *question_words().empty_words}
    return "\x01" not in rest and all(
        word.text.lower() in common or (word.text.isdigit() and len(word.text) < SHORTEST_NUMBER)
        for word in tokenize(rest)
    )


def _speaks_of_goals(rest: str, limits: Sequence[Limit]) -> bool:
    words = question_words()
    if any(limit.field == "goal" for limit in limits) or has_phrase(rest, words.goal_words_sure):
        return True
    if len(rest.split()) <= KEYWORDS and has_phrase(rest, words.status_words):
        plain = [word.lower().strip(_ENDS) for word in rest.split()]
        if any(word.endswith("mål") and word not in words.goal_words_other for word in plain):
            return True
    return any(is_goal_word(word) and word.lower().strip(_ENDS) not in words.goal_words for word in rest.split())


def is_goal_word(word: str) -> bool:
    """Whether a word names a goal of the board or the council: "målet", "trygghetsmålet", not "årsmålet"."""
    words, plain = question_words(), word.strip(_ENDS).lower()
    if plain in words.goal_words_other:
        return False
    return plain in words.goal_words or plain.endswith(words.goal_endings)


def counts_other_things(text: str) -> bool:
    """Whether a number or a share of something else than goals is asked for: "hur stor andel barn når målen"."""
    words = question_words()
    match = whole_words((*words.counts, *words.shares)).search(text)
    if match is None:
        return False
    fillers = {word for phrase in words.goal_fillers for word in phrase.split() if not is_goal_word(word)}
    fillers |= {*stop_words(), *english_stop_words()}
    counted = [w for w in text[match.end() :].lower().split() if w not in fillers and (is_goal_word(w) or w[-1] != "s")]
    return bool(counted) and not is_goal_word(counted[0])


def goal_limits(rest: str) -> list[Limit]:
    """What a question about goals limits itself to: kinds of goals, those without a judgement, those without a goal of
    the board under them."""
    words = question_words()
    if (own := _found(rest, words.no_own_goal)) is not None:
        return [Limit(*own, "no_own_goal", keep=True)]
    unjudged = _found(rest, words.unjudged)
    limits = [Limit(*unjudged, "unjudged", keep=True)] if unjudged is not None else []
    return limits + [
        Limit(match.start(), match.end(), "goal_kind", (kind,), keep=True)
        for kind, names in words.goal_kinds.items()
        for match in whole_words(names).finditer(rest)
    ]


def _found(text: str, phrases: Iterable[str]) -> tuple[int, int] | None:
    match = whole_words(phrases).search(text)
    return None if match is None else match.span()


def _without(text: str, fillers: Iterable[str]) -> str:
    """`text` without fillers, wherever they stand."""
    skip = {word.lower() for phrase in fillers for word in phrase.split()}
    return " ".join(word for word in text.split() if word.strip(_ENDS + '”“"').lower() not in skip).strip(_ENDS)


def _statuses() -> tuple[str, ...]:
    return tuple(word for words in filter_words().statuses.values() for word in words)


def has_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether `text` has one of the phrases as whole words."""
    return _found(text, phrases) is not None
