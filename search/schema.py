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


class Reuse(Schema):
    """Words that a similar passage shares with the one asked about."""

    share: float
    """0.5 … 1: of the shorter one's runs of three words."""
    of_year: int | None
    """Year of the similar passage's report."""
    later: bool
    """True when the similar passage is the later one and so took the text over."""


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
    reuse: Reuse | None = None
    """Of similar passages only: how much of the text is the same; None when it is less than half."""


class FacetValue(Schema):
    """A filter value and how many hits it would leave."""

    value: str | int
    count: int


class HitGroup(Schema):
    """Passages that belong together: of one report, district or city-wide board, or goal."""

    name: str
    """"" for passages under no goal."""
    hits: tuple[Hit, ...]
    """The best of them."""
    total: int
    """How many of those that match."""
    filters: Filters | None
    """What leaves only this group; None when no filter does."""


class SearchResult(Schema):
    """Ranked passages."""

    query: str
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    total: int
    """Passages that match, over the whole archive: those with all the words and those near in meaning. The facets count
    the same ones."""
    took_ms: float
    filters: Filters = Filters()
    """The filters in force, given or understood from the question."""
    total_exact: bool = True
    """False when more passages match than could be counted: `total` is the least there are."""
    by_words: int = 0
    """How many of them have all the words, in any form."""
    listed: int = 0
    """Passages that can be paged to: those that match, and the nearest ones that do not (`Hit.nearest_only`), of which
    only the very best come before others that match."""
    groups: tuple[HitGroup, ...] = ()
    """With `group_by`, in place of the hits."""
    groups_total: int = 0
    """How many groups there are."""
    notes: tuple[str, ...] = ()
    """What a reader must know of merged districts and of neighbourhoods that are named, in the query's language."""
    next: str | None = None
    """Over HTTP: the `cursor` of the next page; None after the last."""


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
    year: int | None = None
    """Of all the reports, where the question asks for each year by itself ("per år"); None elsewhere."""


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
    board: str | None = None
    report_id: str | None = None
    passage_id: str | None = None
    """The row as a passage."""
    of_indicator: bool = True
    """False for a row of another table, such as a budget by area: no indicator is called so. Its `period` is then the
    column that the question names, its `value` all the figures where it names none."""


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
    board: str | None = None
    report_id: str | None = None
    passage_id: str | None = None
    """The heading with its judgement; without one the first passage right under the goal."""
    section_id: int = 0
    """Position of the goal in its report, as in `SectionRow.id`."""


class GoodExampleRow(Schema):
    """A practice worth copying."""

    district: str | None
    report: str
    goal_number: str | None
    summary: str
    unit: str | None
    explicit: bool
    citation: Citation
    board: str | None = None
    year: int | None = None
    report_id: str | None = None
    passage_id: str | None = None
    done: bool | None = None
    """True for what was done, False for what is planned, None where the text does not tell."""
    outcome: Citation | None = None
    """The sentence that tells what came of it."""
    indicator: Citation | None = None
    """The indicator of the same goal that is nearest to it."""
    goal_status: str | None = None
    """How the report judges the goal it stands under."""


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


class Understood(Schema):
    """A stretch of a question that became a filter, or a grouping; without it the filter can be lifted."""

    text: str
    start: int
    end: int
    """Half-open range in the question, code points."""
    field: str
    """A field of `Filters`; "group"; or, in questions about goals, "goal_kind" (a kind of `GoalRef`), "unjudged" (those
    that no report judges) or "no_own_goal" (those that the board has set no goal of its own under)."""
    values: tuple[str | int, ...]
    searched_too: bool = False
    """True when the words are searched for as well."""
    lifted: str = ""
    """The question without the stretch: asking it lifts the filter."""


class Spelling(Schema):
    """A word of the question that nobody knows, and the one it was read as."""

    word: str
    used: str
    start: int
    end: int


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
    rows_total: int | None = None
    """How many rows there are in all where an answer about goals, indicators or good examples may show only some."""
    rows_offset: int = 0
    """How many of them come before those shown."""
    citations: tuple[Hit, ...]
    coverage: Coverage
    filters: Filters = Filters()
    """Filters in force, given or understood from the question."""
    found_by: tuple[Annotated[str, Field(description="name: registry | lexical")], ...] = ()
    """For mentions: one entry a name, e.g. "Trefas: registry", "Kvinnokraft: lexical"."""
    asks: str | None = None
    """What was understood to be asked for: mentions, goal_status, indicator, good_examples, precedent, overview or
    passages. `kind` is the shape of the answer."""
    group: Literal["year", "district", "report", "goal"] | None = None
    """How the question wants rows to be grouped ("per år"); rows name year, district and report themselves."""
    understood: tuple[Understood, ...] = ()
    """What of the question became filters."""
    spelling: tuple[Spelling, ...] = ()
    """Words that were read as other words."""
    unused: tuple[str, ...] = ()
    """What of the question could not be used, in sentences of its language."""
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
    duplicate_of: str | None = None
    """Id of the report that a duplicate is another copy or rendering of."""


class IngestResult(Schema):
    """What became of a run of `spana ingest`."""

    reports: tuple[IngestedFile, ...]
    totals: dict[str, int | float]
