"""A report as a flat run of printed elements, the same for every format."""

from dataclasses import dataclass
from typing import Literal

from examples.source import NOTICE, Section, Source

EYEBROWS = {
    "inriktningsmal": "KF:s inriktningsmål:",
    "verksamhetsomradesmal": "KF:s mål för verksamhetsområdet:",
    "namndmal": "Nämndmål:",
}
LEVELS = {"chapter": 1, "other": 1, "inriktningsmal": 1, "verksamhetsomradesmal": 2, "namndmal": 3}


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading."""

    text: str
    """Number and title, as printed."""
    level: int
    """1 chapter or inriktningsmål, 2 verksamhetsområdesmål, 3 nämndmål."""
    eyebrow: str | None
    """"Nämndmål:" and the like, on the line above or before the text."""
    in_contents: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A printed line or paragraph."""

    kind: Literal["cover", "title", "notice", "label", "subheading", "status", "paragraph", "item", "numbered"]
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a comment stands under its row."""

    kind: Literal["indicator", "activity", "economy"]
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str | None], ...]
    """(cells, comment or None)."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Where the contents list stands."""

    entries: tuple[str, ...]

    def numbered(self) -> list[tuple[str, int]]:
        """Entries with page numbers for formats that have no pages of their own, so the numbers only rise."""
        return [(entry, 3 + index * 2 // 3) for index, entry in enumerate(self.entries)]


Element = Heading | Text | Grid | Contents


def flow(source: Source) -> tuple[Element, ...]:
    """Everything the report prints, in order."""
    elements: list[Element] = [
        Text("notice", NOTICE),
        Text("cover", f"Datum\n{source.date}\nDnr {source.diary_number}"),
    ]
    elements.append(Text("cover", "\n".join(["Handläggare", *source.officers])))
    elements.append(Text("cover", f"Till\n{source.board}"))
    elements.append(Text("title", source.title))
    if source.decisions:
        elements.append(Heading("Förslag till beslut", 1, None, in_contents=False))
        elements += [Text("numbered", f"{n}. {text}") for n, text in enumerate(source.decisions, start=1)]
    headings = [_heading(section) for section in source.sections]
    elements.append(Contents(tuple(heading.text for heading in headings if heading.in_contents)))
    for section, heading in zip(source.sections, headings, strict=True):
        elements.append(heading)
        elements += _body(source, section)
    return tuple(elements)


def printed(heading: Heading) -> str:
    """The heading on one line, with its eyebrow before it."""
    return f"{heading.eyebrow} {heading.text}" if heading.eyebrow else heading.text


def _heading(section: Section) -> Heading:
    text = section.title
    if section.number:
        dot = "" if section.kind == "namndmal" else "."
        text = f"{section.number}{dot} {section.title}"
    return Heading(text, LEVELS[section.kind], EYEBROWS.get(section.kind), in_contents=section.kind != "namndmal")


def _body(source: Source, section: Section) -> list[Element]:
    elements: list[Element] = []
    if section.status:
        elements.append(Text("status", section.status))
    for part in section.parts:
        if part.label:
            elements.append(Text("label", part.label))
        elements += [_paragraph(text) for text in _paragraphs(part.text)]
    for table in section.tables:
        rows = tuple((row.values(), row.note) for row in table.rows)
        elements.append(Grid("economy", table.headings(), rows))
    if section.indicators:
        rows = tuple((source.indicator_values(row), row.note) for row in section.indicators)
        cut = section.split_after or len(rows)
        elements += [Grid("indicator", source.indicator_columns, part) for part in (rows[:cut], rows[cut:]) if part]
    if section.activities:
        rows = tuple((source.activity_values(row), row.note) for row in section.activities)
        elements.append(Grid("activity", source.activity_columns, rows))
    return elements


def _paragraphs(text: str) -> list[str]:
    """Paragraphs of folded text; list items and subheadings are lines of their own."""
    found: list[str] = []
    for chunk in text.strip().split("\n\n"):
        for line in chunk.splitlines():
            if line.startswith(("- ", "## ")) or not found or line is chunk.splitlines()[0]:
                found.append(line.strip())
            else:
                found[-1] += " " + line.strip()
    return found


def _paragraph(text: str) -> Text:
    if text.startswith("## "):
        return Text("subheading", text[3:])
    if text.startswith("- "):
        return Text("item", text[2:])
    return Text("paragraph", text)
