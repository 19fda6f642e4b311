"""Report types, goal numbers, statuses and parts that a question limits itself to."""

import re
from functools import cache

from search.data_files import filter_words, question_words
from search.limits import Limit, either


def read_types(text: str) -> list[Limit]:
    """Report types: "i verksamhetsplanen", "VP 2022", "verksamhetsplaner och årsredovisningar"."""
    limits: list[Limit] = []
    for name, pattern in _type_patterns():
        for match in pattern.finditer(text):
            if not any(match.start() < limit.end and limit.start < match.end() for limit in limits):
                limits.append(Limit(match.start(), match.end(), "type", (name,)))
    return limits


@cache
def _type_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lead = r"(?:\b(?:i|ur|från|enligt|in|from|according to)\s+(?:(?:sin|sina|deras|någon|några|any|the|their)\s+)?)?"
    return tuple(
        (name, re.compile(rf"{lead}(?<![\w-])(?:{either(words)})(?:s)?(?![\w-])", re.IGNORECASE))
        for name, words in filter_words().types.items()
        if name not in ("annat", "budget")
    )


def read_goals(text: str) -> list[Limit]:
    """Goals by number: "mål 1.4", "nämndmål 1.4.2", "goal 3.1"."""
    words = either(question_words().goal_words)
    lead, number = r"(?:\b(?:för|under|i|for|in)\s+)?", r"(?:nr\s+|nummer\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})(?![\d%])"
    pattern = rf"{lead}(?<!\w)(?:{words})\s+{number}"
    return [Limit(m.start(), m.end(), "goal", (m[1],)) for m in re.finditer(pattern, text, re.IGNORECASE)]


def read_parts(text: str) -> list[Limit]:
    """Parts of goals, where the question says it means a part: "under rubriken Analys", "i delen Arbetssätt"."""
    names = {word: name for name, words in filter_words().parts.items() for word in (name.lower(), *words)}
    lead = either(question_words().part_leads)
    pattern = rf"(?<!\w)(?:{lead})\s+[\"”“]?({either(names)})[\"”“]?(?!\w)"
    return [
        Limit(m.start(), m.end(), "part", (names[" ".join(m[1].lower().split())],))
        for m in re.finditer(pattern, text, re.IGNORECASE)
    ]


def read_statuses(text: str) -> list[Limit]:
    """The judgements that a question about goals names: "vilka mål uppfylls delvis"; "inte … fullt ut" is two."""
    limits: list[Limit] = []
    for form in question_words().not_fully:
        before, after = form.split("…")
        pattern = rf"(?<!\w){_words(before)}(?:\s+[^\s.?!]+){{0,6}}?\s+{_words(after)}(?!\w)"
        for match in re.finditer(pattern, text, re.IGNORECASE):
            limits.append(Limit(match.start(), match.end(), "status", ("Uppfylls delvis", "Uppfylls inte"), keep=True))
    by_word = {word: status for status, words in filter_words().statuses.items() for word in words}
    for match in re.finditer(rf"(?<!\w)({either(by_word)})(?!\w)", text, re.IGNORECASE):
        if not any(match.start() < limit.end and limit.start < match.end() for limit in limits):
            status = by_word[" ".join(match[1].lower().split())]
            limits.append(Limit(match.start(), match.end(), "status", (status,), keep=True))
    return limits


def _words(phrase: str) -> str:
    """A pattern of the words of a phrase."""
    return r"\s+".join(map(re.escape, phrase.split()))
