"""What may help a question that finds nothing: names spelt like its words, and filters to lift."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from api.filters import FILTERS
from search.archive import Archive
from search.schema import Filters, Understood

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
    question: str
    filters: Filters
    """The question and the filters without it."""
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


def lifts(archive: Archive, question: str, filters: Filters, understood: Iterable[Understood] = ()) -> list[Lift]:
    """Each filter, given or read out of the question, whose removal alone leaves passages; the one that leaves most
    first."""
    found = []
    for one in FILTERS:
        value = getattr(filters, one.field)
        if value:
            left = filters.model_copy(update={one.field: () if one.repeatable else None})
            found.append(_lift(archive, one.field, value if isinstance(value, tuple) else (value,), question, left))
    # Two filters may have been read from one stretch: "2020–2022".
    for stretch in {one.lifted: one for one in understood if one.field in _FIELDS}.values():
        if stretch.lifted:
            found.append(_lift(archive, stretch.field, stretch.values, stretch.lifted, filters))
    return sorted((one for one in found if one.total), key=lambda lift: -lift.total)[:MOST]


def _lift(archive: Archive, field: str, values: tuple[str | int, ...], question: str, left: Filters) -> Lift:
    answer = archive.ask(question, left)
    return Lift(
        field=field.removeprefix("exclude_"),
        value=", ".join(str(each) for each in values),
        excluded=field.startswith("exclude_"),
        question=question,
        filters=left,
        total=archive.search(question, answer.filters, limit=1).total,
    )


_FIELDS = {one.field for one in FILTERS}
