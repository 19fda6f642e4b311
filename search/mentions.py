"""Who mentions what: exhaustive, from the mention table and from a scan of the text, never from a ranking."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Literal

from models.fold import misread
from models.registry import Registry, entry_forms
from models.sentences import sentences
from models.variants import find_name, name_atoms, name_pattern, needle
from search.asked_names import Asked
from search.catalogue import Catalogue
from search.citation import cite_heading, cite_stretch
from search.letters import letters
from search.records import FileRecord, HeadingRecord, PassageRecord, ReportRecord, SectionRecord
from search.runs import in_source, place_of
from search.schema import Citation, Coverage, MentionRow, ReportMentions, Unreadable, WithoutMention
from search.scope import Scope

Unit = Literal["area", "report"]
"""What "both X and Y" and "X but not Y" are said of: a district or city-wide board, or a single report."""
MOST_MISREAD = 15
"""Ways in which a scan may have read a word of a name that are looked for: all when four letters may be misread."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention of one asked name in one report."""

    report: int
    asked: int
    """Index of the name among those asked for."""
    passage: int
    """Position in the report; -1 for a heading."""
    heading: int
    """Position of the heading; -1 for a passage."""
    start: int
    end: int
    place: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All mentions of the asked names in the reports that were searched."""

    reports: tuple[ReportRecord, ...]
    """The reports that were searched."""
    occurrences: Mapping[int, tuple[Occurrence, ...]]
    """By report key, in reading order."""


def survey(
    catalogue: Catalogue,
    registry: Callable[[], Registry],
    registry_version: str,
    names: Sequence[Asked],
    scope: Scope,
    reports: Sequence[ReportRecord],
) -> Survey:
    """Find every occurrence of the names in scope: known names by the mention table, and in reports that were annotated
    with another version of the registry by a scan with their variants too; other names by a scan of all text."""
    inside = set(scope.reports)
    searched = tuple(report for report in reports if report.key in inside)
    return Survey(searched, _by_report(_occurrences(catalogue, registry, registry_version, names, scope, searched)))


def is_mentioned(
    catalogue: Catalogue,
    registry: Callable[[], Registry],
    registry_version: str,
    names: Sequence[Asked],
    scope: Scope,
    reports: Sequence[ReportRecord],
) -> bool:
    """Whether any of the names occurs in scope; looks no further than its first occurrence."""
    inside = set(scope.reports)
    searched = [report for report in reports if report.key in inside]
    return any(True for _ in _occurrences(catalogue, registry, registry_version, names, scope, searched))


def _occurrences(
    catalogue: Catalogue,
    registry: Callable[[], Registry],
    registry_version: str,
    names: Sequence[Asked],
    scope: Scope,
    searched: Sequence[ReportRecord],
) -> Iterator[Occurrence]:
    stale = tuple(report.key for report in searched if report.registry_version != registry_version)
    for index, asked in enumerate(names):
        search = _search(asked, registry)
        if asked.name is not None:
            yield from _from_table(catalogue, _names(asked, registry()), index, scope)
            if stale:
                yield from _scan(catalogue, index, replace(scope, reports=stale, all_reports=False), search)
        else:
            yield from _scan(catalogue, index, scope, search)
        if scope.whole_reports:
            yield from _headings(catalogue, index, scope.reports, search)


@dataclass(frozen=True, slots=True)
class _Search:
    """How to find one name in text."""

    stems: tuple[tuple[str, ...], ...]
    """For each way to write the name, letters that every passage with it holds."""
    find: Callable[[str], list[tuple[int, int]]]
    """(start, end) of each occurrence in a text."""


def _search(asked: Asked, registry: Callable[[], Registry]) -> _Search:
    entry = registry().find(asked.name) if asked.name is not None else None
    if entry is None:
        pattern = name_pattern(asked.text)
        return _Search(tuple(_as_scanned(stems(asked.text))), lambda text: find_name(text, pattern))
    forms, names = entry_forms(entry), set(_names(asked, registry()))
    quick = name_pattern(entry.name, forms[1:], entry.case)

    def find(text: str) -> list[tuple[int, int]]:
        # The whole registry decides, since a longer name may hold this one; the name alone is quick to rule out.
        if not find_name(text, quick):
            return []
        return [(mention.start, mention.end) for mention in registry().match(text) if mention.name in names]

    return _Search(tuple(dict.fromkeys(stems(form) for form in forms)), find)


def stems(name: str) -> tuple[str, ...]:
    """Letters that every text with the name, however inflected, holds."""
    found = (letters(needle(atom, run_together=True)) for atom in name_atoms(name))
    return tuple(dict.fromkeys(stem for stem in found if stem))


def _as_scanned(stems: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The letters, and the same as a scan may have read one of them (`Sk0lfam`)."""
    yield stems
    for place, stem in enumerate(stems):
        for read in islice(misread(stem), MOST_MISREAD):
            yield (*stems[:place], read, *stems[place + 1 :])


