"""Words broken in narrow columns."""

import pytest

from ingest.block import Block, Cell, Run
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


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        ("Inget att jämföra med", ("Stockholmarna", "s nöjdhet")),
        ("Ett barn i vår omsorg, barnomsorg", ("barn", "omsorg")),
        ("Stockholmarnas", ("Alla stockholmarna", "s nöjdhet")),
        ("AntalLek", ("Antal", "Lek")),
    ],
)
def test_other_lines_keep_their_space(prose: str, lines: tuple[str, ...]) -> None:
    assert mended(prose, *lines).text == " ".join(lines)
