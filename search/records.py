"""The catalogue's rows as frozen data."""

from dataclasses import dataclass

from ingest.block import Run
from ingest.report import Part, Report, Value
from search.runs import Place, load_runs
from search.schema import ReportRef


@dataclass(frozen=True, slots=True)
class FoundMention:
    """An entity in a passage, with its spot in the source."""

    passage: int
    """Position of the passage in its report."""
    label: str
    name: str
    text: str
    start: int
    end: int
    """Offsets in the passage's text."""
    marked: bool
    """True for an entity; False for a known name inside a longer word or entity."""
    place: Place
    known: bool
    """True when it was found by the names in use, False by patterns or a model."""


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A report with all that the catalogue keeps of it, ready to be written."""

    id: str
    path: str
    report: Report
    section_paths: tuple[tuple[str, ...], ...]
    """For each section the titles from the outermost to it."""
    judged: tuple[str | None, ...]
    """For each section the status that holds for its text."""
    passage_ids: tuple[str, ...]
    mentions: tuple[FoundMention, ...]
    registry_version: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One version of a report."""

    key: int
    id: str
    state: str
    source: str
    stem: str
    path: str
    sha256: str
    format: str
    title: str | None
    board: str | None
    district: str | None
    type: str
    year: int | None
    period: str | None
    date: str | None
    diary_number: str | None
    officers: tuple[str, ...]
    inferred: tuple[str, ...]
    pages: int | None
    unreadable_pages: tuple[int, ...]
    warnings: tuple[str, ...]
    registry_version: str
    looked_through: str | None = None
    """Version of what looked for programmes and personal data in it; None before that was done."""

    @property
    def area(self) -> tuple[str | None, str | None]:
        """What the report is counted under: its district, or its board when it is city-wide."""
        return (self.district, None) if self.district else (None, self.board)

    def ref(self) -> ReportRef:
        return ReportRef(
            id=self.id,
            title=self.title,
            board=self.board,
            district=self.district,
            type=self.type,
            year=self.year,
            period=self.period,
            date=self.date,
            source=self.source,
            sha256=self.sha256,
            pages=self.pages,
        )


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """One section of a report."""

    report_key: int
    position: int
    parent: int | None
    kind: str
    number: str | None
    title: str
    status: str | None
    judged: str | None
    goal_number: str | None
    path: tuple[str, ...]
    line: int | None
    end_line: int | None
    page: int | None
    end_page: int | None
    parts: tuple[Part, ...]
    judged_line: int | None = None
    judged_page: int | None = None


@dataclass(frozen=True, slots=True)
class GoalRecord:
    """A goal and how its report judges it, without where that is printed: as little as goals are chosen by."""

    report_key: int
    position: int
    kind: str
    number: str | None
    title: str
    status: str | None
    goal_number: str | None

    @property
    def place(self) -> tuple[int, int]:
        """(report key, position)."""
        return self.report_key, self.position


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """One passage of a report."""

    key: int
    """Also the id of its point among the vectors."""
    id: str
    report_key: int
    position: int
    section: int
    part: str | None
    subheading: str | None
    kind: str
    text: str
    places: str
    """`runs` as `search.runs.dump_runs` writes them: most passages are ranked and never shown."""
    quote: str
    quote_sha256: str
    pages: tuple[int, ...]
    lines: tuple[int, int] | None
    duplicate_of: int | None = None
    """Position of the earlier passage of the report that says the same."""

    @property
    def is_heading(self) -> bool:
        """Whether it is a goal's heading, whose names are counted among those of all headings."""
        return self.kind == "goal"

    @property
    def runs(self) -> tuple[Run, ...]:
        """Where each stretch of `text` stands in the source.

        Raises:
            StorageError: the catalogue is damaged.
        """
        return load_runs(self.places)


@dataclass(frozen=True, slots=True)
class HeadingRecord:
    """A section's title or a free subheading."""

    report_key: int
    position: int
    section: int
    text: str
    runs: tuple[Run, ...]
    """() for a section's title."""
    line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """One mention, with its report and passage."""

    report_key: int
    passage: int
    label: str
    name: str
    text: str
    start: int
    end: int
    marked: bool
    place: str
    line: int | None
    line_start: int | None
    line_end: int | None
    page: int | None
    known: bool | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """One indicator row of a report."""

    report_key: int
    section: int
    goal_number: str | None
    name: str
    cells: tuple[tuple[str, str], ...]
    note: str | None
    value: Value | None
    men: Value | None
    women: Value | None
    previous: Value | None
    forecast: Value | None
    target: Value | None
    city_target: Value | None
    period: str | None
    passage: int
    line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """One activity row of a report."""

    report_key: int
    section: int
    goal_number: str | None
    name: str
    start: str | None
    end: str | None
    deviation: str | None
    note: str | None
    passage: int
    line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class GoodExampleRecord:
    """One good example of a report."""

    report_key: int
    section: int
    goal_number: str | None
    text: str
    unit: str | None
    explicit: bool
    evidence: str | None
    passages: tuple[int, ...]
    line: int | None
    end_line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file that ingest has seen."""

    path: str
    source: str
    size: int
    mtime_ns: int
    sha256: str | None
    status: str
    report_id: str | None
    error_kind: str | None
    error: str | None
    tried_at: str
