"""Rows whose figures stand in the name's cell, and names that a page of the source cut."""

from collections.abc import Sequence

import pytest

from ingest.block import Block, Box, Cell, Run
from ingest.row import row_text
from ingest.table_region import TableRow
from ingest.tables import find_tables

HEADER = ("Indikator", "Periodens utfall", "Prognos helår", "Årsmål", "KF:s årsmål", "Period")
DATED = ("Aktivitet", "Startdatum", "Slutdatum")


def table(*rows: tuple[str, ...], pages: Sequence[int] = (), across: int | None = None) -> tuple[TableRow, ...]:
    """The rows read from a table on pages; row `across` runs across the columns."""
    blocks = []
    for number, row in enumerate(rows):
        page = pages[number] if pages else 1
        cells = []
        for place, text in enumerate(row):
            right = 500.0 if number == across else 90.0 + 100 * place
            box = Box(page, 10.0 + 100 * place, 20.0 * number, right, 20.0 * number + 10)
            cells.append(Cell(text, (Run(0, len(text), text, box=box),) if text else ()))
        text, runs = row_text(cells)
        blocks.append(Block(text, runs, page=page, cells=tuple(cells), table=1))
    (region,) = find_tables(tuple(blocks))
    return region.rows


def test_figures_in_the_name_go_to_their_columns() -> None:
    (row,) = table(
        HEADER, ("Lån av kanoter 8,3 % 8,5 % 9 % Tas fram av", "", "", "", "nämnd/styrelse", "Tertial 2 2022")
    )
    assert row.name == "Lån av kanoter"
    assert [cell for _, cell in row.values] == ["8,3 %", "8,5 %", "9 %", "Tas fram av nämnd/styrelse", "Tertial 2 2022"]


@pytest.mark.parametrize(
    "name",
    ["Lån av kanoter 8,3 % 9 % Tas fram av", "Andel av 12 båtar som lånats", "Unga 16-19 år i hamnen 2022"],
)
def test_a_name_whose_figures_do_not_fill_the_columns_stays(name: str) -> None:
    (row,) = table(HEADER, (name, "", "", "", "nämnd/styrelse", "Tertial 2 2022"))
    assert row.name == name


PAIR = (("Hamnen, Bryggan och Båtklubben i Norra", "2022-01-01", "2022-12-31"), ("Hamnen AB ska öppna en kaj", "", ""))


def test_a_name_without_dates_after_a_page_break_goes_on() -> None:
    (row,) = table(DATED, *PAIR, pages=(1, 1, 2))
    assert row.name == "Hamnen, Bryggan och Båtklubben i Norra Hamnen AB ska öppna en kaj"


def test_words_across_the_columns_go_on_from_a_dated_row() -> None:
    (row,) = table(DATED, *PAIR, across=2)
    assert row.name.endswith("i Norra Hamnen AB ska öppna en kaj")


def test_a_row_without_dates_in_its_own_column_stays_a_row() -> None:
    assert [row.name for row in table(DATED, *PAIR)] == [PAIR[0][0], PAIR[1][0]]
