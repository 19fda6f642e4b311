"""Rows of other tables than those of indicators, told in an answer about figures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from search.answer import Sentence
from search.archive import Archive
from search.figure_rows import Cell, cells, is_other_row
from search.printed_rows import is_printed_row
from search.schema import IndicatorRow
from tests.search.conftest import Draft, Library

BUDGET = "Mnkr, Simhallar: budget 2031 (netto, med beslut) 1 204,5, prognos 2031 1 190,0, avvikelse -14,5."


class _Passage:
    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind


class _Found:
    def __init__(self, text: str, kind: str) -> None:
        self.passage = _Passage(text, kind)


def stretch(text: str, kind: str) -> Sentence:
    found: Any = _Found(text, kind)
    return Sentence(found, 0, len(text), 0.0, printed=kind == "paragraph" and is_printed_row(text))


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
        ("Telefon\n508 01 000", "paragraph", False),
        ("Telefon: 508 01 000", "table_row", False),
        ("Andel nöjda: 12 %.", "indicator", False),
    ],
)
def test_rows_are_told_from_sentences_and_indicators(text: str, kind: str, row: bool) -> None:
    assert is_other_row(stretch(text, kind)) is row


@pytest.fixture
def budget(library: Library, open_archive: Callable[[], Archive], new_draft: type[Draft]) -> Archive:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2031).goal("3.1", "Ekonomin hålls")
    draft.text("Simhallarna har öppet varje kväll och städas på morgonen.").text(BUDGET)
    draft.passages[-1] = replace(draft.passages[-1], kind="table_row")
    draft.text("Idrottshallar B2 14,5 - 15,0 3 %")
    library.add("fa-2031-t1.txt", draft)
    archive = open_archive()
    archive.ingest([library.folder])
    return archive


def test_the_column_that_is_named_is_told(budget: Archive) -> None:
    answer = budget.ask("Hur stor är prognosen för simhallar?")
    assert answer.kind == "indicator"
    row = answer.rows[0]
    assert isinstance(row, IndicatorRow)
    assert (row.name, row.period, row.value, row.unit) == ("Simhallar", "prognos 2031", 1190.0, "mnkr")
    assert not row.of_indicator
    assert "1190 mnkr" in answer.answer
    assert "1 190,0" in row.citation.quote


def test_all_figures_are_told_where_no_column_is_named(budget: Archive) -> None:
    rows = [row for row in budget.ask("Hur mycket kostar idrottshallar?").rows if isinstance(row, IndicatorRow)]
    row = next(row for row in rows if row.name == "Idrottshallar B2")
    assert (row.value, row.unit, row.period) == ("14,5 - 15,0 3 %", None, None)
    assert row.citation.quote == "Idrottshallar B2 14,5 - 15,0 3 %"


def test_who_asks_for_an_indicator_gets_no_other_rows(budget: Archive) -> None:
    assert budget.ask("Vad är utfallet för indikatorn simhallar?").kind != "indicator"
