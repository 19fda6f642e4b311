"""Amounts: which kind of number a question asks for, and which texts have one."""

import re
from functools import cache
from typing import Literal

from search.data_files import FigureColumn, FigureType, question_words
from search.limits import either, whole_words

Measure = Literal["count", "share"]
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]*\d)")


def asks_number(text: str) -> bool:
    """Whether a question asks for a number, a share, a date or another amount."""
    words = question_words()
    return _has(text, (*words.counts, *words.shares, *words.amounts)) or bool(types_asked(text)) or asks_measured(text)


def asks_measured(text: str) -> bool:
    """Whether a question asks what something is that is always a figure: "Vad blev sjukfrånvaron?"."""
    return _measured().match(text.strip()) is not None


def measure_asked(text: str) -> Measure | None:
    """ "count" or "share" where a question asks for one of them only."""
    words = question_words()
    count, share = _has(text, words.counts), _has(text, words.shares)
    return None if count == share else "count" if count else "share"


def counted_things(text: str) -> str:
    """What follows the first word that asks for a number; "" without one."""
    match = whole_words(question_words().counts).search(text)
    return "" if match is None else text[match.end() :]


def numbers_end(text: str) -> list[int]:
    """Where the numbers in a text end, in digits or in words, that count something: no year, share, money or date."""
    in_words = whole_words(("en", "ett", *question_words().numbers))
    return [match.end() for pattern in (_counted(), in_words) for match in pattern.finditer(text)]


def columns_asked(text: str) -> tuple[FigureColumn, ...]:
    """The columns of an indicator table that a question names: women, men, earlier value, target, forecast."""
    return tuple(name for name, words in question_words().figure_columns.items() if _has(text, words))


def types_asked(text: str) -> frozenset[FigureType]:
    """The types of figures that a question asks for, as far as it says."""
    return frozenset(name for name, words in question_words().figure_types.items() if _has(text, words.asked))


def tells(asked: frozenset[FigureType], text: str) -> bool:
    """Whether a text has a figure of one of the types; any number at all where no type is asked for."""
    return any(_tells(one, text) for one in asked) if asked else has_amount(text)


def _tells(asked: FigureType, text: str) -> bool:
    if asked == "count":
        return _counted().search(text) is not None or _has(text, question_words().numbers)
    if asked == "date" and _DATED.search(text) is not None:
        return True
    return _units(asked).search(text) is not None


@cache
def _measured() -> re.Pattern[str]:
    words = question_words()
    return re.compile(
        rf"(?:{either(words.measured_openings)})(?!\w).*?(?:{either(words.measured_endings)})(?!\w)", re.IGNORECASE
    )


@cache
def _units(asked: FigureType) -> re.Pattern[str]:
    told = either(question_words().figure_types[asked].told)
    number = "" if asked == "date" else rf"(?:\d|(?<!\w)(?:{either(question_words().numbers)}|en|ett))\s*"
    return re.compile(rf"{number}(?<![^\W\d])(?:{told})(?!\w)", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    """A number that is no year, no share, no money and no date."""
    types = question_words().figure_types
    units = either((*types["money"].told, *types["share"].told))
    return re.compile(
        rf"(?<![\d,.\-–])(?!(?:19|20)\d\d(?!\d))\d[\d  ]*(?:[.,]\d+)?(?![\d,.\-–]*\d)(?!\s*(?:{units}))", re.IGNORECASE
    )


def number_count(text: str) -> int:
    """How many numbers a text has, in digits."""
    return len(_NUMBER.findall(text))


def has_amount(text: str) -> bool:
    """Whether a text has a number, in digits or in words, that is no year."""
    return any(letter.isdigit() for letter in _YEAR.sub("", text)) or _has(text, question_words().numbers)


def measure_of(name: str) -> Measure | None:
    """What an indicator counts, by the first word of its name."""
    words = question_words()
    first = name.split(maxsplit=1)[0].lower() if name.split() else ""
    return "count" if first in words.counts else "share" if first in words.shares else None


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    return whole_words(phrases).search(text) is not None
