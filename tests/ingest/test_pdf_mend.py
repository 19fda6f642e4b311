"""Words broken in narrow columns."""

import pytest

from ingest.block import Block, Box, Cell, Run
from ingest.pdf_mend import mend_cells


def cell(*lines: str) -> Cell:
    runs, position = [], 0
    for line in lines:
        runs.append(Run(position, position + len(line), line))
        position += len(line) + 1
    return Cell(" ".join(lines), tuple(runs))


def mended(prose: str, *lines: str) -> Cell:
    found = cell(*lines)
    row = Block(found.text, found.runs, cells=(Cell(""), found))
    _, block = mend_cells([Block(prose, ()), row])
    assert block.cells is not None
    assert block.text == block.cells[1].text
    assert block.runs == block.cells[1].runs
    return block.cells[1]


def test_a_word_that_the_text_prints_whole_is_joined() -> None:
    found = mended("Stockholmarnas lekplatser", "Stockholmarna", "s nöjdhet", "med lek")
    assert found.text == "Stockholmarnas nöjdhet med lek"
    assert [found.text[run.start : run.end] for run in found.runs] == ["Stockholmarna", "s nöjdhet", "med lek"]


def test_a_beginning_without_a_vowel_is_no_word() -> None:
    assert mended("Allt för stockholmarna", "Stockholmarna", "s nöjdhet").text == "Stockholmarnas nöjdhet"


@pytest.mark.parametrize(("right", "text"), [(99, "naturvetenskapliga fenomen"), (60, "naturvetenskapl iga fenomen")])
def test_unknown_halves_are_joined_where_the_line_fills_the_cell(right: float, text: str) -> None:
    runs = (
        Run(0, 15, "naturvetenskapl", box=Box(1, 10, 10, right, 20)),
        Run(16, 19, "iga", box=Box(1, 10, 22, 30, 32)),
        Run(20, 27, "fenomen", box=Box(1, 10, 34, 99, 44)),
    )
    row = Block("naturvetenskapl iga fenomen", runs, cells=(Cell("naturvetenskapl iga fenomen", runs),))
    assert mend_cells([row])[0].text == text


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        ("Inget att jämföra med", ("Beräknad", "överföring")),
        ("Ett barn i vår omsorg, barnomsorg", ("barn", "omsorg")),
        ("Stockholmarnas", ("Alla stockholmarna", "s nöjdhet")),
        ("AntalLek", ("Antal", "Lek")),
    ],
)
def test_other_lines_keep_their_space(prose: str, lines: tuple[str, ...]) -> None:
    assert mended(prose, *lines).text == " ".join(lines)
