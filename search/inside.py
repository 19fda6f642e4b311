"""Report types, goal numbers, statuses, parts and names that a question limits itself to."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from models.registry import Registry
from search.data_files import filter_words, question_words
from search.limits import Limit, blanked, either

_NUMBER_ALONE = re.compile(r"\s*([1-3]\.\d{1,2}(?:\.\d{1,2})?)\.?\s*\??\s*\Z")
"""A question that is the number of a goal."""


def read_types(text: str) -> list[Limit]:
    """Report types: "i verksamhetsplanen", "VP 2022", "verksamhetsplaner och årsredovisningar"."""
    limits: list[Limit] = []
    for names, pattern in _type_patterns():
        for match in pattern.finditer(text):
            if not any(match.start() < limit.end and limit.start < match.end() for limit in limits):
                limits.append(Limit(match.start(), match.end(), "type", names))
    return limits


@cache
def _type_patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    lead = r"(?:\b(?:i|ur|från|enligt|in|from|according to)\s+(?:(?:sin|sina|deras|någon|några|any|the|their)\s+)?)?"
    words = filter_words()
    several = {word for group in words.type_groups for word in group.words}
    named: list[tuple[tuple[str, ...], list[str]]] = [
        ((name,), [word for word in own if word not in several])
        for name, own in words.types.items()
        if name not in ("annat", "budget")
    ]
    named += [(group.types, list(group.words)) for group in words.type_groups]
    return tuple(
        (names, re.compile(rf"{lead}(?<![\w-])(?:{either(own)})(?:s)?(?![\w-])", re.IGNORECASE))
        for names, own in named
        if own
    )


def read_goals(text: str) -> list[Limit]:
    """Goals by number: "mål 1.4", "nämndmål 1.4.2", "goal 3.1", "förskolemålet 1.3", "det andra inriktningsmålet"."""
    question = question_words()
    words, other = either(question.goal_words), rf"(?!(?:{either(question.goal_words_other)})(?!\w))"
    lead = r"(?:\b(?:för|under|i|for|in)\s+)?"
    number = r"(?:nr\s+|nummer\s+)?([1-9](?:\.\d{1,2}){0,3})(?![\d%]|[.,]\d|\s*(?:procent|%|av\b))"
    pattern = rf"{lead}(?<!\w){other}(?:{words}|\w+(?:mål|målet))\s+{number}"
    found = [Limit(m.start(), m.end(), "goal", (m[1],)) for m in re.finditer(pattern, text, re.IGNORECASE)]
    alone = _NUMBER_ALONE.match(text)
    if alone is not None and not found:
        found.append(Limit(alone.start(1), alone.end(1), "goal", (alone[1],)))
    for value, ordinals in question.ordinals.items():
        pattern = rf"(?<!\w)(?:(?:det|den|the)\s+)?(?:{either(ordinals)})\s+(?:{either(question.ordinal_goals)})(?!\w)"
        found += [
            Limit(m.start(), m.end(), "goal", (value,), keep=True) for m in re.finditer(pattern, text, re.IGNORECASE)
        ]
    return found


def read_entities(text: str, registry: Callable[[], Registry], taken: Sequence[Limit] = ()) -> list[Limit]:
    """Known names that what is asked is tied to: "i samband med Trefas", "where Trefas is mentioned".

    Only passages that mention them are then looked in.
    """
    leads = either(question_words().entity_leads)
    free = blanked(text, taken)
    if re.search(rf"(?<!\w)(?:{leads})(?!\w)", free, re.IGNORECASE) is None:
        return []
    limits: list[Limit] = []
    for mention in registry().match(free):
        lead = re.search(rf"(?<!\w)(?:{leads})\s+\Z", free[: mention.start], re.IGNORECASE)
        if lead is not None and mention.label != "DISTRICT" and not mention.compound:
            limits.append(Limit(lead.start(), mention.end, "entity", (mention.name,), keep=True))
    return limits


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
