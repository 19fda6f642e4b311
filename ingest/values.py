"""A printed table cell as a number with its unit."""

import re
from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.report import Value
from ingest.rules import load

_MINUS = str.maketrans("−–", "--")
_NUMBER = re.compile(
    r"(?P<sign>\+\s?/\s?-|±|[+-])?\s?(?P<whole>\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+)(?:[,.](?P<fraction>\d+))?(?P<rest>.*)",
    re.DOTALL,
)
_MAX_UNIT_WORDS = 6
"""As in "kg CO ₂ per kg livsmedel"."""


class _Rules(BaseModel):
    """The shape of data/values.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: tuple[str, ...]
    qualifiers: tuple[str, ...]


@cache
def _rules() -> _Rules:
    return load("values", _Rules)


def is_unit(text: str) -> bool:
    """Whether `text` is one of the known units."""
    return text.casefold() in _units()


@cache
def _units() -> frozenset[str]:
    return frozenset(unit.casefold() for unit in _rules().units)


def parse_value(text: str) -> Value | None:
    """The cell as a number and a unit; None for an empty cell, number None for words ("Tas fram av nämnd", "-").

    Swedish notation: blank (or point) between thousands, comma before decimals, "-" or "−" before negatives.
    A tolerance ("+/- 1 %") and a bound ("Max 10 personer") give their number; `Value.text` keeps the rest.
    """
    printed = " ".join(text.split())
    if not printed:
        return None
    words = printed.translate(_MINUS).split(" ")
    if words[0].casefold() in _rules().qualifiers:
        words = words[1:]
    match = _NUMBER.fullmatch(" ".join(words))
    if match is None:
        return Value(None, None, printed)
    unit = match["rest"].strip()
    if match["rest"] and not _is_unit_text(match["rest"]):
        return Value(None, None, printed)
    number = float(re.sub(r"[ .]", "", match["whole"]) + "." + (match["fraction"] or "0"))
    return Value(-number if match["sign"] == "-" else number, unit or None, printed)


def _is_unit_text(rest: str) -> bool:
    """Whether what follows a number can be its unit: known, or a few words set off by a blank and no second number."""
    unit = rest.strip()
    if is_unit(unit):
        return True
    words = unit.split(" ")
    return rest.startswith(" ") and len(words) <= _MAX_UNIT_WORDS and all(re.match(r"[^\W\d]", word) for word in words)
