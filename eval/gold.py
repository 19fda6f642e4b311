"""The gold files of hand-annotated reports as plain, frozen data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = Mapping[str, Any]
ACTIVITIES = Path(__file__).parent / "data" / "activities.json"
PROGRAMS = Path(__file__).parent / "data" / "programmes.json"


@dataclass(frozen=True, slots=True)
class GoldPart:
    """A labelled part of a section."""

    label: str
    line: int
    continued: bool
    """A table heading repeated after a page break."""


@dataclass(frozen=True, slots=True)
class GoldSection:
    """A heading of the report and what stands under it."""

    line: int
    end_line: int
    kind: str
    number: str | None
    title: str
    status: str | None
    parts: tuple[GoldPart, ...]
    subheadings: tuple[tuple[int, str], ...]
    """(line, title)"""


@dataclass(frozen=True, slots=True)
class GoldIndicator:
    """A row of an indicator table."""

    line: int
    goal_number: str | None
    name: str
    values: tuple[tuple[str, str], ...]
    """(column as printed, cell as printed)"""
    note: str | None


@dataclass(frozen=True, slots=True)
class GoldActivity:
    """A row of an activity table, with a digest in place of its name."""

    report: str
    """The report's id."""
    line: int
    goal_number: str | None
    """Of the goal that owns the table, or of the nearest goal above that has a number."""
    start: str | None
    end: str | None
    name_sha256: str
    """As `eval.tables.name_digest` makes it."""
    detailed: bool = False
    """Whether the two fields below are annotated."""
    deviation: str | None = None
    note_sha256: str | None = None
    """Digest of the row's comment."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A named entity; offsets in its sentence, half-open."""

    text: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with all its entities."""

    line: int
    text: str
    entities: tuple[GoldEntity, ...]


@dataclass(frozen=True, slots=True)
class GoldProgram:
    """A programme's name and everywhere it stands."""

    name: str
    variants: tuple[str, ...]
    lines: tuple[int, ...]
    sure: bool
    """False for one that the annotators were not certain of."""


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """Lines that answer a question (grade 2) or relate to it (grade 1)."""

    first: int
    last: int
    grade: int


@dataclass(frozen=True, slots=True)
class GoldQuery:
    """A question; no passages when the report does not answer it."""

    id: str
    text: str
    language: str
    type: str
    relevant: tuple[GoldPassage, ...]


@dataclass(frozen=True, slots=True)
class GoldExample:
    """A good example that the report itself presents."""

    line: int
    end_line: int
    goal_number: str | None
    summary: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class GoldMeta:
    """What report it is."""

    title: str
    board: str
    district: str | None
    type: str
    year: int
    date: str | None
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """All that is known of one report."""

    id: str
    meta: GoldMeta
    sections: tuple[GoldSection, ...]
    indicators: tuple[GoldIndicator, ...]
    sentences: tuple[GoldSentence, ...]
    programs: tuple[GoldProgram, ...]
    queries: tuple[GoldQuery, ...]
    examples: tuple[GoldExample, ...]


def gold_ids(folder: Path) -> tuple[str, ...]:
    """The ids of the reports annotated in a folder, in order."""
    return tuple(sorted(path.name.removesuffix(".meta.json") for path in folder.glob("*.meta.json")))


def load_gold(folder: Path, report: str) -> Gold:
    """Read the gold files of one report. A file that is absent counts as nothing annotated; meta must be there."""
    return Gold(
        id=report,
        meta=_meta(_read(folder / f"{report}.meta.json")),
        sections=tuple(_section(row) for row in _rows(folder, report, "sections")),
        indicators=tuple(_indicator(row) for row in _rows(folder, report, "indicators")),
        sentences=tuple(_sentence(row) for row in _rows(folder, report, "ner")),
        programs=tuple(_program(row) for row in _rows(folder, report, "programs")),
        queries=tuple(_query(row) for row in _rows(folder, report, "queries")),
        examples=tuple(_example(row) for row in _rows(folder, report, "good_examples")),
    )


def load_activities(path: Path = ACTIVITIES) -> tuple[GoldActivity, ...]:
    """The activity rows annotated by hand, of several reports."""
    return tuple(
        GoldActivity(
            row["report"],
            row["line"],
            row["goal_number"],
            row["start"],
            row["end"],
            row["name_sha256"],
            "note_sha256" in row,
            row.get("deviation"),
            row.get("note_sha256"),
        )
        for row in _read(path)
    )


def load_programs(path: Path = PROGRAMS) -> dict[str, tuple[GoldProgram, ...]]:
    """The programmes of the reports whose names were written down here, by report id."""
    return {report: tuple(_program(row) for row in rows) for report, rows in _read(path).items()}


def load_queries(path: Path) -> tuple[GoldQuery, ...]:
    """The questions of one file."""
    return tuple(_query(row) for row in _read(path))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _rows(folder: Path, report: str, name: str) -> list[Json]:
    path = folder / f"{report}.{name}.json"
    return list(_read(path)) if path.exists() else []


def _meta(data: Json) -> GoldMeta:
    return GoldMeta(
        data["title"],
        data["board"],
        data["district"],
        data["report_type"],
        data["year"],
        data["date"],
        tuple(data["officers"]),
    )


def _section(data: Json) -> GoldSection:
    parts = tuple(GoldPart(part["label"], part["line"], bool(part.get("continued"))) for part in data["parts"])
    subheadings = tuple((heading["line"], heading["title"]) for heading in data.get("subheadings") or ())
    return GoldSection(
        data["line"],
        data["end_line"],
        data["kind"],
        data["number"],
        data["title"],
        data["status"],
        parts,
        subheadings,
    )


def _indicator(data: Json) -> GoldIndicator:
    values = tuple((str(column), str(cell)) for column, cell in data["values"].items())
    return GoldIndicator(data["line"], data["goal_number"], data["name"], values, data["note"])


def _sentence(data: Json) -> GoldSentence:
    entities = tuple(GoldEntity(e["text"], e["label"], e["start"], e["end"]) for e in data["entities"])
    return GoldSentence(data["line"], data["text"], entities)


def _program(data: Json) -> GoldProgram:
    sure = not data.get("uncertain") and data.get("confidence") != "borderline"
    return GoldProgram(data["name"], tuple(data["variants"]), tuple(data["lines"]), sure)


def _query(data: Json) -> GoldQuery:
    relevant = tuple(GoldPassage(row["lines"][0], row["lines"][1], row["grade"]) for row in data["relevant"])
    return GoldQuery(data["id"], data["query"], data["lang"], data["type"], relevant)


def _example(data: Json) -> GoldExample:
    return GoldExample(data["line"], data["end_line"], data["goal_number"], data["summary"], data["unit"])
