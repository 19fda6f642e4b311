"""Rows as jsonl, csv and xlsx."""

import csv
import io
import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export import KINDS, check_kind, csv_lines, flat, harmless, json_lines, write_rows
from search.errors import UsageError

ROWS = [
    {"a": "=1+1", "b": ["x", "y"], "c": {"Utfall": "-3", "Mål": None}, "d": None, "e": 1.5},
    {"a": "å", "b": [], "c": {}, "d": True, "e": -2},
]


def test_jsonl_keeps_rows_as_they_are() -> None:
    assert [json.loads(line) for line in json_lines(ROWS)] == ROWS


def test_csv_has_a_heading_and_flat_harmless_cells() -> None:
    rows = list(csv.reader(io.StringIO("".join(csv_lines(ROWS)))))
    assert rows == [["a", "b", "c", "d", "e"], ["'=1+1", "x | y", "Utfall: -3", "", "1.5"], ["å", "", "", "ja", "-2"]]


def test_lists_of_mappings_are_flattened() -> None:
    assert (
        flat([{"label": "Analys", "line": 3}, {"label": "Mål", "line": None}]) == "label: Analys; line: 3 | label: Mål"
    )


@pytest.mark.parametrize(
    "text", ["=A1", "+1+1", "-cmd", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1", "-1+cmd|' /C calc'!A0", "\n=1"]
)
def test_formulas_are_disarmed(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-3", "+4,5 %", "−12 000", "85 %", "Uppfylls helt", "1-2"])
def test_figures_and_words_stay(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = str(harmless(flat(text)))
    assert cell[:1] not in ("=", "@", "\t", "\r")
    assert not (cell[:1] in ("+", "-") and any(char.isalpha() or char in "(|!=" for char in cell))


def test_xlsx_holds_text_and_never_formulas() -> None:
    file = io.BytesIO()
    assert write_rows([*ROWS, {"a": "\x01b\x0b", "b": (), "c": {}, "d": 0, "e": None}], "xlsx", file) == 3
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1][:3] == ["=1+1", "x | y", "Utfall: -3"]
    assert cells[3][0] == "b"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_xlsx_goes_on_in_a_new_sheet_when_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.export._SHEET_ROWS", 3)
    file = io.BytesIO()
    write_rows([{"a": number} for number in range(5)], "xlsx", file)
    book = openpyxl.load_workbook(file)
    assert [[row[0].value for row in sheet.iter_rows()] for sheet in book] == [["a", 0, 1], ["a", 2, 3], ["a", 4]]


@pytest.mark.parametrize("format", ["jsonl", "csv", "xlsx"])
def test_empty_exports_are_valid(format: str) -> None:
    assert write_rows([], check_kind("sections", format), io.BytesIO()) == 0


def test_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="good-examples"):
        check_kind("fiskar", "csv")
    assert "good-examples" in KINDS
