"""What a reader must know of districts that were merged or renamed, and of the neighbourhoods in them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from models.registry import Entry, Registry, folded_name
from search.data_files import DataFile, read
from search.letters import letters
from search.schema import Filters

if TYPE_CHECKING:
    from search.records import ReportRecord


class _Phrases(DataFile):
    """One language of `history.yaml`."""

    formed: str
    gone: str
    later_too: str
    neighbourhood: str
    neighbourhood_once: str
    and_word: str
    months: tuple[str, ...]


class _History(DataFile):
    sv: _Phrases
    en: _Phrases


def district_notes(
    filters: Filters, reports: Sequence["ReportRecord"], registry: Callable[[], Registry], language: str
) -> tuple[str, ...]:
    """Sentences on the districts of the filters: which older areas' reports are among those searched, and which asked
    area was no longer there in the years asked for. `reports` are all that are ready."""
    words = _phrases(language)
    notes: list[str] = []
    asked = [entry for name in filters.district if (entry := _district(name, registry())) is not None]
    for entry in asked:
        older = [name for name in predecessors(entry, registry()) if _held(name, filters, reports)]
        older = [name for name in older if name not in {other.name for other in asked}]
        if older and entry.valid_from:
            notes.append(
                words.formed.format(
                    name=entry.name,
                    date=_day(entry.valid_from, language),
                    merged=_list(entry.predecessors, words.and_word),
                    older=_list(older, words.and_word),
                )
            )
        if entry.valid_to and entry.successors and _asks_later(filters, entry.valid_to):
            later = _list(entry.successors, words.and_word)
            notes.append(words.gone.format(name=entry.name, date=_day(entry.valid_to, language), later=later))
        elif entry.valid_to and not _limited(filters):
            newer = [name for name in entry.successors if any(report.district == name for report in reports)]
            newer = [name for name in newer if name not in {other.name for other in asked}]
            if newer:
                year = entry.valid_to.year
                notes.append(words.later_too.format(name=entry.name, later=_list(newer, words.and_word), year=year))
    return tuple(notes)


def neighbourhood_notes(names: Sequence[str], registry: Callable[[], Registry], language: str) -> tuple[str, ...]:
    """For each name of a neighbourhood a sentence on the district it lies in, now and before."""
    words = _phrases(language)
    notes: list[str] = []
    for name in names:
        now, before = areas_of(name, registry())
        if now is not None and before is not None and now.valid_from:
            notes.append(
                words.neighbourhood_once.format(
                    name=name, now=now.name, before=before.name, date=_day(now.valid_from, language)
                )
            )
        elif now is not None:
            notes.append(words.neighbourhood.format(name=name, now=now.name))
    return tuple(notes)


def query_notes(
    text: str, filters: Filters, reports: Sequence["ReportRecord"], registry: Callable[[], Registry], language: str
) -> tuple[str, ...]:
    """The same for a search: of the districts that it is limited to, and of the areas that its words name."""
    named = [mention for mention in registry().match(text) if mention.label in ("DISTRICT", "LOC")]
    districts = tuple(dict.fromkeys((*filters.district, *(m.name for m in named if m.label == "DISTRICT"))))
    places = list(dict.fromkeys(mention.name for mention in named if mention.label == "LOC"))
    return (
        *district_notes(filters.model_copy(update={"district": districts}), reports, registry, language),
        *neighbourhood_notes(places, registry, language),
    )


def areas_of(name: str, registry: Registry) -> tuple[Entry | None, Entry | None]:
    """(the district that a neighbourhood lies in now, the one it lay in before); None for what is no neighbourhood or a
    neighbourhood that shares its name with a district."""
    if _district(name, registry) is not None:
        return None, None
    wanted = folded_name(name)
    districts = [entry for entry in registry.entries if entry.label == "DISTRICT"]
    found = [entry for entry in districts if any(folded_name(member) == wanted for member in entry.members)]
    now = next((entry for entry in found if entry.valid_to is None), None)
    before = next((entry for entry in found if entry.valid_to is not None), None)
    return now, before


def predecessors(entry: Entry, registry: Registry) -> tuple[str, ...]:
    """All districts that were merged into one, however long ago."""
    found: list[str] = []
    waiting = list(entry.predecessors)
    while waiting:
        name = waiting.pop(0)
        older = _district(name, registry)
        if name not in found:
            found.append(name)
            waiting += older.predecessors if older is not None else ()
    return tuple(found)


def _district(name: str, registry: Registry) -> Entry | None:
    entry = registry.find(name)
    return entry if entry is not None and entry.label == "DISTRICT" else None


def _held(district: str, filters: Filters, reports: Sequence["ReportRecord"]) -> bool:
    return any(
        report.district is not None
        and letters(report.district) == letters(district)
        and _in_years(report.year, filters)
        for report in reports
    )


def _in_years(year: int | None, filters: Filters) -> bool:
    if filters.year and year not in filters.year:
        return False
    if filters.from_year is not None and (year is None or year < filters.from_year):
        return False
    return filters.to_year is None or (year is not None and year <= filters.to_year)


def _limited(filters: Filters) -> bool:
    return bool(filters.year) or filters.from_year is not None or filters.to_year is not None


def _asks_later(filters: Filters, ended: date) -> bool:
    """True when some year asked for lies after a district's last."""
    return any(year > ended.year for year in filters.year) or (
        filters.from_year is not None and filters.from_year > ended.year
    )


@cache
def _phrases(language: str) -> _Phrases:
    both = read("history.yaml", _History)
    return both.en if language == "en" else both.sv


def _day(day: date, language: str) -> str:
    """ "1 juli 2023"."""
    return f"{day.day} {_phrases(language).months[day.month - 1]} {day.year}"


def _list(names: Sequence[str], last: str) -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
