"""The Swedish rules in `ingest/data`, read once and checked against a schema."""

import re
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from ingest.report import ReportType, Status

DATA = Path(__file__).parent / "data"
GoalKind = Literal["inriktningsmal", "verksamhetsomradesmal", "namndmal"]
Model = TypeVar("Model", bound=BaseModel)


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PartRule(_Rules):
    """A label of a part of a goal's text."""

    label: str
    list: bool = False
    """Its lines are list items, never subheadings."""
    mostly_board_goals: bool = False
    """A label under a nämndmål; elsewhere only where parts stand, for it is an ordinary word too."""
    begins_headings: bool = False
    """A heading that begins with the label ("Goda exempel inom förskolan") begins the part too."""
    begins_board_goal: bool = False
    """A nämndmål's text begins with it, so the line above is the goal's title."""


class TableLabels(_Rules):
    """The part label of each kind of goal table."""

    indicator: str
    activity: str


class GoalRules(_Rules):
    """data/goals.yaml."""

    labels: dict[GoalKind, tuple[str, ...]]
    shared_labels: dict[GoalKind, tuple[str, ...]]
    """Labels that tell no kind, under the kind that they mean when the goal has no number."""
    statuses: dict[Status, tuple[str, ...]]
    status_openings: tuple[str, ...]
    short_statuses: dict[Status, tuple[str, ...]]
    no_status: tuple[str, ...]
    symbols: dict[str, Status]
    parts: tuple[PartRule, ...]
    tables: TableLabels


class ChapterRules(_Rules):
    """data/chapters.yaml."""

    contents: tuple[str, ...]
    goals: tuple[str, ...]
    chapters: tuple[str, ...]
    other_chapters: tuple[str, ...]
    economy: tuple[str, ...]
    sections: tuple[str, ...]
    section_beginnings: tuple[str, ...]
    attachments: tuple[str, ...]


class FurnitureRules(_Rules):
    """data/furniture.yaml."""

    page_lines: tuple[str, ...]
    repeated: tuple[str, ...]
    companions: tuple[str, ...]

    @field_validator("page_lines", "repeated", "companions")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            re.compile(pattern)
        return patterns


class LanguageRules(_Rules):
    """data/language.yaml."""

    keep_hyphen_before: frozenset[str]
    months: frozenset[str]
    abbreviations: frozenset[str]
    no_heading_end: frozenset[str]
    no_heading_beginning: frozenset[str]
    """A line that begins with such a word says something about a table or a picture."""
    never_title_end: frozenset[str]
    """After such a word a title goes on in the next line, whatever it begins with."""
    sums: frozenset[str]
    """What stands after a sum of money or a share."""
    hanging: frozenset[str]
    """No sentence ends with such a word: after it a paragraph goes on over a page break, even with a name."""


def load(name: str, model: type[Model]) -> Model:
    """Read and check `data/<name>.yaml`. Raises pydantic.ValidationError when it does not follow the schema."""
    return model.model_validate(yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8")))


@cache
def goal_rules() -> GoalRules:
    """Labels, statuses and parts of goals."""
    return load("goals", GoalRules)


@cache
def chapter_rules() -> ChapterRules:
    """Titles of chapters and sections outside the goals."""
    return load("chapters", ChapterRules)


@cache
def furniture_rules() -> FurnitureRules:
    """Patterns of running headers and footers."""
    return load("furniture", FurnitureRules)


@cache
def language_rules() -> LanguageRules:
    """Small words, months and abbreviations."""
    return load("language", LanguageRules)


def key(text: str) -> str:
    """A title as a key for comparison: lower case, letters and digits only, single blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


class BoardRules(_Rules):
    """data/boards.yaml."""

    districts: dict[str, str]
    """Stadsdelsområde → the board's name."""
    city_boards: tuple[str, ...]
    other_board_patterns: tuple[str, ...]
    home: tuple[str, ...]
    other_homes: tuple[str, ...]


class TitleRule(_Rules):
    """A pattern in a title and the report type that it means."""

    type: ReportType
    pattern: str


class ReportTypeRules(_Rules):
    """data/report_types.yaml."""

    titles: tuple[TitleRule, ...]
    file_names: tuple[TitleRule, ...]
    """Looked for in the file's name when the document does not tell."""
    title_words: str
    covering: str
    general: str
    decision: str
    period: str
    period_outcome: str
    plan_words: str
    officers: tuple[str, ...]
    addressee: tuple[str, ...]
    contact_lines: str
    officers_end: str


@cache
def board_rules() -> BoardRules:
    """Boards and districts."""
    return load("boards", BoardRules)


@cache
def report_type_rules() -> ReportTypeRules:
    """How a title page is read."""
    return load("report_types", ReportTypeRules)