def _names(asked: Asked, registry: Registry) -> tuple[str, ...]:
    """The names that are meant: several where an acronym means several things and the question does not say which."""
    meant = tuple(dict.fromkeys(entry.name for entry in registry.all(asked.text) if entry.label == "PROGRAM"))
    return meant if len(meant) > 1 or not asked.name else (asked.name,)


def _from_table(catalogue: Catalogue, names: Sequence[str], index: int, scope: Scope) -> Iterator[Occurrence]:
    for mention in catalogue.mentions(scope, names):
        yield Occurrence(mention.report_key, index, mention.passage, -1, mention.start, mention.end, mention.place)


def _scan(catalogue: Catalogue, index: int, scope: Scope, search: _Search) -> Iterator[Occurrence]:
    passages = catalogue.scan(scope, search.stems) if all(search.stems) else catalogue.all_passages(scope)
    for passage in passages:
        if passage.is_heading:
            continue
        for start, end in search.find(passage.text):
            if not in_source(passage.runs, start, end):
                continue
            place = place_of(passage.text, passage.runs, start, end, passage.id)
            yield Occurrence(passage.report_key, index, passage.position, -1, start, end, place.key)


def _headings(catalogue: Catalogue, index: int, reports: Sequence[int], search: _Search) -> Iterator[Occurrence]:
    """Names in headings, which stand in no passage."""
    for heading in catalogue.scan_headings(reports, search.stems):
        for start, end in search.find(heading.text):
            place = place_of(heading.text, heading.runs, start, end, f"h{heading.line}:{heading.position}")
            yield Occurrence(heading.report_key, index, -1, heading.position, start, end, place.key)


def _by_report(found: Iterable[Occurrence]) -> dict[int, tuple[Occurrence, ...]]:
    """Each spot of a report once a name, in reading order."""
    unique: dict[tuple[int, int, str], Occurrence] = {}
    taken: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for one in found:
        spans = taken.setdefault((one.report, one.asked, one.passage), [])
        if one.passage >= 0 and any(start < one.end and one.start < end for start, end in spans):
            continue
        spans.append((one.start, one.end))
        unique.setdefault((one.report, one.asked, one.place), one)
    grouped: dict[int, list[Occurrence]] = {}
    for one in unique.values():
        grouped.setdefault(one.report, []).append(one)
    return {
        key: tuple(sorted(values, key=lambda o: (o.passage < 0, o.passage, o.heading, o.start)))
        for key, values in grouped.items()
    }


def select(
    found: Survey,
    wanted: int,
    *,
    all_names: bool,
    without: Sequence[int] = (),
    unit: Unit = "area",
    by_year: bool = False,
) -> Survey:
    """Keep the reports of the units that mention the first `wanted` names (all, or any) and none of `without`.

    A unit is a district or city-wide board with all its reports, or one report; with `by_year` an area's reports of one
    year. "Which districts mention X but not Y" asks what no report of the district says.
    """
    units: dict[object, list[int]] = {}
    for report in found.reports:
        owner: object = report.key if unit == "report" else (report.area, report.year if by_year else None)
        units.setdefault(owner, []).append(report.key)
    kept: dict[int, tuple[Occurrence, ...]] = {}
    for keys in units.values():
        held = {one.asked for key in keys for one in found.occurrences.get(key, ())}
        if held & set(without) or (all_names and not held >= set(range(wanted))):
            continue
        for key in keys:
            own = tuple(one for one in found.occurrences.get(key, ()) if one.asked < wanted)
            if own:
                kept[key] = own
    return replace(found, occurrences={key: kept[key] for key in found.occurrences if key in kept})


