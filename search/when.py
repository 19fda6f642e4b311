"""Years that a question speaks of, as filters."""

import re
from dataclasses import dataclass

_YEAR = r"((?:19|20)\d\d)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "between",
        rf"\b(?:mellan|between|från|from)\s+(?:åren\s+)?{_YEAR}\s+(?:och|and|till|to|t\.?o\.?m\.?)\s+{_YEAR}\b",
    ),
    ("between", rf"\b(?:(?:under|åren|för|i|in|during)\s+)*{_YEAR}\s*[–-]\s*{_YEAR}\b"),
    ("from", rf"\b(?:sedan|från och med|fr\.?o\.?m\.?|från|since|from)\s+(?:år(?:et)?\s+)?{_YEAR}\b"),
    ("to", rf"\b(?:till och med|t\.?o\.?m\.?|fram till|until|up to)\s+(?:år(?:et)?\s+)?{_YEAR}\b"),
    ("after", rf"\b(?:efter|after)\s+(?:år(?:et)?\s+)?{_YEAR}\b"),
    ("before", rf"\b(?:före|innan|before)\s+(?:år(?:et)?\s+)?{_YEAR}\b"),
    ("in", rf"\b(?:under|i|in|during|för|for|år)\s+(?:år(?:et)?\s+)?{_YEAR}(?:\s*(?:,|och|and|eller|or)\s*{_YEAR})?\b"),
)
_LAST = rf"(?<!inför)(?<!till)(?<!före)(?<!efter)(?<!budget)(?<=\w)\s+{_YEAR}()\s*[?.!]*\s*\Z"
"""A year that ends the question: "… i Farsta 2021?"."""
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (*_PATTERNS, ("in", _LAST)))


@dataclass(frozen=True, slots=True)
class When:
    """Years asked for, and the question without the words that said so."""

    rest: str
    years: tuple[int, ...] = ()
    from_year: int | None = None
    to_year: int | None = None


def find_years(question: str) -> When:
    """The years in "sedan 2022", "under 2021", "mellan 2020 och 2022" and the like."""
    for kind, pattern in _COMPILED:
        match = pattern.search(question)
        if match is None:
            continue
        rest = f"{question[: match.start()]} {question[match.end() :]}"
        first = int(match[1])
        if kind == "between":
            return When(rest, from_year=min(first, int(match[2])), to_year=max(first, int(match[2])))
        if kind == "from":
            return When(rest, from_year=first)
        if kind == "to":
            return When(rest, to_year=first)
        if kind == "after":
            return When(rest, from_year=first + 1)
        if kind == "before":
            return When(rest, to_year=first - 1)
        return When(rest, years=(first,) if not match[2] else (first, int(match[2])))
    return When(question)
