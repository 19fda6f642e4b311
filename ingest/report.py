"""A report as the rest of spana sees it: plain, frozen data."""

from dataclasses import dataclass
from typing import Literal

from ingest.block import Run, SourceFormat

ReportType = Literal[
    "tertialrapport 1",
    "tertialrapport 2",
    "verksamhetsplan",
    "verksamhetsberättelse",
    "delårsrapport",
    "årsredovisning",
    "budget",
    "annat",
]
SectionKind = Literal["chapter", "inriktningsmal", "verksamhetsomradesmal", "namndmal", "other"]
Status = Literal["Uppfylls helt", "Uppfylls delvis", "Uppfylls inte"]
PassageKind = Literal["paragraph", "list_item", "indicator", "activity", "table_row", "goal"]
"""`goal`: a goal's heading with the judgement printed on it or right below it; goals without one have none."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What report this is. Missing values are None; `inferred` names the fields not printed on a title page."""

    title: str | None
    board: str | None
    """As named in the report, e.g. "Spånga-Tensta stadsdelsnämnd", "Socialnämnden"."""
    district: str | None
    """The stadsdelsområde, e.g. "Spånga-Tensta"; None for a city-wide board."""
    type: ReportType
    year: int | None
    period: str | None
    """e.g. "Tertial 1 2021"."""
    date: str | None
    """ISO date of the document."""
    diary_number: str | None = None
    officers: tuple[str, ...] = ()
    """Handläggare."""
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a section's text."""

    label: str
    """As printed: Analys, Beskrivning, Förväntat resultat, Indikator, Aktivitet, Goda exempel, …"""
    line: int | None
    page: int | None
    continued: bool = False
    """True for a table heading repeated after a page break."""


@dataclass(frozen=True, slots=True)
class Section:
    """One heading and what stands under it up to the next heading of the tree."""

    id: int
    """Position in `Report.sections`."""
    parent: int | None
    """Id of the section above in the tree."""
    kind: SectionKind
    number: str | None
    """"1", "1.1", "1.1.1" without a final dot, as printed; None when none is printed."""
    title: str
    """Without number and label ("KF:s inriktningsmål:")."""
    status: Status | None
    """None when no judgement is printed."""
    parts: tuple[Part, ...]
    goal_number: str | None
    """Number of this goal, or of the nearest goal above that has one; None outside the goal tree."""
    line: int | None
    """Line of the heading in text-like sources."""
    end_line: int | None
    page: int | None
    end_page: int | None
    judged_line: int | None = None
    """Line of the heading that `status` stands under: a goal may be printed in the text and again, with its judgement,
    above its tables."""
    judged_page: int | None = None


@dataclass(frozen=True, slots=True)
class Subheading:
    """A free heading within a section; it stands in no passage."""

    section: int
    """Id of its section."""
    part: str | None
    text: str
    runs: tuple[Run, ...]
    """Where `text` stands in the source."""
    page: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text to find and to cite: never crosses a section or a part."""

    section: int
    """Id of its section."""
    part: str | None
    """Label of the part it stands in, as in `Part.label`."""
    subheading: str | None
    """The nearest free subheading above within the part."""
    kind: PassageKind
    text: str
    """Clean, readable text; a table row reads as a sentence."""
    runs: tuple[Run, ...]
    """Where `text` stands in the source; words added for readability lie in no run."""
    quote: str
    """Verbatim from the source: white space folded, line-break hyphens joined; contiguous (see ingest.quote)."""
    pages: tuple[int, ...]
    """1-based, in order; () for formats without pages."""
    lines: tuple[int, int] | None
    """First and last line, inclusive, in text-like sources."""
    duplicate_of: int | None = None
    """Index in `Report.passages` of the earlier passage that says the same; None for all others."""


@dataclass(frozen=True, slots=True)
class Value:
    """A table cell as a number."""

    number: float | None
    """None when the cell is not a number ("Tas fram av nämnd", "öka", "IU")."""
    unit: str | None
    """"%", "st", "mnkr", …; None when none is printed."""
    text: str
    """As printed."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row."""

    section: int
    goal_number: str | None
    name: str
    values: tuple[tuple[str, str], ...]
    """(column heading as printed and mended, cell as printed), empty cells included as ""."""
    note: str | None
    """The row's comment ("Analys …")."""
    value: Value | None
    """The outcome ("Periodens utfall", "Utfall")."""
    men: Value | None
    women: Value | None
    previous: Value | None
    forecast: Value | None
    target: Value | None
    """Årsmål."""
    city_target: Value | None
    """KF:s årsmål."""
    period: str | None
    passage: int
    """Index in `Report.passages` of the row's passage."""
    line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity row. Dates are ISO strings as printed."""

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
class GoodExample:
    """A practice worth copying."""

    section: int
    goal_number: str | None
    text: str
    unit: str | None
    """The unit that did it, when the text names one."""
    explicit: bool
    """True when the report itself calls it a good example."""
    evidence: str | None
    """The sentence that reports a result."""
    passages: tuple[int, ...]
    """Indexes in `Report.passages`."""
    line: int | None
    end_line: int | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything read from one file."""

    source: str
    """File name without folders."""
    sha256: str
    """Of the file's bytes, lower-case hex."""
    format: SourceFormat
    metadata: Metadata
    pages: int | None
    unreadable_pages: tuple[int, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    """In reading order; the first is the whole report's root-less list (parents come before children)."""
    passages: tuple[Passage, ...]
    """In reading order."""
    indicators: tuple[Indicator, ...]
    activities: tuple[Activity, ...]
    good_examples: tuple[GoodExample, ...]
    subheadings: tuple[Subheading, ...] = ()
    """In reading order."""
