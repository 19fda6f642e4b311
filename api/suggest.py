"""What may help a question that finds nothing: names spelt like its words, and filters to lift."""

import difflib
import re
from dataclasses import dataclass

from api.filters import FILTERS
from search.archive import Archive
from search.schema import Filters

MOST = 3
_WORD = re.compile(r"[^\W\d_][\w-]{3,}")
LIKENESS = 0.8
"""Share of letters in common, `difflib.SequenceMatcher.ratio`: one wrong letter in five."""


@dataclass(frozen=True, slots=True)
class Lift:
    """A filter in the way: what it is, and how many passages there are without it."""

    field: str
    value: str
    excluded: bool
    filters: Filters
    """The filters without it."""
    total: int


def near_names(archive: Archive, question: str) -> list[tuple[str, str]]:
    """(name, the question with it) for names of the archive that are spelt nearly as a word of the question."""
    names = {one.name.casefold(): one.name for one in archive.entities()}
    found: list[tuple[str, str]] = []
    for match in _WORD.finditer(question):
        word = match[0].casefold()
        if word in names:
            continue
        for near in difflib.get_close_matches(word, names, MOST, LIKENESS):
            found.append((names[near], question[: match.start()] + names[near] + question[match.end() :]))
    return found[:MOST]


def lifts(archive: Archive, question: str, filters: Filters) -> list[Lift]:
    """Each given filter whose removal alone would leave passages, the one that leaves most first."""
    found = []
    for one in FILTERS:
        value = getattr(filters, one.field)
        if not value:
            continue
        left = filters.model_copy(update={one.field: () if one.repeatable else None})
        total = archive.search(question, left, limit=1).total
        if total:
            words = ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
            field = one.field.removeprefix("exclude_")
            found.append(Lift(field, words, one.field.startswith("exclude_"), left, total))
    return sorted(found, key=lambda lift: -lift.total)[:MOST]
