"""What the archive holds by district and year, and where in it something is mentioned: tables with their gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from search.schema import Citation, Filters, MentionRow, ReportMentions, ReportRef, Unreadable

UNKNOWN = "?"
"""The column of reports without a known year."""
CellState = Literal["mentioned", "none", "missing"]


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One district or city-wide board with its reports by year."""

    name: str
    city_wide: bool
    cells: tuple[tuple[ReportRef, ...], ...]
    """One a column; empty where no report is held."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Areas by years."""

    years: tuple[str, ...]
    rows: tuple[HoldingRow, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source of an answer."""

    number: int
    report: str
    passage: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class MentionCell:
    """What one area's reports of one year say."""

    state: CellState
    mentions: int
    sources: tuple[Source, ...]
    partly_unreadable: bool
    """Some page of these reports could not be read, so that "not mentioned" is not the whole truth."""


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One district or city-wide board."""

    name: str
    city_wide: bool
    names: tuple[str, ...]
    mentions: int
    cells: tuple[MentionCell, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports that mention it."""
        return tuple(source.report for cell in self.cells for source in cell.sources)


@dataclass(frozen=True, slots=True)
class MentionTable:
    """The answer to "who mentions it", by area and year."""

    years: tuple[str, ...]
    lines: tuple[MentionLine, ...]
    sources: tuple[Source, ...]


Area = tuple[bool, str]
"""Whether it is city-wide, and its name: districts come first in order."""


def area_of(report: ReportRef) -> Area:
    """The district of a report, or its city-wide board."""
    return (report.district is None, report.district or report.board or report.source)


def _year(year: int | None) -> str:
    return UNKNOWN if year is None else str(year)


def _years(found: Iterable[int | None]) -> tuple[str, ...]:
    """Every year from the first to the last, so that a gap shows, and the unknown year last."""
    known = {year for year in found if year is not None}
    span = [str(year) for year in range(min(known), max(known) + 1)] if known else []
    if len(span) > MAX_SPAN:
        span = [str(year) for year in sorted(known)]
    return (*span, UNKNOWN) if None in set(found) else tuple(span)


MAX_SPAN = 25
"""Years; a wider span (one wrongly dated report is enough) shows only the years with reports."""


def holdings(reports: Sequence[ReportRef]) -> Holdings:
    """Reports by area and year, districts first."""
    years = _years([report.year for report in reports])
    rows = []
    for city_wide, name in sorted({area_of(report) for report in reports}):
        own = [report for report in reports if area_of(report) == (city_wide, name)]
        cells = tuple(tuple(one for one in own if _year(one.year) == year) for year in years)
        rows.append(HoldingRow(name, city_wide, cells))
    return Holdings(years, tuple(rows))


def area_name(district: str | None, citation: Citation) -> str:
    """The district, or the city-wide board that a citation's label begins with."""
    return district or citation.label.partition(",")[0]


def report_filters(filters: Filters) -> Filters:
    """Only the filters that choose whole reports."""
    passage_level = ("goal", "part", "status", "entity")
    dropped: dict[str, tuple[str, ...]] = dict.fromkeys(passage_level, ())
    return filters.model_copy(update=dropped | {f"exclude_{field}": () for field in passage_level})


def mention_table(
    found: Iterable[MentionRow], unreadable_files: Iterable[Unreadable], reports: Sequence[ReportRef]
) -> MentionTable:
    """Mention rows, one an area or one an area and year, among the `reports` that were searched."""
    held = holdings(reports)
    unreadable = {one.source for one in unreadable_files}
    rows: dict[Area, list[MentionRow]] = {}
    for row in found:
        rows.setdefault((row.district is None, row.district or row.board or ""), []).append(row)
    sources: list[Source] = []
    lines = []
    for place in held.rows:
        own = rows.get((place.city_wide, place.name), [])
        by_report = {one.id: one for row in own for one in row.reports}
        cells = tuple(_cell(cell, by_report, unreadable, sources) for cell in place.cells)
        names = tuple(dict.fromkeys(name for row in own for name in row.entities))
        lines.append(MentionLine(place.name, place.city_wide, names, sum(row.mentions for row in own), cells))
    return MentionTable(held.years, tuple(lines), tuple(sources))


def _cell(
    held: Sequence[ReportRef], by_report: dict[str, ReportMentions], unreadable: set[str], sources: list[Source]
) -> MentionCell:
    own = []
    mentions = 0
    for report in held:
        mentioned = by_report.get(report.id)
        if mentioned:
            mentions += mentioned.mentions
            source = Source(len(sources) + 1, report.id, mentioned.passage_id, mentioned.citation)
            sources.append(source)
            own.append(source)
    state: CellState = "mentioned" if own else "none" if held else "missing"
    return MentionCell(state, mentions, tuple(own), any(report.source in unreadable for report in held))
