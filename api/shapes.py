"""Lists as JSON: the rows under one name, with how many there are in all and which of them these are."""

from search.saved import News, SavedQuestion
from search.schema import (
    EntityMention,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    IndicatorRow,
    ReportRef,
    Schema,
)
from search.views import DuplicateFile, EntityCount, FailedFile, NameCorrection, SectionRow


class Listing(Schema):
    """Base of the lists."""

    total: int
    """Rows that match, whether or not they are all in this answer."""
    limit: int | None = None
    """None: every row is here."""
    offset: int = 0
    next: str | None = None
    """Over HTTP: the `cursor` of the next page; None after the last row."""


class ReportList(Listing):
    """Indexed reports, and files that could not be read."""

    reports: tuple[ReportRef, ...]
    failed: tuple[FailedFile, ...]
    duplicates: tuple[DuplicateFile, ...] = ()
    """Only when asked for."""


class SectionList(Listing):
    """Sections of one report in reading order."""

    sections: tuple[SectionRow, ...]


class EntityList(Listing):
    """Names with counts."""

    entities: tuple[EntityCount, ...]


class CorrectionList(Listing):
    """What people have said of names."""

    corrections: tuple[NameCorrection, ...]


class CorrectionFile(Schema):
    """The file that `spana entities export` writes and `import` reads."""

    corrections: tuple[NameCorrection, ...]


class GoalList(Listing):
    """Goals with their judgements."""

    goals: tuple[GoalStatusRow, ...]


class IndicatorList(Listing):
    """Indicator values."""

    indicators: tuple[IndicatorRow, ...]


class GoodExampleList(Listing):
    """Good examples."""

    good_examples: tuple[GoodExampleRow, ...]


class HitList(Listing):
    """Passages."""

    hits: tuple[Hit, ...]


class AnnotatedLine(Schema):
    """One line of running text with its entities."""

    line: int
    """1-based."""
    text: str
    entities: tuple[EntityMention, ...]


class Removed(Schema):
    """The report that was removed."""

    removed: ReportRef


class SavedList(Listing):
    """Questions that are followed."""

    questions: tuple[SavedQuestion, ...]


class NewsList(Listing):
    """What followed questions have found that was not told before."""

    news: tuple[News, ...]


class Finding(Schema):
    """One thing that `spana doctor` looked at."""

    name: str
    ok: bool
    found: str
    step: str | None
    """What to do, when it is not as it should be."""


class FindingList(Listing):
    """What `spana doctor` found."""

    findings: tuple[Finding, ...]
