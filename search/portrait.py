"""What the reports tell of one name: how it is written, what it is, under which goals and beside which names."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.programme.definitions import says_what
from models.sentences import sentences
from search.catalogue import Catalogue
from search.citation import cite_stretch
from search.data_files import DataFile, read
from search.mentions import Occurrence, Survey
from search.records import PassageRecord, ReportRecord
from search.schema import Citation
from search.views import GoalMentions, Neighbour, SpellingCount

MOST = 20
"""Spellings, goals and neighbours that are shown."""
LONGEST_DEFINITION = 400
"""Characters; what is longer tells more than what a thing is."""


class _DefinitionWords(DataFile):
    """`definitions.yaml`."""

    after: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What was found."""

    spellings: tuple[SpellingCount, ...]
    definition: Citation | None
    goals: tuple[GoalMentions, ...]
    neighbours: tuple[Neighbour, ...]


def portrait(catalogue: Catalogue, found: Survey, names: Iterable[str]) -> Portrait:
    """The portrait of the name whose occurrences are given; `names` are not counted among its neighbours."""
    spots = [(key, one) for key, ones in found.occurrences.items() for one in ones if one.passage >= 0]
    passages = catalogue.passages_at([(key, one.passage) for key, one in spots])
    return Portrait(
        spellings=_spellings(spots, passages),
        definition=_definition(catalogue, found.reports, spots, passages),
        goals=_goals(catalogue, found.reports, spots, passages),
        neighbours=_neighbours(catalogue, passages, set(names)),
    )


Spots = Sequence[tuple[int, Occurrence]]
Passages = Mapping[tuple[int, int], PassageRecord]


def _text(spot: tuple[int, Occurrence], passages: Passages) -> str:
    key, one = spot
    return " ".join(passages[(key, one.passage)].text[one.start : one.end].split())


def _spellings(spots: Spots, passages: Passages) -> tuple[SpellingCount, ...]:
    counts = Counter(_text(spot, passages) for spot in spots)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(SpellingCount(text=text, mentions=count) for text, count in ranked[:MOST])


def _goals(
    catalogue: Catalogue, reports: Sequence[ReportRecord], spots: Spots, passages: Passages
) -> tuple[GoalMentions, ...]:
    ids = {report.key: report.id for report in reports}
    counts = Counter((key, passages[(key, one.passage)].section) for key, one in spots)
    sections = catalogue.sections_of(list(counts))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        GoalMentions(
            report=ids[place[0]], number=sections[place].goal_number, title=sections[place].title, mentions=count
        )
        for place, count in ranked[:MOST]
        if sections[place].goal_number or sections[place].kind != "other"
    )


def _neighbours(catalogue: Catalogue, passages: Passages, names: set[str]) -> tuple[Neighbour, ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for mentions in catalogue.mentions_in(list(passages)).values():
        counts.update({(mention.name, mention.label) for mention in mentions if mention.marked})
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    others = [(name, label, count) for (name, label), count in ranked if name not in names]
    return tuple(Neighbour(name=name, label=label, passages=count) for name, label, count in others[:MOST])


def _definition(
    catalogue: Catalogue, reports: Sequence[ReportRecord], spots: Spots, passages: Passages
) -> Citation | None:
    """The sentence that most plainly says what it is: "X är …", "X, en metod som …"; None where no sentence does."""
    by_key = {report.key: report for report in reports}
    best: tuple[int, int, tuple[int, Occurrence], tuple[int, int]] | None = None
    for order, (key, one) in enumerate(spots):
        passage = passages[(key, one.passage)]
        if passage.kind not in ("paragraph", "list_item"):
            continue
        for start, end in sentences(passage.text):
            if not (start <= one.start and one.end <= end) or end - start > LONGEST_DEFINITION:
                continue
            weight = _says_what(passage.text[start : one.start], passage.text[one.end : end])
            if weight and (best is None or (-weight, order) < (best[0], best[1])):
                best = (-weight, order, (key, one), (start, end))
    if best is None:
        return None
    key, one = best[2]
    passage = passages[(key, one.passage)]
    section = catalogue.sections_of([(key, passage.section)])[(key, passage.section)]
    return cite_stretch(by_key[key], section, passage, *best[3])


def _says_what(before: str, after: str) -> int:
    """How plainly a sentence says what the name in it is: 3 when it says what kind of thing, 2 when it begins with the
    name, 1 else, 0 when it does not."""
    words = _definition_words()
    if says_what(after):
        return 3
    rest = re.sub(r"\A[”\"]?(?:\s?\([^)]*\))?\s?", "", after).lower()
    if any(re.match(rf"{re.escape(phrase)}\b", rest) for phrase in words.after):
        return 2 if len(before.split()) <= 1 else 1
    return 1 if before.rstrip(' ”"').lower().endswith(words.before) else 0


@cache
def _definition_words() -> _DefinitionWords:
    return read("definitions.yaml", _DefinitionWords)
