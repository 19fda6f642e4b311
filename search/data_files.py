"""The data files that Swedes who do not program can correct: read once, checked against a schema."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel

from models.data_file import read_table

FOLDER = Path(__file__).parent / "data"


class DataFile(BaseModel):
    """Base of the files' schemas: no field that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TypeGroup(DataFile):
    """Words that stand for several report types."""

    words: tuple[str, ...]
    types: tuple[str, ...]


class FilterWords(DataFile):
    """`filters.yaml`."""

    types: dict[str, tuple[str, ...]]
    type_groups: tuple[TypeGroup, ...]
    statuses: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    summaries: tuple[str, ...]


_Shape = TypeVar("_Shape", bound=BaseModel)


def read(name: str, shape: type[_Shape]) -> _Shape:
    """The file `name` of the data folder. Raises `DataFileError` when it does not fit its schema."""
    return read_table(FOLDER / name, shape)


@cache
def filter_words() -> FilterWords:
    """Words for filter values."""
    return read("filters.yaml", FilterWords)


FigureColumn = Literal["women", "men", "previous", "target", "forecast"]
FigureType = Literal["money", "share", "count", "date", "duration"]


class FigureWords(DataFile):
    """How one type of figure is asked for, and the units or words that it is told in."""

    asked: tuple[str, ...]
    told: tuple[str, ...]


class QuestionWords(DataFile):
    """`questions.yaml`."""

    subjects: tuple[str, ...]
    fillers: tuple[str, ...]
    openings: tuple[str, ...]
    mention_verbs: tuple[str, ...]
    mention_passives: tuple[str, ...]
    name_verbs: tuple[str, ...]
    mention_nouns: tuple[str, ...]
    doing: tuple[str, ...]
    area_mentions: tuple[Annotated[str, Field(pattern="^[^…]+…[^…]*$")], ...]
    where_words: tuple[str, ...]
    mention_verbs_last: tuple[str, ...]
    name_openings: tuple[str, ...]
    name_endings: tuple[str, ...]
    conjunctions_or: tuple[str, ...]
    both: tuple[str, ...]
    report_words: tuple[str, ...]
    not_words: tuple[str, ...]
    earlier: tuple[str, ...]
    denials: tuple[str, ...]
    anyone: tuple[str, ...]
    has_words: tuple[str, ...]
    goal_status: tuple[str, ...]
    good_examples: tuple[str, ...]
    indicators: tuple[str, ...]
    topic_fillers: tuple[str, ...]
    figures: tuple[str, ...]
    counts: tuple[str, ...]
    shares: tuple[str, ...]
    amounts: tuple[str, ...]
    figure_types: dict[FigureType, FigureWords]
    measured_openings: tuple[str, ...]
    measured_endings: tuple[str, ...]
    """How questions begin that ask what something is, and how words end for what is always a figure."""
    sums: tuple[str, ...]
    """Words that alone name the row of a table's sum."""
    figure_hints: tuple[str, ...]
    numbers: tuple[str, ...]
    area_leads: tuple[str, ...]
    area_tails: tuple[str, ...]
    area_comparisons: tuple[str, ...]
    area_between: tuple[str, ...]
    comparison_fillers: tuple[str, ...]
    area_relations: tuple[str, ...]
    area_exclusions: tuple[str, ...]
    negated_verbs: tuple[str, ...]
    negated_adverbs: tuple[str, ...]
    goal_words: tuple[str, ...]
    goal_words_sure: tuple[str, ...]
    goal_kinds: dict[Literal["namndmal", "verksamhetsomradesmal", "inriktningsmal"], tuple[str, ...]]
    goal_endings: tuple[str, ...]
    goal_words_other: tuple[str, ...]
    ordinals: dict[str, tuple[str, ...]]
    ordinal_goals: tuple[str, ...]
    entity_leads: tuple[str, ...]
    no_own_goal: tuple[str, ...]
    goal_lists: tuple[str, ...]
    goal_attempts: tuple[str, ...]
    """How questions begin that ask whether something succeeds, without a word for a goal."""
    judgements: tuple[str, ...]
    unjudged: tuple[str, ...]
    judging: tuple[str, ...]
    figure_columns: dict[FigureColumn, tuple[str, ...]]
    changes: tuple[str, ...]
    lowest: tuple[str, ...]
    highest: tuple[str, ...]
    results: tuple[str, ...]
    no_results: tuple[str, ...]
    outcomes: tuple[str, ...]
    plans: tuple[str, ...]
    planned: tuple[str, ...]
    done: tuple[str, ...]
    planned_parts: tuple[str, ...]
    planned_types: tuple[str, ...]
    goal_fillers: tuple[str, ...]
    part_leads: tuple[str, ...]
    not_fully: tuple[Annotated[str, Field(pattern="^[^…]+…[^…]+$")], ...]
    precedents: tuple[str, ...]
    precedent_verbs: tuple[str, ...]
    precedent_fillers: tuple[str, ...]
    about_leads: tuple[str, ...]
    overviews: tuple[str, ...]
    overview_fillers: tuple[str, ...]
    overview_words: tuple[str, ...]
    whole_archive: tuple[str, ...]
    lists_of_reports: tuple[str, ...]
    empty_words: tuple[str, ...]
    status_words: tuple[str, ...]
    figure_fillers: tuple[str, ...]
    groups: dict[Literal["year", "district", "report", "goal"], tuple[str, ...]]


