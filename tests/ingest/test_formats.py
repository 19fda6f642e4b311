"""The same report gives the same goal tree and the same rows whatever file format it comes in."""

import re
import unicodedata
from pathlib import Path

import pytest

from examples.render import (
    FORMATS,
    Format,
    expected_activities,
    expected_goals,
    expected_indicators,
    file_name,
    load_source,
    render,
)
from examples.source import GOAL_KINDS, Source
from ingest.columns import column_of
from ingest.parse import parse_file
from ingest.report import Report

_SOURCES = Path(__file__).parents[2] / "examples" / "sources"
_CHOSEN = ("bromma-2022-vb", "socialnamnden-2022-t2")
"""A yearly report with numbered goals and a four-month report without a district, both with comments in tables."""


@pytest.fixture(scope="module", params=_CHOSEN)
def source(request: pytest.FixtureRequest) -> Source:
    return load_source(_SOURCES / f"{request.param}.yaml")


def bare(text: str | None) -> str:
    """Letters, figures and signs only."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


@pytest.mark.parametrize("format", FORMATS)
def test_every_rendering_gives_the_report_that_was_written(source: Source, format: Format, tmp_path: Path) -> None:
    path = tmp_path / file_name(source, format)
    path.write_bytes(render(source, format))
    report = parse_file(path)
    assert _goals(report) == [
        (goal.kind, goal.number, bare(goal.title), goal.status) for goal in expected_goals(source)
    ]
    assert _indicators(report) == [
        (row.goal_number, bare(row.name), [(bare(name), bare(cell)) for name, cell in row.values], bare(row.note))
        for row in expected_indicators(source)
    ]
    assert _activities(report) == [
        (row.goal_number, bare(row.name), row.start, row.end, bare(row.deviation), bare(row.note))
        for row in expected_activities(source)
    ]
    assert _judgements(report) == [
        (section.id, bare(section.title + section.status)) for section in report.sections if section.status is not None
    ]


def _judgements(report: Report) -> list[tuple[int, str]]:
    """(section, title and judgement as quoted) of each goal's heading that is a passage."""
    found = [(p.section, bare(p.quote)) for p in report.passages if p.kind == "goal"]
    return [(section, quote[quote.index(bare(report.sections[section].title)) :]) for section, quote in found]


def _goals(report: Report) -> list[tuple[str, str | None, str, str | None]]:
    return [(s.kind, s.number, bare(s.title), s.status) for s in report.sections if s.kind in GOAL_KINDS]


def _indicators(report: Report) -> list[tuple[str | None, str, list[tuple[str, str]], str]]:
    return [
        (
            row.goal_number,
            bare(row.name),
            [(bare(column_of(name).heading), bare(cell)) for name, cell in row.values],
            bare(row.note),
        )
        for row in report.indicators
    ]


def _activities(report: Report) -> list[tuple[str | None, str, str | None, str | None, str, str]]:
    return [
        (row.goal_number, bare(row.name), row.start, row.end, bare(row.deviation), bare(row.note))
        for row in report.activities
    ]
