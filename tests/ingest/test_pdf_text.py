"""Clean text of PDF lines."""

import pytest

from ingest.pdf_page import Frame, Piece
from ingest.pdf_text import clean, compose

FRAME = Frame(page=1, width=595, height=842, turn=0)


def piece(raw: str, line: int = 0, y: float = 100, start: int = 0, last: bool = True) -> Piece:
    edges = tuple(50.0 + 5 * index for index in range(len(raw) + 1))
    return Piece(line, start, last, raw, edges, y, y + 10, y + 8, 10, False, False, None, True)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("en  rad\u00a0med\tblanka ", "en rad med blanka"),
        ("o\ufb03ciell \ufb02agga", "officiell flagga"),
        ("A\u030alder o\u0308ver", "Ålder över"),
        ("Stads\u00addelens\u200b park", "Stadsdelens park"),
        ("trygghets\u00ad", "trygghets-"),
        ("½ av 10 m²…", "½ av 10 m²…"),
        ("\uf0b7 punkt", "• punkt"),
    ],
)
def test_clean(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_pieces_that_follow_in_the_file_make_one_verbatim_run() -> None:
    text = compose([[piece("•", 3), piece("Lekhus byggs", 4)]], FRAME)
    assert text.text == "• Lekhus byggs"
    assert [(run.start, run.end, run.raw) for run in text.runs] == [(0, 14, "•\nLekhus byggs")]


def test_a_hyphen_at_a_line_end_of_the_file_ends_the_run() -> None:
    text = compose([[piece("kultur-", 3), piece("och fritid", 4)]], FRAME)
    assert [run.raw for run in text.runs] == ["kultur-", "och fritid"]


def test_pieces_from_different_places_of_the_file_are_runs_of_their_own() -> None:
    text = compose([[piece("Exempelstaden", 0), piece("Sida 2", 7)]], FRAME)
    assert [(text.text[run.start : run.end], run.raw) for run in text.runs] == [
        ("Exempelstaden", "Exempelstaden"),
        ("Sida 2", "Sida 2"),
    ]


def test_a_word_broken_by_a_soft_hyphen_in_a_cell_is_joined() -> None:
    text = compose([[piece("Stadsdels\u00ad", 0)], [piece("parken", 1, 112)]], FRAME, cell=True)
    assert text.text == "Stadsdelsparken"
    assert [(run.start, run.end) for run in text.runs] == [(0, 9), (9, 15)]


def test_without_a_list_mark_the_runs_still_cover_the_text() -> None:
    text = compose([[piece("•", 0), piece("Lekhus byggs", 5)]], FRAME).without(2)
    assert [(text.text[run.start : run.end]) for run in text.runs] == ["Lekhus byggs"]


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_box_leads_back_to_the_displayed_page(turn: int) -> None:
    frame = Frame(page=2, width=595, height=842, turn=turn)
    box = frame.box(*frame.rect(100, 200, 150, 210))
    assert (box.page, box.x0, box.y0, box.x1, box.y1) == (2, 100, 200, 150, 210)