@cache
def question_words() -> QuestionWords:
    """Words that questions are made of."""
    return read("questions.yaml", QuestionWords)


class Phrases(DataFile):
    """One language of `answers.yaml`."""

    mentions: str
    no_mentions: str
    no_reports: str
    searched: str
    without: str
    unreadable: str
    by_registry: str
    by_text: str
    by_capital: str
    filtered: str
    passages: str
    unanswered: str
    nearest: str
    absent: str
    spelling: str
    goals_meant: str
    goals_counted: str
    goals_none: str
    no_status: str
    figure: str
    figures_more: str
    rows_shown: str
    rows_after: str
    women: str
    men: str
    previous: str
    target: str
    city_target: str
    forecast: str
    no_value: str
    outcome: str
    practices: str
    overview: str
    overview_goals: str
    overview_examples: str
    practice: tuple[str, str]
    relative_year: str
    no_board_reports: str
    no_district_reports: str
    not_this_report: str
    says_nothing: str
    not_earlier: str
    long_text: str
    neighbourhood: str
    nothing_asked: str
    reports_listed: str
    more_reports: str
    good_examples: str
    good_examples_on: str
    good_examples_off: str
    good_examples_none: str
    by_group: str
    practices_instead: str
    nowhere: tuple[str, str]
    """One word and several."""
    and_: str = Field(alias="and")
    or_: str = Field(alias="or")
    but_not: str
    both: str
    denied: str
    denied_none: str
    denied_others: str
    denied_no_others: str
    no_combination: str
    without_combination: str
    unit_area: str
    unit_report: str
    no_board: str
    district: tuple[str, str]
    board: tuple[str, str]
    mention_verb: tuple[str, str]
    """Of one area and of several."""
    mention: tuple[str, str]
    report: tuple[str, str]
    file: tuple[str, str]
    example: tuple[str, str]
    indicator_row: tuple[str, str]
    figure_row: tuple[str, str]
    """Where rows of other tables are among them."""
    goal: tuple[str, str]


class AnswerPhrases(DataFile):
    """`answers.yaml`."""

    sv: Phrases
    en: Phrases


@cache
def phrases(language: str) -> Phrases:
    """The phrases of answers in Swedish ("sv") or English ("en")."""
    both = read("answers.yaml", AnswerPhrases)
    return both.en if language == "en" else both.sv


class Threshold(DataFile):
    """One model of `thresholds.yaml`: cosines."""

    lowest: float
    judge: float
    """Weight of the judge's log-odds beside the cosine; 0 for a model without word pieces."""
    english: float
    topic: float
    name: float
    goals: float
    topic_like: float = 0.0
    """Likeness without which words alone put no good example on a topic."""


class _Thresholds(RootModel[dict[str, Threshold]]):
    """`thresholds.yaml`."""

    model_config = ConfigDict(frozen=True)


@cache
def thresholds() -> dict[str, Threshold]:
    """By the encoder's name."""
    return read("thresholds.yaml", _Thresholds).root
