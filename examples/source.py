"""An example report as its author writes it: a YAML file with a checked schema."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

NOTICE = "Påhittat innehåll – exempelrapport för spana"

Kind = Literal["chapter", "other", "inriktningsmal", "verksamhetsomradesmal", "namndmal"]
GOAL_KINDS: tuple[Kind, ...] = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
Line = Annotated[str, Field(min_length=1)]


class SourceError(Exception):
    """A source file that does not follow the schema; the message names the file and the field."""


class Part(BaseModel):
    """A labelled part of a section's text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: Line | None = None
    """Analys, Beskrivning, Förväntat resultat, …; none for text right under the heading."""
    text: Line
    """Paragraphs with a blank line between; "- " begins a list item, "## " a free subheading."""


class Row(BaseModel):
    """A table row with the comment printed under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cells: Line
    """Cells with | between, in the order of the table's columns."""
    note: str | None = None

    def values(self) -> tuple[str, ...]:
        """The cells, stripped; "" for an empty one."""
        return tuple(cell.strip() for cell in self.cells.split("|"))


class Table(BaseModel):
    """A table that is neither indicators nor activities, such as the budget."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: Line
    rows: tuple[Row, ...]

    @model_validator(mode="before")
    @classmethod
    def _read_rows(cls, data: object) -> object:
        return _with_rows(data, "rows")

    def headings(self) -> tuple[str, ...]:
        """The column headings."""
        return tuple(cell.strip() for cell in self.columns.split("|"))


class Section(BaseModel):
    """One heading and what stands under it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    number: str | None = None
    title: Line
    status: Literal["Uppfylls helt", "Uppfylls delvis", "Uppfylls inte"] | None = None
    parts: tuple[Part, ...] = ()
    tables: tuple[Table, ...] = ()
    indicators: tuple[Row, ...] = ()
    activities: tuple[Row, ...] = ()
    split_after: int | None = None
    """Repeat the indicator table's heading after so many rows, as where the original ran over a page."""

    @model_validator(mode="before")
    @classmethod
    def _read_rows(cls, data: object) -> object:
        return _with_rows(_with_rows(data, "indicators"), "activities")


class Source(BaseModel):
    """A whole invented report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """File stem of the renderings."""
    formats: tuple[Literal["pdf-a", "pdf-b", "docx", "html", "md", "txt-1", "txt-2"], ...]
    """The renderings that go into the example archive."""
    title: Line
    board: Line
    administration: Line
    district: Line | None
    type: Literal["tertialrapport 1", "tertialrapport 2", "verksamhetsplan", "verksamhetsberättelse"]
    year: int
    period: Line | None = None
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    diary_number: Line
    officers: tuple[Line, ...]
    decisions: tuple[Line, ...] = ()
    label_on_own_line: bool = True
    """Whether "Nämndmål:" stands on the line above the goal's title or before it on the same line."""
    indicator_columns: tuple[Line, ...]
    """From "Indikator" on; a last column that rows leave out gets `indicator_period`."""
    indicator_period: Line
    activity_columns: tuple[Line, ...]
    sections: tuple[Section, ...]

    @model_validator(mode="after")
    def _check_widths(self) -> "Source":
        for section in self.sections:
            for row in section.indicators:
                _check_width(row, len(self.indicator_columns) - 1, section.title)
            for row in section.activities:
                _check_width(row, len(self.activity_columns), section.title)
            for table in section.tables:
                for row in table.rows:
                    _check_width(row, len(table.headings()), section.title)
        return self

    def indicator_values(self, row: Row) -> tuple[str, ...]:
        """The row's cells, one a column, the period filled in."""
        return (*row.values(), self.indicator_period)

    def activity_values(self, row: Row) -> tuple[str, ...]:
        """The row's cells, one a column."""
        return row.values()


def load_source(path: Path) -> Source:
    """Read one source file.

    Raises:
        SourceError: the file is not YAML or does not follow the schema.
    """
    try:
        source = Source.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise SourceError(f"{path.name} är inte giltig YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise SourceError(f"{path.name}, fältet {place}: {first['msg']}. Rätta filen och rendera igen.") from error
    if source.id != path.stem:
        raise SourceError(f"{path.name}: id är {source.id} men ska vara {path.stem}, som filen heter.")
    return source


def load_sources(folder: Path) -> tuple[Source, ...]:
    """Read every source of a folder, by name."""
    return tuple(load_source(path) for path in sorted(folder.glob("*.yaml")))


def _with_rows(data: object, field: str) -> object:
    """Let a row without a comment be written as a plain string."""
    if isinstance(data, dict) and isinstance(data.get(field), list):
        rows = [{"cells": row} if isinstance(row, str) else row for row in data[field]]
        return {**data, field: rows}
    return data


def _check_width(row: Row, width: int, title: str) -> None:
    found = len(row.values())
    if found != width:
        raise ValueError(f'raden "{row.cells}" under "{title}" har {found} celler men ska ha {width}')
