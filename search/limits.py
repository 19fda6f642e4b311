"""Stretches of a question that become filters: where they stand and what they become."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.schema import Filters, Understood

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Limit:
    """One stretch of a question that limits it."""

    start: int
    end: int
    """Half-open range in the question, with the words that lead it in."""
    field: str
    """A field of `Filters`; "" for a stretch that was seen and could not be used."""
    values: tuple[str | int, ...] = ()
    keep: bool = False
    """True when the words are looked for as well: a neighbourhood says more than its district."""
    note: str | None = None
    """Why, as a key of `answers.yaml`."""
    about: str = ""
    """What the note speaks of."""


def blanked(text: str, limits: Iterable[Limit]) -> str:
    """`text` with blanks in place of the stretches, as long as before."""
    for limit in limits:
        text = f"{text[: limit.start]}{' ' * (limit.end - limit.start)}{text[limit.end :]}"
    return text


def merged(text: str) -> str:
    """`text` with single blanks, and none before a comma."""
    return _BLANKS.sub(" ", text).replace(" ,", ",").strip()


def apply(given: Filters, limits: Sequence[Limit]) -> tuple[Filters, tuple[Limit, ...]]:
    """The given filters with those of the question, and the limits that were used; a given filter goes before.

    The years of a question are one filter, whichever of the three fields they are in.
    """
    years = {"year", "from_year", "to_year"}
    taken = {name for name in Filters.model_fields if getattr(given, name)}
    if taken & years:
        taken |= years
    used = tuple(limit for limit in limits if limit.field and limit.field not in taken)
    changes: dict[str, object] = {}
    for limit in used:
        if limit.field in ("from_year", "to_year"):
            changes[limit.field] = limit.values[0]
        else:
            before = changes.get(limit.field, ())
            assert isinstance(before, tuple)
            changes[limit.field] = tuple(dict.fromkeys((*before, *limit.values)))
    return given.model_copy(update=changes), used


def understood(question: str, limits: Iterable[Limit]) -> tuple[Understood, ...]:
    """What a reader is shown of each stretch, in order."""
    ordered = sorted((limit for limit in limits if limit.field), key=lambda limit: (limit.start, limit.field))
    return tuple(
        Understood(
            text=question[limit.start : limit.end].strip(),
            start=limit.start,
            end=limit.end,
            field=limit.field,
            values=limit.values,
            searched_too=limit.keep,
            lifted=lifted(question, limit.start, limit.end),
        )
        for limit in ordered
    )


def lifted(question: str, start: int, end: int) -> str:
    """The question without a stretch."""
    return re.sub(r"\s+([?!.,])", r"\1", merged(f"{question[:start]} {question[end:]}")).strip(" ,;")


def either(words: Iterable[str]) -> str:
    """A pattern of any of the words or phrases, the longest first."""
    return _either(tuple(words))


def whole_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, however capitalised."""
    return _whole_words(tuple(phrases))


@lru_cache(maxsize=512)
def _whole_words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(phrases)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=512)
def _either(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
