"""Shapes that `Archive` gives beside those of the contract: listings, details, status and progress."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field

from search.schema import Citation, GoalRef, GoalStatusRow, Hit, IndicatorRow, MentionRow, ReportRef, Schema

Stage = Literal["find", "parse", "annotate", "embed", "write", "done"]
ExportKind = Literal[
    "reports",
    "sections",
    "passages",
    "indicators",
    "activities",
    "mentions",
    "entities",
    "good-examples",
    "goals",
]
EXPORT_KINDS: tuple[ExportKind, ...] = get_args(ExportKind)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run of ingest or reindex stands."""

    stage: Stage
    done: int
    """Files finished (for embed within one file: passages)."""
    total: int
    source: str | None
    """File name the stage works on."""
    seconds: float = 0.0
    """What the stage took for this file; 0 while it runs."""


ProgressCallback = Callable[[Progress], None]


class FailedFile(Schema):
    """A file that could not be read the last time it was tried."""

    source: str
    path: str
    error_kind: str
    error: str
    failed_at: str
    """ISO time in UTC."""
    report_id: str | None
    """Id of an earlier good version that is still searched; None when there is none."""


class DuplicateFile(Schema):
    """A file that holds a report which the archive has from another file; it is not searched."""

    source: str
    path: str
    duplicate_of: str
    """Id of that report."""
    primary: str
    """File name of that report."""


class PartRow(Schema):
    """A labelled part of a section."""

    label: str
    line: int | None
    page: int | None


class SectionRow(Schema):
    """One section, as exported; `id`, `parent` and `passages` tie it to the report's tree and text."""

    id: int
    """Position in the report."""
    parent: int | None
    report: str
    source: str
    line: int | None
    page: int | None
    end_line: int | None
    kind: str
    number: str | None
    title: str
    status: str | None
    path: tuple[str, ...]
    """Titles from the outermost section to this one, each with its number."""
    parts: tuple[PartRow, ...]
    passages: int
    """Passages in the section itself, children not counted."""


class ReportCounts(Schema):
    """What a report holds."""

    sections: int
    passages: int
    indicators: int
    activities: int
    good_examples: int
    mentions: int


class ReportDetail(Schema):
    """One report with its section tree."""

    report: ReportRef
    path: str
    format: str
    sections: tuple[SectionRow, ...]
    counts: ReportCounts
    warnings: tuple[str, ...]
    unreadable_pages: tuple[int, ...]
    inferred: tuple[str, ...]
    """Metadata fields that are not printed on a title page."""
    officers: tuple[str, ...]
    diary_number: str | None
    personal_data: dict[str, int] = Field(default_factory=dict)
    """Kind → how many the report holds."""


class EntityCount(Schema):
    """An entity and how often the archive mentions it."""

    name: str
    label: str
    mentions: int
    reports: int
    districts: int


class YearCount(Schema):
    """Mentions in the reports of one year."""

    year: int | None
    mentions: int
    reports: int


class SpellingCount(Schema):
    """A way a name is written and how often."""

    text: str
    mentions: int


class GoalMentions(Schema):
    """Mentions under one goal of one report."""

    report: str
    number: str | None
    title: str
    mentions: int


class Neighbour(Schema):
    """A name in the same passages."""

    name: str
    label: str
    passages: int


class NameCorrection(Schema):
    """Something that somebody has said of a name."""

    action: Literal["merge", "split", "rename", "label", "hide"]
    name: str
    value: str | None
    """The other name, the variant, the new name or the label."""
    made_at: str
    """ISO time in UTC."""


