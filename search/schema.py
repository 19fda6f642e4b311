"""The shapes that leave spana as JSON: hits, citations, answers. The contract of the commands and of the HTTP API."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Schema(BaseModel):
    """Base of all shapes: immutable, and no field that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Filters(Schema):
    """Which reports and passages a question is about. Within a field values mean "or", between fields "and"."""

    district: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    type: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    """Goal numbers; "1" includes 1.4 and 1.4.2, "1.4" includes 1.4.2."""
    part: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    """"helt", "delvis", "inte" or the printed words."""
    entity: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    """Report ids or source stems."""
    from_year: int | None = None
    to_year: int | None = None
    exclude_district: tuple[str, ...] = ()
    exclude_board: tuple[str, ...] = ()
    exclude_year: tuple[int, ...] = ()
    exclude_type: tuple[str, ...] = ()
    exclude_goal: tuple[str, ...] = ()
    exclude_part: tuple[str, ...] = ()
    exclude_status: tuple[str, ...] = ()
    exclude_entity: tuple[str, ...] = ()
    exclude_report: tuple[str, ...] = ()


class ReportRef(Schema):
    """A report as it is named in answers."""

    id: str
    title: str | None
    board: str | None
    district: str | None
    """The stadsdelsområde; None for a city-wide board."""
    type: str
    year: int | None
    period: str | None
    date: str | None
    source: str
    """File name."""
    sha256: str
    pages: int | None


class PageBox(Schema):
    """A rectangle on a page in PDF points, origin at the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Citation(Schema):
    """Where a statement stands, so that a reader can check it."""

    source: str
    pages: tuple[int, ...] | None
    lines: tuple[int, int] | None
    boxes: tuple[PageBox, ...] | None
    quote: str
    """Verbatim from the source once white space and line-break hyphens are folded."""
    sha256: str
    """Of `quote` in UTF-8, lower-case hex."""
    label: str
    """A ready footnote."""


class EntityMention(Schema):
    """An entity in a text; offsets are code points, half-open."""

    text: str
    label: str
    name: str
    start: int
    end: int


class SectionRef(Schema):
    """The section a passage stands in."""

    number: str | None
    title: str
    kind: str
    part: str | None
    status: str | None
    path: tuple[str, ...]
    """Titles from the outermost section to this one, each with its number."""
    id: int | None = None
    """Position of the section in its report, as in `SectionRow.id`."""


class Hit(Schema):
    """A passage that was found."""

    rank: int
    score: float
    passage_id: str
    report: ReportRef
    section: SectionRef
    citation: Citation
    text: str
    highlights: tuple[tuple[int, int], ...]
    """Half-open ranges in `text`."""
    entities: tuple[EntityMention, ...]
    nearest_only: bool = False
    """True in an unanswered question's nearest passages: related, not an answer."""


class FacetValue(Schema):
    """A filter value and how many hits it would leave."""

    value: str | int
    count: int


class SearchResult(Schema):
    """Ranked passages."""

    query: str
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    total: int
    """Number of candidate passages before the limit."""
    took_ms: float
    filters: Filters = Filters()
    """The filters in force, given or understood from the question."""


class ReportMentions(Schema):
    """One report's share of a mention row."""

    id: str
    year: int | None
    type: str
    mentions: int
    citation: Citation
    passage_id: str | None = None


class MentionRow(Schema):
    """A district (or a city-wide board) whose reports mention what was asked for."""

    district: str | None
    board: str | None
    entities: tuple[str, ...]
    mentions: int
    reports: tuple[ReportMentions, ...]


class IndicatorRow(Schema):
    """One indicator value."""

    district: str | None
    report: str
    year: int | None
    period: str | None
    name: str
    value: float | str | None
    unit: str | None
    men: float | str | None
    women: float | str | None
    previous: float | str | None
    target: float | str | None
    city_target: float | str | None
    forecast: float | str | None
    note: str | None
    citation: Citation


class GoalRef(Schema):
    """A goal of the steering tree."""

    kind: str
    number: str | None
    title: str


class GoalStatusRow(Schema):
    """How one report judges one goal."""

    district: str | None
    report: str
    year: int | None
    goal: GoalRef
    status: str | None
    citation: Citation


class GoodExampleRow(Schema):
    """A practice worth copying."""

    district: str | None
    report: str
    goal_number: str | None
    summary: str
    unit: str | None
    explicit: bool
    citation: Citation


class WithoutMention(Schema):
    """A district or city-wide board that was searched and has no mention."""

    district: str | None
    board: str | None
    reports: int


