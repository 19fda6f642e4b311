"""Cells that only blanks hold apart are split by what they can be."""

import pytest

from ingest.block import Block
from ingest.columns import Column, column_of
from ingest.flow import measure
from ingest.printed_cells import parse_cells, parse_dates
from ingest.printed_line import Line, Printer
from ingest.text_reader import read_text

COLUMNS = tuple(
    column_of(heading)
    for heading in ("Periodens utfall", "Utfall män/pojkar", "Utfall VB 2030", "Årsmål", "KF:s årsmål", "Period")
)
DATES = tuple(column_of(heading) for heading in ("Startdatum", "Slutdatum", "Avvikelse"))


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return read_text("\n".join(lines).encode(), "prov.txt").blocks


def groups_of(*lines: str) -> list[list[Line]]:
    blocks = blocks_of(*lines)
    printer = Printer(blocks, measure(blocks, "txt"))
    groups: list[list[Line]] = [[]]
    for index, block in enumerate(blocks):
        if block.text:
            groups[-1].append(printer.line(index))
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def split(*lines: str, columns: tuple[Column, ...] = COLUMNS) -> list[str] | None:
    parsed = parse_cells(groups_of(*lines), 0, columns)
    return None if parsed is None else [cell.text for cell in parsed.cells]


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (("1,4 % 1,3 % 1,5 % 1,4 % 1,0 % 2031 ",), ["1,4 %", "1,3 %", "1,5 %", "1,4 %", "1,0 %", "2031"]),
        (("2,7 %   3 % 2,7 % Tertial ", "2 2031 "), ["2,7 %", "", "", "3 %", "2,7 %", "Tertial 2 2031"]),
        (("  59,38 60  VB 2031 ",), ["", "", "59,38", "60", "", "VB 2031"]),
        (("     2031 ",), ["", "", "", "", "", "2031"]),
        (("9 000 st 4 500 st  950 9 000 st 2031 ",), ["9 000 st", "4 500 st", "", "950", "9 000 st", "2031"]),
        (("960 950 st 983 st 9 100 st 2031 ",), ["960", "950 st", "983 st", "9", "100 st", "2031"]),
        (("100 100 100 100 100 % 2031 ",), ["100", "100", "100", "100", "100 %", "2031"]),
        (("92 % 90  % 91 % 90 öka 2031 ",), ["92 %", "90 %", "91 %", "90", "öka", "2031"]),
        (("   +/-1 % +/- 1 % 2031 ",), ["", "", "", "+/-1 %", "+/- 1 %", "2031"]),
    ],
)
def test_cells_on_a_line(lines: tuple[str, ...], cells: list[str]) -> None:
    assert split(*lines) == cells


def test_a_cell_of_several_lines_ends_with_a_blank_line() -> None:
    cells = split("36 %   50 % Tas ", "fram av ", "nämnd/", "styrelse ", "", "Tertial ", "2 2031 ")
    assert cells == ["36 %", "", "", "50 %", "Tas fram av nämnd/styrelse", "Tertial 2 2031"]


def test_cells_that_each_take_lines() -> None:
    cells = split("  1,4 kg ", "tjära ", "", "1,7 kg ", "tjära  ", "", "Max 10 ", "person", "er ", "", "2031 ")
    assert cells == ["", "", "1,4 kg tjära", "1,7 kg tjära", "Max 10 personer", "2031"]


def test_a_cell_keeps_its_place() -> None:
    parsed = parse_cells(groups_of("  59,38 60  2031 "), 0, COLUMNS)
    assert parsed is not None
    assert [(run.line, run.column, run.raw) for run in parsed.cells[2].runs] == [(1, 2, "59,38")]


@pytest.mark.parametrize(
    "lines",
    [
        ("1,4 % 1,3 % 2031 ",),
        ("1,4 % 1,3 % 1,5 % 1,4 % 1,0 % 2,0 % 2031 ",),
        ("2 båtar sjönk i hamnen under året vilket ", "är en minskning "),
        ("Antal båtar 1 2 3 4 5 2031 ",),
    ],
)
def test_words_that_are_not_a_row(lines: tuple[str, ...]) -> None:
    assert split(*lines) is None


def test_dates_at_the_end_of_a_line() -> None:
    line = groups_of("  Byt rep 2031-01-01 2031-12-31 Avvikelse ")[0][0]
    parsed = parse_dates(line, DATES)
    assert parsed is not None
    assert parsed[0] == 2
    assert [cell.text for cell in parsed[1]] == ["2031-01-01", "2031-12-31", "Avvikelse"]


def test_a_line_without_dates() -> None:
    assert parse_dates(groups_of("Byt rep 2031")[0][0], DATES) is None
