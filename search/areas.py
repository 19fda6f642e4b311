"""The districts, neighbourhoods and boards that a question is about: the one reader of areas in questions."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from models.registry import Entry, Registry
from search.data_files import question_words
from search.limits import Limit, blanked, either, whole_words
from search.records import ReportRecord


@dataclass(frozen=True, slots=True)
class Area:
    """What a name stands for."""

    field: str
    """"district" or "board"; "" for a board of which the archive has no report."""
    values: tuple[str, ...]
    neighbourhood: bool = False
    held: bool = True
    """Whether the archive has a report of it."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A name of an area in the question."""

    start: int
    end: int
    area: Area
    genitive: bool
    full: bool
    """Named as a board: "Farsta stadsdelsnämnd"."""


def known_areas(reports: Sequence[ReportRecord], registry: Callable[[], Registry]) -> dict[str, Area]:
    """Every name of a district, neighbourhood or city-wide board, in small letters, and what it stands for.

    A district that was merged away stands for itself where the archive has reports of it, else for what it became.
    """
    held = frozenset(report.district for report in reports if report.district)
    boards = frozenset(report.board for report in reports if report.board and not report.district)
    return _known_areas(registry(), held, boards)


@lru_cache(maxsize=4)
def _known_areas(registry: Registry, held: frozenset[str], boards: frozenset[str]) -> dict[str, Area]:
    """The same from the districts and the city-wide boards that have reports."""
    found: dict[str, Area] = {}
    entries = registry.entries
    districts = [entry for entry in entries if entry.label == "DISTRICT"]
    for entry in districts:
        later = _became(entry.name, districts, held)
        values = later if entry.name not in held and later else (entry.name,)
        found[entry.name.lower()] = Area("district", values, held=not held.isdisjoint(values))
    for name in sorted(held):
        found.setdefault(name.lower(), Area("district", (name,)))
    for entry in districts:
        for member in entry.members:
            own = found[entry.name.lower()].values
            before = found.get(member.lower())
            if before is None:
                found[member.lower()] = Area("district", own, neighbourhood=True)
            elif before.neighbourhood:
                both = tuple(name for name in dict.fromkeys((*before.values, *own)) if name in held)
                found[member.lower()] = Area("district", both or before.values, neighbourhood=True)
    for board in sorted(boards):
        found[board.lower()] = Area("board", (board,))
    for entry in entries:
        if entry.label == "ORG" and entry.name.lower().endswith("nämnden"):
            found.setdefault(entry.name.lower(), Area("", (entry.name,)))
    return found


def _became(name: str, districts: Sequence[Entry], held: Set[str]) -> tuple[str, ...]:
    """Districts that `name` was merged into and that are held."""
    return tuple(entry.name for entry in districts if name in entry.predecessors and entry.name in held)


def read_areas(text: str, areas: dict[str, Area], taken: Sequence[Limit] = ()) -> list[Limit]:
    """The areas that limit the question: not those it has a relation to ("samverkan med Socialnämnden"), nor those
    whose mentions it asks for ("vilka nämner Farsta"). Names within stretches that are `taken` are not looked at."""
    if not areas:
        return []
    spots = list(_spots(blanked(text, taken), areas))
    limits: list[Limit] = []
    position = 0
    while position < len(spots):
        group = _listed(text, spots, position)
        position += len(group)
        if limits and _asks_one_area(text) and not text[limits[-1].end : group[0].start].strip():
            continue  # "Nämner Farsta Skarpnäck?" asks Farsta for Skarpnäck.
        limit = _limit(text, group)
        limits.extend(limit)
    return limits


def _spots(text: str, areas: dict[str, Area]) -> Iterator[_Spot]:
    words = question_words()
    tail = rf"(?P<tail>\s+(?:{either(words.area_tails)}))?"
    # "Spånga Tensta" is Spånga-Tensta.
    names = either(areas).replace(r"\-", r"[\s‐‑–-]")
    pattern = rf"(?<![\w-])(?P<name>{names})(?P<own>:?s)?{tail}(?![\w-])"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        said = _words_of(match["name"])
        area = areas.get(" ".join(said)) or next(area for name, area in areas.items() if _words_of(name) == said)
        # Names of neighbourhoods may be ordinary words ("höglandet", "flaten"): a capital tells.
        if area.neighbourhood and match["name"].islower() and text.lower() != text:
            continue
        full = match["tail"] is not None
        yield _Spot(match.start(), match.end(), area, match["own"] is not None and not full, full)