class Unreadable(Schema):
    """A file, or pages of one, that could not be searched."""

    source: str
    pages: tuple[int, ...] | None
    """None: the whole file."""
    reason: str


class Coverage(Schema):
    """What an answer rests on."""

    reports_searched: int
    districts_searched: tuple[str, ...]
    without_mention: tuple[WithoutMention, ...]
    unreadable: tuple[Unreadable, ...]


AnswerKind = Literal["mentions", "indicator", "goal_status", "good_examples", "passages", "unanswered"]
Row = MentionRow | IndicatorRow | GoalStatusRow | GoodExampleRow


class Answer(Schema):
    """An answer made only of what the archive says."""

    question: str
    kind: AnswerKind
    answer: str
    """In the question's language; Swedish quotes stay Swedish."""
    language: Literal["sv", "en"] = "sv"
    rows: tuple[Row, ...]
    citations: tuple[Hit, ...]
    coverage: Coverage
    filters: Filters = Filters()
    """Filters in force, given or understood from the question."""
    found_by: tuple[Annotated[str, Field(description="name: registry | lexical")], ...] = ()
    """For mentions: one entry a name, e.g. "Trefas: registry", "Kvinnokraft: lexical"."""
    took_ms: float = 0.0


class IngestedFile(Schema):
    """What became of one file."""

    id: str | None
    source: str
    status: Literal["indexed", "unchanged", "replaced", "failed", "duplicate"]
    error: str | None
    error_kind: str | None
    pages: int | None
    passages: int | None
    seconds: float
    warnings: tuple[str, ...] = ()
    path: str | None = None


class IngestResult(Schema):
    """What became of a run of `spana ingest`."""

    reports: tuple[IngestedFile, ...]
    totals: dict[str, int | float]


class SectionPart(Schema):
    """A labelled part of a section."""

    label: str
    line: int | None
    page: int | None


class SectionRow(Schema):
    """One section, as in the export `sections`; `id`, `parent` and `passages` tie it to the report's tree and text."""

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
    parts: tuple[SectionPart, ...]
    passages: int
    """Number of passages in the section itself, children not counted."""


class SectionNode(Schema):
    """A section with the sections under it."""

    id: int
    kind: str
    number: str | None
    title: str
    status: str | None
    line: int | None
    page: int | None
    end_line: int | None
    parts: tuple[SectionPart, ...]
    passages: int
    children: tuple["SectionNode", ...]


class ReportDetail(Schema):
    """One report with its section tree."""

    report: ReportRef
    sections: tuple[SectionNode, ...]
    """The outermost sections, in reading order."""
    counts: dict[str, int]
    """Sections, passages, indicators, activities, mentions, good examples."""
    unreadable_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


class FailedFile(Schema):
    """A file that could not be read, or that could only be read in part."""

    source: str
    error: str
    error_kind: str
    failed_at: str | None
    """ISO time in UTC."""


class EntityCount(Schema):
    """A name and how often it occurs."""

    name: str
    label: str
    mentions: int
    reports: int
    districts: int


class EntityDetail(Schema):
    """One entity: its variants, its mentions by district and year, and citations."""

    name: str
    label: str
    variants: tuple[str, ...]
    long_form: str | None
    note: str | None
    valid_from: str | None
    valid_to: str | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    mentions: int
    rows: tuple[MentionRow, ...]
    citations: tuple[Hit, ...]


class StatusReport(Schema):
    """What is indexed, where, and with which models."""

    version: str
    home: str
    catalogue: str
    """Database URL without a password."""
    vector_store: str
    encoder: str | None
    """The model that made the vectors; None for an empty index."""
    encoder_fingerprint: str | None
    models_match: bool
    """False when the models set now would give other vectors: see `spana reindex`."""
    reports: int
    failed: int
    sections: int
    passages: int
    vectors: int
    mentions: int
    indicators: int
    disk_bytes: int


class CheckProblem(Schema):
    """Something that does not fit together."""

    kind: str
    subject: str
    """The report, passage or file it is about."""
    message: str
    """One Swedish sentence."""
    repaired: bool


class CheckReport(Schema):
    """What an integrity check found."""

    ok: bool
    """True when nothing is left to mend."""
    checked: dict[str, int]
    problems: tuple[CheckProblem, ...]


class ReindexResult(Schema):
    """What a rebuild of the vectors did."""

    passages: int
    seconds: float
    encoder: str


class Progress(Schema):
    """How far a long job has come."""

    stage: str
    """In Swedish: "läser", "skriver vektorer", …"""
    done: int
    total: int
    source: str | None = None
