"""Years that a question speaks of, as filters."""

import re

from search.limits import Limit

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
    (
        "in",
        rf"\b(?:(?:under|i|in|during|för|for|år)\s+(?:år(?:et|en)?\s+)?)?{_YEAR}"
        rf"(?:\s*(?:,|och|and|eller|or)\s*{_YEAR})*\b",
    ),
)
_NOT_A_LIMIT = re.compile(
    r"(?:inför|till|budget|budgeten|jämfört med|jämfört mot|mot|än|compared with|compared to|than|agenda|vision|mål"
    r"|årsmål|årsmålet|target|goal|lag|\d[:.,/-]|sfs|uppdrag|kr|nr|nummer|ännu)\s*\Z",
    re.IGNORECASE,
)
"""Words before a year that is a plan, a comparison or a number of something."""
_NUMBER_AFTER = re.compile(r"\s*(?:[:/%]|kr\b|kronor|tkr|mnkr|st\b|procent|personer|barn\b|elever|\d)", re.IGNORECASE)
"""What follows a number that is no year."""
_OF_ITS_YEAR = re.compile(
    r"(?:rapport|dokument|siffr|utfall|plan|berättelse|redovisning|report|document|figure)\w*\s*\Z", re.IGNORECASE
)
"""Words after which "från 2022" says of which year something is, not since when."""
_RELATIVE = re.compile(
    r"\b(?:förra året|i fjol|fjolåret|föregående år|last year|the year before|previous year|senaste året|nästa år"
    r"|next year)\b",
    re.IGNORECASE,
)


def read_years(text: str) -> list[Limit]:
    """The years in "sedan 2022", "under 2021", "2021–2023" and the like; no stretch is read twice.

    What is said from an unsaid today ("förra året") limits nothing and is told so.
    """
    limits: list[Limit] = []
    for kind, pattern in _PATTERNS:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            if any(match.start() < limit.end and limit.start < match.end() for limit in limits):
                continue
            limits += _limits(kind, match, text)
    limits += [
        Limit(m.start(), m.end(), "", keep=True, note="relative_year", about=m[0]) for m in _RELATIVE.finditer(text)
    ]
    return sorted(limits, key=lambda limit: limit.start)


def _limits(kind: str, match: re.Match[str], text: str) -> list[Limit]:
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", match[0])]
    start, end = match.span()
    if kind == "in":
        bare = match[0][:1].isdigit()
        if bare and (_NOT_A_LIMIT.search(text[:start]) or text[max(0, start - 1) : start] in tuple(":-–/.,")):
            return []
        if _NUMBER_AFTER.match(text[end:]):
            return []
        return [Limit(start, end, "year", tuple(dict.fromkeys(years)))]
    if kind == "between":
        return [Limit(start, end, "from_year", (min(years),)), Limit(start, end, "to_year", (max(years),))]
    plain = re.fullmatch(r"(?:från|from)\s+(?:år(?:et)?\s+)?\d+", match[0], re.IGNORECASE)
    if kind == "from" and plain and _OF_ITS_YEAR.search(text[:start]):
        return [Limit(start, end, "year", (years[0],))]
    fields = {"from": ("from_year", 0), "to": ("to_year", 0), "after": ("from_year", 1), "before": ("to_year", -1)}
    field, change = fields[kind]
    return [Limit(start, end, field, (years[0] + change,))]