class EntityDetail(Schema):
    """One entity: what the registry knows and every report that mentions it."""

    name: str
    label: str
    variants: tuple[str, ...]
    long_form: str | None
    note: str | None
    in_registry: bool
    valid_from: str | None
    valid_to: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    mentions: int
    rows: tuple[MentionRow, ...]
    """By district or city-wide board."""
    years: tuple[YearCount, ...]
    citations: tuple[Hit, ...]
    """One passage a report."""
    spellings: tuple[SpellingCount, ...] = ()
    """The ways it is written in the reports, the most frequent first."""
    definition: Citation | None = None
    """A sentence that says what it is, where a report has one."""
    first_year: int | None = None
    last_year: int | None = None
    districts: tuple[str, ...] = ()
    goals: tuple[GoalMentions, ...] = ()
    """The goals it is mentioned under, those with most mentions first."""
    neighbours: tuple[Neighbour, ...] = ()
    """Names that stand in the same passages, the most frequent first."""
    origin: Literal["registry", "discovered", "text"] = "registry"
    """Where the name comes from: the known names, found in the reports as a programme, or only as words in the text."""
    part_of: tuple[str, ...] = ()
    """For a neighbourhood its district, now and before."""
    corrections: tuple[NameCorrection, ...] = ()
    """What people have said of it."""


class StatusReport(Schema):
    """What is indexed and with which models."""

    home: str
    reports: int
    failed: int
    passages: int
    vectors: int
    sections: int
    indicators: int
    activities: int
    good_examples: int
    mentions: int
    encoder: str | None
    encoder_fingerprint: str | None
    sparse_scheme: str | None
    registry_version: str | None
    duplicates: int = 0
    """Files that are copies or other renderings of an indexed report."""
    personal_data: dict[str, int] = Field(default_factory=dict)
    """Kind → how many personal data the reports hold, counted when they were read."""
    corrections: int = 0
    """What people have said of names."""
    registry_current: bool
    """False when mentions were found with another version of the registry: questions then scan the text as well."""
    schema_version: str
    generation: int
    vector_store: str
    database: str
    catalogue_bytes: int | None
    vector_bytes: int | None
    districts: tuple[str, ...]
    years: tuple[int, ...]
    read_before: int = 0
    """Reports read by a version that made no passages of goals' judgements; `ingest` of their files reads them anew."""


class Problem(Schema):
    """Something that `check` found."""

    kind: Literal[
        "pending",
        "missing_vectors",
        "orphan_vectors",
        "quote_hash",
        "missing_file",
        "changed_file",
        "old_reading",
        "database",
    ]
    report: str | None
    message: str
    mended: bool


class CheckReport(Schema):
    """The outcome of `check`."""

    ok: bool
    """True when nothing is wrong, or all that was wrong is mended."""
    reports: int
    passages: int
    vectors: int
    problems: tuple[Problem, ...]


class ReindexReport(Schema):
    """The outcome of `reindex`."""

    reports: int
    passages: int
    seconds: float
    encoder: str


class GoalCell(Schema):
    """How the reports of one district or board and year judge one goal."""

    district: str | None
    board: str | None
    """Of a city-wide board; None for a district."""
    year: int
    state: Literal["judged", "none_printed", "not_in_report", "no_report"]
    """`none_printed`: a report has the goal without a status; `not_in_report`: reports are held, none has the goal."""
    status: str | None
    """Of the last report that judges it; None unless `judged`."""
    judgements: tuple[GoalStatusRow, ...]
    """Every report's, each with its citation."""


class GoalMatrixRow(Schema):
    """One goal."""

    goal: GoalRef
    cells: tuple[GoalCell, ...]
    """By district or board, then by year: the same places in every row."""


class GoalMatrix(Schema):
    """Goal × district × year."""

    years: tuple[int, ...]
    rows: tuple[GoalMatrixRow, ...]
    reports: int
    """Reports that were looked at."""


class IndicatorSeries(Schema):
    """One or more indicators over districts and years."""

    asked: str
    names: tuple[str, ...]
    """The indicators that are meant, the nearest first; () when the archive has none."""
    rows: tuple[IndicatorRow, ...]
    """By indicator, district or board, year and period."""
    without: tuple[ReportRef, ...]
    """Reports that were looked at and have no such row."""
