"""Rows of other tables than those of indicators, told in an answer about figures."""

from typing import Any

import pytest

from search.answer import Sentence
from search.figure_rows import Cell, cells, is_other_row

BUDGET = "Mnkr, Simhallar: budget 2031 (netto, med beslut) 1 204,5, prognos 2031 1 190,0, avvikelse -14,5."


class _Passage:
    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind


class _Found:
    def __init__(self, text: str, kind: str) -> None:
        self.passage = _Passage(text, kind)


def stretch(text: str, kind: str) -> Sentence:
    found: Any = _Found(text, kind)
    return Sentence(found, 0, len(text), 0.0)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (
            "budget 2031 (netto, med beslut) 1 204,5, avvikelse -14,5.",
            (Cell("budget 2031 (netto, med beslut)", 1204.5, percent=False), Cell("avvikelse", -14.5, percent=False)),
        ),
        ("2031 100%, 2030 99 %.", (Cell("2031", 100, percent=True), Cell("2030", 99, percent=True))),
        (
            "38,2, 0, utfall 3,5.",
            (Cell("", 38.2, percent=False), Cell("", 0, percent=False), Cell("utfall", 3.5, False)),
        ),
        ("från 2030 - 4,2.", (Cell("från 2030", -4.2, percent=False),)),
        ("inga siffror.", ()),
    ],
)
def test_a_row_is_read_cell_by_cell(figures: str, expected: tuple[Cell, ...]) -> None:
    assert cells(figures) == expected


@pytest.mark.parametrize(
    ("text", "kind", "row"),
    [
        (BUDGET, "table_row", True),
        ("Simhallar\n12,5 13,0", "paragraph", True),
        ("Simhallarna kostar 12,5 mnkr.", "paragraph", False),
        ("Andel nöjda: 12 %.", "indicator", False),
    ],
)
def test_rows_are_told_from_sentences_and_indicators(text: str, kind: str, row: bool) -> None:
    assert is_other_row(stretch(text, kind)) is row
