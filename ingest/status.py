"""Read the judgement printed under a goal."""

import re
from functools import cache

from ingest.block import Block
from ingest.report import Status
from ingest.rules import goal_rules, key


@cache
def _words() -> dict[str, Status | None]:
    rules = goal_rules()
    words: dict[str, Status | None] = {key(word): status for status, words in rules.statuses.items() for word in words}
    words.update({key(word): None for word in rules.no_status})
    return words


@cache
def _ending() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for words in goal_rules().statuses.values() for word in words)
    return re.compile(rf"^(.+?)[\s●○■•✓]+({words})\s*$")


def is_status(block: Block) -> bool:
    """True for a line that holds nothing but a judgement (or "Ingen")."""
    return bool(block.text) and len(block.text) < 40 and key(block.text) in _words()


def status_of(block: Block) -> Status | None:
    """The judgement on a line for which `is_status` holds; None for "Ingen"."""
    return _words()[key(block.text)]


def symbol_status(symbol: str) -> Status | None:
    """The judgement that a coloured circle without words stands for."""
    return goal_rules().symbols.get(symbol)


def split_status(title: str) -> tuple[str, Status | None]:
    """A title and the judgement printed on the same line behind it."""
    match = _ending().match(title)
    return (match[1], _words()[key(match[2])]) if match else (title, None)
