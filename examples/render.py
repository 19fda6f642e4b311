"""Render the example sources into the formats that spana reads.

`python -m examples.render` writes `examples/archive/` anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from examples.docx_form import render_docx
from examples.flow import flow
from examples.pdf_form import render_pdf_a, render_pdf_b
from examples.plain_form import render_html, render_markdown, render_tabbed, render_wrapped
from examples.source import GOAL_KINDS, Kind, Section, Source, load_source, load_sources

__all__ = ["FORMATS", "Format", "expected_activities", "expected_goals", "expected_indicators", "flow", "load_source",
           "load_sources", "render"]  # fmt: skip

Format = Literal["pdf-a", "pdf-b", "docx", "html", "md", "txt-1", "txt-2"]
FORMATS: tuple[Format, ...] = get_args(Format)
HERE = Path(__file__).parent

_WRITERS: dict[Format, Callable[[Source], bytes | str]] = {
    "pdf-a": render_pdf_a,
    "pdf-b": render_pdf_b,
    "docx": render_docx,
    "html": render_html,
    "md": render_markdown,
    "txt-1": render_tabbed,
    "txt-2": render_wrapped,
}


@dataclass(frozen=True, slots=True)
class ExpectedGoal:
    """A goal that every rendering of a source must give back."""

    kind: Kind
    number: str | None
    title: str
    status: str | None
    parts: tuple[str, ...]
    """Labels of the text parts, as printed."""


@dataclass(frozen=True, slots=True)
class ExpectedIndicator:
    """An indicator row that every rendering must give back."""

    goal_number: str | None
    name: str
    values: tuple[tuple[str, str], ...]
    """(column, cell), "" for an empty cell; the name's own column left out."""
    note: str | None


@dataclass(frozen=True, slots=True)
class ExpectedActivity:
    """An activity row that every rendering must give back."""

    goal_number: str | None
    name: str
    start: str
    end: str
    deviation: str | None
    """None when the table has no such column or the cell is empty."""
    note: str | None


def render(source: Source, format: Format) -> bytes:
    """One report in one format; the same bytes every time with the same library versions."""
    data = _WRITERS[format](source)
    return data.encode("utf-8") if isinstance(data, str) else data


def file_name(source: Source, format: Format) -> str:
    """The name of a rendering, e.g. `skarpnack-2022-t2.pdf`."""
    return f"{source.id}.{format.partition('-')[0]}"


def expected_goals(source: Source) -> tuple[ExpectedGoal, ...]:
    """The goal tree in reading order."""
    return tuple(
        ExpectedGoal(
            section.kind,
            section.number,
            section.title,
            section.status,
            tuple(part.label for part in section.parts if part.label),
        )
        for section in source.sections
        if section.kind in GOAL_KINDS
    )


def expected_indicators(source: Source) -> tuple[ExpectedIndicator, ...]:
    """Every indicator row in reading order."""
    found: list[ExpectedIndicator] = []
    for section, number in _owners(source):
        for row in section.indicators:
            name, *cells = source.indicator_values(row)
            values = tuple(zip(source.indicator_columns[1:], cells, strict=True))
            found.append(ExpectedIndicator(number, name, values, row.note))
    return tuple(found)


def expected_activities(source: Source) -> tuple[ExpectedActivity, ...]:
    """Every activity row in reading order."""
    found: list[ExpectedActivity] = []
    for section, number in _owners(source):
        for row in section.activities:
            name, start, end, *rest = source.activity_values(row)
            found.append(ExpectedActivity(number, name, start, end, (rest[0] if rest else "") or None, row.note))
    return tuple(found)


def write_archive(folder: Path) -> tuple[Path, ...]:
    """Render what every source says belongs in the archive; gives the files written."""
    written = []
    for source in load_sources(HERE / "sources"):
        for format in source.formats:
            path = folder / file_name(source, format)
            path.write_bytes(render(source, format))
            written.append(path)
    return tuple(written)


def _owners(source: Source) -> list[tuple[Section, str | None]]:
    """Sections with the number of their goal, or of the nearest goal above that has one."""
    owners: list[tuple[Section, str | None]] = []
    number: str | None = None
    for section in source.sections:
        number = (section.number or number) if section.kind in GOAL_KINDS else None
        owners.append((section, number))
    return owners


if __name__ == "__main__":
    for written_path in write_archive(HERE / "archive"):
        print(f"{written_path.name}  {written_path.stat().st_size // 1024} kB")