def _asks_one_area(text: str) -> bool:
    """Whether the question is put to one area: "nämner Farsta …"."""
    return re.match(rf"(?:{either(question_words().mention_verbs)})\s", text, re.IGNORECASE) is not None


def _words_of(name: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\s‐‑–-]+", name.lower()))


def _listed(text: str, spots: Sequence[_Spot], first: int) -> list[_Spot]:
    """The areas from `first` on with nothing but commas and conjunctions between them."""
    group = [spots[first]]
    joint = rf"\s*(?:,|{either(question_words().conjunctions_or)})\s*"
    for spot in spots[first + 1 :]:
        between = text[group[-1].end : spot.start]
        if not re.fullmatch(joint, between, re.IGNORECASE) or spot.area.field != group[0].area.field:
            break
        group.append(spot)
    return group


def _limit(text: str, group: Sequence[_Spot]) -> list[Limit]:
    words = question_words()
    start, end = group[0].start, group[-1].end
    before, after = text[:start], text[end:]
    values = tuple(dict.fromkeys(value for spot in group for value in spot.area.values))
    field = group[0].area.field
    keep = any(spot.area.neighbourhood for spot in group)
    excluded = re.search(rf"(?<!\w)(?:{either(words.area_exclusions)})\s+\Z", before, re.IGNORECASE)
    leads = (*words.area_leads, *(words.area_between if _compares(text) else ()))
    lead = re.search(rf"(?<!\w)(?:{either(leads)})\s+\Z", before, re.IGNORECASE)
    if excluded is not None and field and not _negates_verb(text, excluded):
        return [Limit(excluded.start(), end, f"exclude_{field}", values)]
    if lead is not None:
        start = lead.start()
    elif not _is_subject(before, after, group):
        return []
    if not field:
        return [Limit(start, end, "", values, keep=True, note="no_board_reports", about=", ".join(values))]
    return [Limit(start, end, field, values, keep=keep)]


def _compares(text: str) -> bool:
    """Whether it asks for a comparison: what is between two areas is then about both of them."""
    return whole_words(question_words().area_comparisons).search(text) is not None


def _negates_verb(text: str, excluded: re.Match[str]) -> bool:
    """Whether the words that seem to exclude an area deny the verb before them: "vilka mål uppfylls inte i Farsta"."""
    words = question_words()
    verbs = either((*words.judgements, *words.negated_verbs, *words.mention_passives))
    before = text[: excluded.start()]
    denies = re.match(r"(?:inte|ej|not)\b", excluded[0], re.IGNORECASE) is not None
    return (
        denies
        and re.search(rf"(?<!\w)(?:{verbs})(?:\s+(?:{either(words.negated_adverbs)}))?\s+\Z", before, re.IGNORECASE)
        is not None
    )


def _is_subject(before: str, after: str, group: Sequence[_Spot]) -> bool:
    """Whether areas without a preposition are whom the question is about."""
    words = question_words()
    said_before, said_after = before.strip(), after.strip(" ?!.,;:")
    last = re.search(r"([^\s,;:]+)\W*\Z", said_before)
    if last is None:
        # A name alone: its reports where there are any, else what others say of it.
        alone = not any(spot.area.neighbourhood for spot in group) and all(spot.area.held for spot in group)
        return bool(said_after) or alone
    if re.search(rf"(?<!\w)(?:{either(words.mention_verbs)})\s*\Z", said_before, re.IGNORECASE):
        # "Nämner Farsta Trefas?" asks Farsta; "Vilka nämner Farsta?" asks for Farsta.
        one_word = re.fullmatch(rf"(?:{either(words.mention_verbs)})", said_before, re.IGNORECASE)
        return one_word is not None and bool(said_after)
    # "I vilka rapporter förekommer Farsta?", "In which reports does Farsta appear?" ask for Farsta.
    if not said_after and re.search(rf"(?<!\w)(?:{either(words.mention_passives)})\s*\Z", said_before, re.IGNORECASE):
        return False
    if re.fullmatch(rf"(?:{either(words.mention_verbs_last)})", said_after, re.IGNORECASE):
        return False
    if all(spot.genitive for spot in group):
        return bool(said_after)
    relations = rf"(?:{either((*words.area_relations, *words.conjunctions_or))})"
    if re.fullmatch(relations, last[1], re.IGNORECASE):
        return False
    if any(spot.area.neighbourhood for spot in group):
        return not said_after
    return True
