"""Whether a district's bare name (`Farsta`, `Älvsjö`) means the district or the place that it is called after."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from models.data_file import DATA, Table, read_table
from models.ner.scheme import Found
from models.registry import Label, Mention

_BETWEEN = re.compile(r"\s*(?:,|/|och|samt|&|respektive|eller|, och|, samt)\s*")
"""What stands between the names of a list."""
_TAIL = re.compile(r"(?:stadsdels|sdn\b|sdf\b)", re.IGNORECASE)


class _Cues(Table):
    board_words: tuple[str, ...]
    plural_heads: tuple[str, ...]
    place_words: tuple[str, ...]


@cache
def _cues() -> _Cues:
    return read_table(DATA / "district_cues.yaml", _Cues)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(a board's word right before, one right after, a place's word right before)"""

    def words(items: Sequence[str]) -> str:
        return "|".join(re.escape(item) for item in items)

    boards = words(_cues().board_words)
    return (
        re.compile(rf"(?<!\w)(?:{boards})\w*[:\s]+\Z", re.IGNORECASE),
        re.compile(rf"s?\s+(?:{boards})", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{words(_cues().place_words)})\s+\Z", re.IGNORECASE),
    )


def tell_districts(text: str, mentions: Sequence[Mention], found: Sequence[Found]) -> list[Mention]:
    """The mentions, those of a district by its bare name as DISTRICT or LOC by what stands around them.

    In order: a list with a board, with a name that only a district has, or with a place; the trained model's `found`;
    a place's word before. Without any of these it is the district. A plural head (`stadsdelsnämnderna Farsta`) is
    taken off.
    """
    told: list[Mention] = []
    for group in _lists(text, [_without_head(mention) for mention in mentions]):
        if not any(_is_bare(mention) for mention in group):
            told += group
            continue
        sense = _sense_of_list(text, group)
        for mention in group:
            told.append(replace(mention, label=sense or _alone(text, mention, found)) if _is_bare(mention) else mention)
    return told


def _is_bare(mention: Mention) -> bool:
    """True for a district's name without hyphen or blank, and nothing else: only such names are those of places."""
    return mention.label == "DISTRICT" and re.search(r"[-\s]", mention.text) is None and not _TAIL.search(mention.text)


def _without_head(mention: Mention) -> Mention:
    head, _, name = mention.text.partition(" ")
    if mention.label != "DISTRICT" or not name or head.lower() not in _cues().plural_heads:
        return mention
    return replace(mention, start=mention.end - len(name), text=name)


def _lists(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Mentions with nothing but commas and "och" between them, together."""
    group: list[Mention] = []
    for mention in mentions:
        if group and not _BETWEEN.fullmatch(text, group[-1].end, mention.start):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _sense_of_list(text: str, group: Sequence[Mention]) -> Label | None:
    before, after, _ = _patterns()
    if before.search(text, max(0, group[0].start - 60), group[0].start) or after.match(text, group[-1].end):
        return "DISTRICT"
    others = [mention for mention in group if not _is_bare(mention)]
    if any(mention.label == "DISTRICT" for mention in others):
        return "DISTRICT"
    return "LOC" if any(mention.label == "LOC" for mention in others) else None


def _alone(text: str, mention: Mention, found: Sequence[Found]) -> Label:
    for name in found:
        if name.start < mention.end and mention.start < name.end and name.label in ("DISTRICT", "LOC"):
            return name.label
    _, _, place = _patterns()
    return "LOC" if place.search(text, max(0, mention.start - 40), mention.start) else "DISTRICT"
