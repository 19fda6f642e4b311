"""A report is known in every file format it comes in, and taken for no other report of the same board."""

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from examples.render import FORMATS, Format, file_name, load_source, render
from examples.source import Source
from ingest.parse import parse_file
from ingest.report import Metadata
from search.likeness import alike, shingles

_SOURCES = Path(__file__).parents[2] / "examples" / "sources"
_BOARDS = ("bromma-2022-t1", "bromma-2022-vb"), ("skarpnack-2021-t2", "skarpnack-2022-t2")
_Print = tuple[Metadata, frozenset[tuple[str, ...]]]


@cache
def _source(name: str) -> Source:
    return load_source(_SOURCES / f"{name}.yaml")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, Format], _Print]:
    """What tells a report from others, for every report and format asked for."""
    found: dict[tuple[str, Format], _Print] = {}
    for name in (name for pair in _BOARDS for name in pair):
        for format in FORMATS if name == _BOARDS[0][0] else ("pdf-a", "txt-1"):
            path = tmp_path_factory.mktemp(name) / file_name(_source(name), format)
            path.write_bytes(render(_source(name), format))
            report = parse_file(path)
            found[name, format] = report.metadata, shingles(passage.text for passage in report.passages)
    return found


def _occasion(about: Metadata) -> tuple[object, ...]:
    return about.board, about.district, about.type, about.year, about.period


@pytest.mark.parametrize(("one", "other"), list(combinations(FORMATS, 2)))
def test_two_formats_of_a_report_are_one(one: Format, other: Format, printed: dict[tuple[str, Format], _Print]) -> None:
    (about, words), (again, same) = printed[_BOARDS[0][0], one], printed[_BOARDS[0][0], other]
    assert _occasion(about) == _occasion(again)
    assert alike(words, same)


@pytest.mark.parametrize(("one", "other"), _BOARDS)
def test_two_reports_of_a_board_are_two(one: str, other: str, printed: dict[tuple[str, Format], _Print]) -> None:
    for format in ("pdf-a", "txt-1"):
        (about, words), (next_about, next_words) = printed[one, format], printed[other, format]
        assert about.board == next_about.board
        assert _occasion(about) != _occasion(next_about)
        assert not alike(words, next_words)
