"""Read the judgement printed under a goal."""

import re
from functools import cache, lru_cache

from ingest.block import Block
from ingest.report import Status
from ingest.rules import goal_rules, key

_LONGEST = 60
_MARKS = " \t\u00a0●○■□•✓✔◯⬤"


@cache
def _words() -> dict[str, Status | None]:
    rules = goal_rules()
    words: dict[str, Status | None] = {key(word): status for status, words in rules.statuses.items() for word in words}
    words.update({key(word): None for word in rules.no_status})
    return words


@cache
def _short_words() -> dict[str, Status]:
    return {key(word): status for status, words in goal_rules().short_statuses.items() for word in words}


@cache
def _opening() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, goal_rules().status_openings), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?=[\s:])\s*(:?)\s*", re.IGNORECASE)


@cache
def _ending() -> re.Pattern[str]:
    words = "|".join(sorted(_status_words(), key=len, reverse=True))
    openings = "|".join(sorted(map(re.escape, goal_rules().status_openings), key=len, reverse=True))
    opened = rf"(?:(?:{openings})\s*:?\s*)*"
    return re.compile(
        rf"^(.+?)(?:\s*\(\s*{opened}(?P<bracketed>(?i:{words}))\s*\)|\s+[–-]\s+{opened}(?P<dashed>(?i:{words}))"
        rf"|[\s{_MARKS}]+{opened}(?P<plain>{words}))[\s.]*$"
    )


def _status_words() -> list[str]:
    """The judgements of two words or more: a single word can end any title."""
    return [re.escape(word) for words in goal_rules().statuses.values() for word in words if " " in word]


def is_status(block: Block) -> bool:
    """True for a line that holds nothing but a judgement (or "Ingen")."""
    return _read(block.text) is not None


def status_of(block: Block) -> Status | None:
    """The judgement on a line for which `is_status` holds; None for "Ingen"."""
    found = _read(block.text)
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Status | None] | None:
    """The judgement that is all of a line: "● Uppfylls delvis", "Status: Uppfylls helt", "Målet uppfylls inte"."""
    if not text or len(text) > _LONGEST:
        return None
    rest = text.strip(_MARKS)
    if not rest[:1].isupper():
        return None
    colon = False
    while (match := _opening().match(rest)) is not None:
        colon = colon or bool(match[1])
        rest = rest[match.end() :]
    words = key(rest)
    if words in _words():
        return (_words()[words],)
    return (_short_words()[words],) if colon and words in _short_words() else None


def symbol_status(symbol: str) -> Status | None:
    """The judgement that a coloured circle without words stands for."""
    return goal_rules().symbols.get(symbol)


def split_status(title: str) -> tuple[str, Status | None]:
    """A title and the judgement printed on the same line behind it."""
    match = _ending().match(title)
    if match is None:
        return title, None
    words = match["bracketed"] or match["dashed"] or match["plain"]
    return match[1], _words()[key(words)]
