"""Rows of tables that came as lines of text."""

import pytest

from search.printed_rows import is_printed_row, printed_rows

TABLE = (
    "Område Budget 2022 Prognos 2022\nSimhall 12,5 13,0 -0,5\nIdrott och\nfritid\n1 204,0 1 190,5 13,5\n"
    "Avvikelsen beror på hyror."
)


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in printed_rows(text, 0, len(text))]


def test_a_row_ends_where_its_figures_end_and_takes_the_lines_of_its_name() -> None:
    assert cut(TABLE) == [
        "Område Budget 2022 Prognos 2022",
        "Simhall 12,5 13,0 -0,5",
        "Idrott och\nfritid\n1 204,0 1 190,5 13,5",
        "Avvikelsen beror på hyror.",
    ]


def test_the_sum_of_a_table_goes_with_its_heading() -> None:
    assert cut("Idrott Budget\n2022 Prognos\nNetto totalt 12,5 13,0") == [
        "Idrott Budget\n2022 Prognos\nNetto totalt 12,5 13,0"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "En mening utan tabell.",
        "Rubrik\nEn mening som nämner 12 barn och slutar här.",
        "Tillgångar 2021-08-31 2022-08-31\nfortsätter",
        "Budget 2022\nfortsätter",
    ],
)
def test_other_text_is_left_whole(text: str) -> None:
    assert cut(text) == [text]


def test_only_the_stretch_asked_for_is_cut() -> None:
    start = TABLE.index("Simhall")
    assert printed_rows(TABLE, start, len(TABLE))[0] == (start, start + len("Simhall 12,5 13,0 -0,5"))


def test_blanks_between_rows_belong_to_none() -> None:
    assert cut("A 1,0\n\n  B 2,0\n ") == ["A 1,0", "B 2,0"]


@pytest.mark.parametrize(
    ("stretch", "row"),
    [
        ("Simhall 12,5 -0,5", True),
        ("Simhall\n12 %", True),
        ("12,5 -0,5", False),
        ("Budget 2022", False),
        ("Slut.", False),
    ],
)
def test_a_row_has_a_name_and_figures(stretch: str, row: bool) -> None:
    assert is_printed_row(stretch) is row
