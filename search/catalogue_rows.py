"""Between the catalogue's rows and frozen data."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.engine import Row

from ingest.report import Part, Report, Value
from search import tables as t
from search.letters import letters
from search.records import (
    FileRecord,
    HeadingRecord,
    MentionRecord,
    PassageRecord,
    PreparedReport,
    ReportRecord,
    SectionRecord,
)
from search.runs import dump_runs, load_runs

READY = "ready"
PENDING = "pending"
REMOVING = "removing"
"""States of a report's version."""

TYPED = ("value", "men", "women", "previous", "forecast", "target", "city_target")
"""An indicator's typed cells."""


def now() -> str:
    """The time in UTC as an ISO string."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def report_values(prepared: PreparedReport) -> dict[str, object]:
    report, about = prepared.report, prepared.report.metadata
    return {
        "id": prepared.id,
        "state": PENDING,
        "source": report.source,
        "stem": report.source.rpartition(".")[0] or report.source,
        "path": prepared.path,
        "sha256": report.sha256,
        "format": report.format,
        "title": about.title,
        "board": about.board,
        "district": about.district,
        "type": about.type,
        "year": about.year,
        "period": about.period,
        "date": about.date,
        "diary_number": about.diary_number,
        "officers": list(about.officers),
        "inferred": list(about.inferred),
        "pages": report.pages,
        "unreadable_pages": list(report.unreadable_pages),
        "warnings": list(report.warnings),
        "registry_version": prepared.registry_version,
        "written_at": now(),
    }


def child_rows(prepared: PreparedReport, owner: int) -> Iterator[tuple[Any, list[dict[str, object]]]]:
    report = prepared.report
    yield (
        t.sections,
        [
            {
                "report_key": owner,
                "position": section.id,
                "parent": section.parent,
                "kind": section.kind,
                "number": section.number,
                "title": section.title,
                "status": section.status,
                "judged": judged,
                "goal_number": section.goal_number,
                "path": list(path),
                "line": section.line,
                "end_line": section.end_line,
                "page": section.page,
                "end_page": section.end_page,
                "parts": [[part.label, part.line, part.page, part.continued] for part in section.parts],
                "judged_line": section.judged_line,
                "judged_page": section.judged_page,
            }
            for section, path, judged in zip(report.sections, prepared.section_paths, prepared.judged, strict=True)
        ],
    )
    yield (
        t.passages,
        [
            {
                "id": passage_id,
                "report_key": owner,
                "position": position,
                "section": passage.section,
                "part": passage.part,
                "subheading": passage.subheading,
                "kind": passage.kind,
                "text": passage.text,
                "letters": letters(passage.text),
                "runs": dump_runs(passage.runs),
                "quote": passage.quote,
                "quote_sha256": sha256(passage.quote.encode()).hexdigest(),
                "pages": list(passage.pages),
                "first_line": passage.lines[0] if passage.lines else None,
                "last_line": passage.lines[1] if passage.lines else None,
                "duplicate_of": passage.duplicate_of,
            }
            for position, (passage, passage_id) in enumerate(zip(report.passages, prepared.passage_ids, strict=True))
        ],
    )
    yield t.headings, list(_heading_rows(report, owner))
    yield (
        t.mentions,
        [
            {
                "report_key": owner,
                "passage": mention.passage,
                "label": mention.label,
                "name": mention.name,
                "text": mention.text,
                "start": mention.start,
                "end": mention.end,
                "marked": mention.marked,
                "place": mention.place.key,
                "line": mention.place.line,
                "line_start": mention.place.start,
                "line_end": mention.place.end,
                "page": mention.place.page,
                "known": mention.known,
            }
            for mention in prepared.mentions
        ],
    )
    yield (
        t.indicators,
        [
            {
                "report_key": owner,
                "position": position,
                "section": row.section,
                "goal_number": row.goal_number,
                "name": row.name,
                "cells": [list(cell) for cell in row.values],
                "note": row.note,
                "typed": {name: _value_json(getattr(row, name)) for name in TYPED},
                "period": row.period,
                "passage": row.passage,
                "line": row.line,
                "page": row.page,
            }
            for position, row in enumerate(report.indicators)
        ],
    )
    yield (
        t.activities,
        [{"report_key": owner, "position": position, **asdict(row)} for position, row in enumerate(report.activities)],
    )
    yield (
        t.good_examples,
        [
            {"report_key": owner, "position": position, **asdict(row), "passages": list(row.passages)}
            for position, row in enumerate(report.good_examples)
        ],
    )


def _heading_rows(report: Report, owner: int) -> Iterator[dict[str, object]]:
    titles = [(s.id, s.title, (), s.line, s.page) for s in report.sections]
    free = [(s.section, s.text, s.runs, s.runs[0].line if s.runs else None, s.page) for s in report.subheadings]
    for position, (section, text, runs, line, page) in enumerate((*titles, *free)):
        yield {
            "report_key": owner,
            "position": position,
            "section": section,
            "text": text,
            "letters": letters(text),
            "runs": dump_runs(runs),
            "line": line,
            "page": page,
        }


def heading_record(row: Row[Any]) -> HeadingRecord:
    return HeadingRecord(
        report_key=row.report_key,
        position=row.position,
        section=row.section,
        text=row.text,
        runs=load_runs(row.runs),
        line=row.line,
        page=row.page,
    )


def report_record(row: Row[Any]) -> ReportRecord:
    values = dict(row._mapping)
    del values["written_at"]
    for name in ("officers", "inferred", "unreadable_pages", "warnings"):
        values[name] = tuple(values[name])
    return ReportRecord(**values)


def section_record(row: Sequence[Any]) -> SectionRecord:
    """From a row of `t.sections`, whose columns stand in the record's order."""
    *first, path, line, end_line, page, end_page, parts, judged_line, judged_page = row
    within = tuple(Part(*part) for part in parts)
    values = [*first, tuple(path), line, end_line, page, end_page, within, judged_line, judged_page]
    return SectionRecord(*values)


PASSAGE = [column for column in t.passages.c if column.name != "letters"]
"""What a passage is made of: `letters` is for the scan alone."""


def passage_record(row: Sequence[Any]) -> PassageRecord:
    """From a row of `PASSAGE`, whose columns stand in the record's order."""
    *first, pages, first_line, last_line, duplicate_of = row
    lines = None if first_line is None else (first_line, last_line)
    values = [*first, tuple(pages), lines, duplicate_of]
    return PassageRecord(*values)


def mention_record(row: Sequence[Any]) -> MentionRecord:
    """From a row of `t.mentions`, whose columns stand in the record's order."""
    return MentionRecord(*row)


def file_record(row: Row[Any]) -> FileRecord:
    return FileRecord(**row._mapping)


def _value_json(value: Value | None) -> list[object] | None:
    return None if value is None else [value.number, value.unit, value.text]


def value_record(cell: list[Any] | None) -> Value | None:
    return None if cell is None else Value(*cell)