def rows(
    found: Survey, names: Sequence[Asked], catalogue: Catalogue, *, by: Literal["year", "report"] | None = None
) -> tuple[MentionRow, ...]:
    """One row a district or city-wide board, those that mention most first; `by` year one a year and area, by
    report one a report, the years in order."""
    first = [(key, occurrences[0]) for key, occurrences in found.occurrences.items()]
    passages = catalogue.passages_at([(key, one.passage) for key, one in first if one.passage >= 0])
    headings = catalogue.headings_at([(key, one.heading) for key, one in first if one.passage < 0])
    owners = [(p.report_key, p.section) for p in passages.values()]
    sections = catalogue.sections_of(owners + [(h.report_key, h.section) for h in headings.values()])
    mentioning = [report for report in found.reports if report.key in found.occurrences]
    years = sorted({report.year for report in mentioning}, key=lambda year: year or 0) if by == "year" else [None]
    by_area = [
        (year, area, reports)
        for year in years
        for area, reports in _areas(report for report in mentioning if by != "year" or report.year == year)
    ]
    if by == "report":
        by_area = [(report.year, report.area, [report]) for report in mentioning]
    built: list[MentionRow] = []
    for year, (district, board), reports in by_area:
        own = sorted(reports, key=_order)
        shares = [_share(r, found.occurrences[r.key], passages, headings, sections) for r in own]
        asked = sorted({one.asked for report in reports for one in found.occurrences[report.key]})
        built.append(
            MentionRow(
                district=district,
                board=board or reports[0].board,
                entities=tuple(dict.fromkeys(names[i].name or names[i].text for i in asked)),
                mentions=sum(share.mentions for share in shares),
                reports=tuple(shares),
                year=year,
            )
        )
    return tuple(sorted(built, key=lambda row: (row.year or 0, -row.mentions, row.district or "", row.board or "")))


def _share(
    report: ReportRecord,
    occurrences: Sequence[Occurrence],
    passages: Mapping[tuple[int, int], PassageRecord],
    headings: Mapping[tuple[int, int], HeadingRecord],
    sections: Mapping[tuple[int, int], SectionRecord],
) -> ReportMentions:
    one = occurrences[0]
    citation: Citation
    passage_id: str | None = None
    if one.passage >= 0:
        passage = passages[(report.key, one.passage)]
        start, end = sentence_around(passage.text, one.start, one.end)
        citation = cite_stretch(report, sections[(report.key, passage.section)], passage, start, end)
        passage_id = passage.id
    else:
        heading = headings[(report.key, one.heading)]
        citation = cite_heading(report, sections[(report.key, heading.section)], heading)
    # Two asked names at one spot (a variant of both) are one mention.
    mentions = len({occurrence.place for occurrence in occurrences})
    return ReportMentions(
        id=report.id, year=report.year, type=report.type, mentions=mentions, citation=citation, passage_id=passage_id
    )


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of `text` that hold the range."""
    spans = [span for span in sentences(text) if span[0] < end and start < span[1]]
    return (spans[0][0], spans[-1][1]) if spans else (0, len(text))


def coverage(searched: Sequence[ReportRecord], with_mention: Iterable[int], failed: Sequence[FileRecord]) -> Coverage:
    """What an answer rests on: what was searched, who has no mention, and what could not be read."""
    mentioned = set(with_mention)
    areas = _areas(searched)
    without = [
        WithoutMention(district=district, board=board or reports[0].board, reports=len(reports))
        for (district, board), reports in areas
        if not any(report.key in mentioned for report in reports)
    ]
    unreadable = [
        Unreadable(source=file.source, pages=None, reason=file.error or "Filen kunde inte läsas.") for file in failed
    ] + [
        Unreadable(source=report.source, pages=report.unreadable_pages, reason="Sidorna har bilder men ingen text.")
        for report in searched
        if report.unreadable_pages
    ]
    return Coverage(
        reports_searched=len(searched),
        districts_searched=tuple(sorted({report.district for report in searched if report.district})),
        without_mention=tuple(without),
        unreadable=tuple(unreadable),
    )


def _areas(
    reports: Iterable[ReportRecord],
) -> list[tuple[tuple[str | None, str | None], list[ReportRecord]]]:
    def key(report: ReportRecord) -> tuple[bool, str, str]:
        district, board = report.area
        return district is None, district or "", board or ""

    return [
        (group[0].area, group) for _, members in groupby(sorted(reports, key=key), key=key) if (group := list(members))
    ]


def _order(report: ReportRecord) -> tuple[int, str, str]:
    return report.year or 0, report.period or report.type, report.id
