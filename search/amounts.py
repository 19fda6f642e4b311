"""Amounts: which kind of number a question asks for, and which passages have one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from search.data_files import question_words
from search.limits import either
from search.retrieve import ROW_PENALTY, Candidate

Measure = Literal["count", "share"]
OTHER_MEASURE = 1.5
"""Taken off a row that gives a share where a number is asked for, or the other way round, in sums of z-scores."""
NO_AMOUNT = 1.5
"""Taken off what has no number where one is asked for."""
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]*\d)")


def asks_amount(text: str) -> bool:
    """Whether a question asks for a number, a share or another amount."""
    words = question_words()
    return _has(text, (*words.counts, *words.shares, *words.amounts))


def measure_asked(text: str) -> Measure | None:
    """ "count" or "share" where a question asks for one of them only."""
    words = question_words()
    count, share = _has(text, words.counts), _has(text, words.shares)
    return None if count == share else "count" if count else "share"


def has_amount(text: str) -> bool:
    """Whether a text has a number, in digits or in words, that is no year."""
    return any(letter.isdigit() for letter in _YEAR.sub("", text)) or _has(text, question_words().numbers)


def by_amount(question: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for a question about an amount: those first that have one of the kind that is asked for.

    A row of an indicator is what such a question looks for: the penalty of rows is not taken off it.
    """
    asked, amounts = measure_asked(question), asks_amount(question)
    weighed = [
        replace(
            one,
            score=one.score
            + (ROW_PENALTY["indicator"] if one.passage.kind == "indicator" else 0.0)
            - (OTHER_MEASURE if is_other_measure(asked, one) else 0.0)
            - (NO_AMOUNT if amounts and not has_amount(one.passage.text) else 0.0),
        )
        for one in candidates
    ]
    return sorted(weighed, key=lambda one: (-round(one.score, 9), one.passage.id))


def is_other_measure(asked: Measure | None, candidate: Candidate) -> bool:
    """Whether a passage is the row of an indicator that gives a share where a number is asked for, or the reverse."""
    if asked is None or candidate.passage.kind != "indicator":
        return False
    return measure_of(candidate.passage.text) not in (asked, None)


def measure_of(name: str) -> Measure | None:
    """What an indicator counts, by the first word of its name."""
    words = question_words()
    first = name.split(maxsplit=1)[0].lower() if name.split() else ""
    return "count" if first in words.counts else "share" if first in words.shares else None


def _has(text: str, phrases: Iterable[str]) -> bool:
    return re.search(rf"(?<!\w)(?:{either(phrases)})(?!\w)", text, re.IGNORECASE) is not None
