"""Pieces of text are joined, and each keeps its place in the source."""

from ingest.block import Block, Cell, Run
from ingest.table_text import cut, join, stretches


def piece(text: str, line: int = 1, column: int = 0) -> Cell:
    return Cell(text, (Run(0, len(text), text, line, column),))


def test_join_moves_the_runs() -> None:
    joined = join([piece("Antal barn"), piece("per grupp", 2)])
    assert joined.text == "Antal barn per grupp"
    assert [joined.text[run.start : run.end] for run in joined.runs] == ["Antal barn", "per grupp"]


def test_a_hyphen_inside_a_word_joins_and_one_before_och_does_not() -> None:
    assert join([piece("upphandlings-"), piece("enheten")]).text == "upphandlings-enheten"
    assert join([piece("bygg-"), piece("och anläggning")]).text == "bygg- och anläggning"
    assert join([piece("Skolan -"), piece("en plats")]).text == "Skolan - en plats"


def test_empty_pieces_leave_no_blanks() -> None:
    assert join([Cell(""), piece("ett"), Cell(""), piece("två")]).text == "ett två"


def test_cut_trims_and_keeps_the_place() -> None:
    part = cut(piece("● Antal barn", column=4), 1)
    assert part.text == "Antal barn"
    assert part.runs == (Run(0, 10, "Antal barn", 1, 6),)


def block(text: str, line: int | None, page: int | None = None) -> Block:
    return Block(text, (Run(0, len(text), text, line),) if line is not None else (), page=page)


def test_stretches_end_where_other_text_stands_between() -> None:
    blocks = [block("a", 1), block("", None), block("b", 3), block("rubrik", 4), block("c", 5)]
    assert stretches(blocks, [0, 2, 4]) == ((0, 2), (4,))


def test_stretches_end_at_a_page_break() -> None:
    blocks = [block("a", None, 1), block("b", None, 1), block("c", None, 2)]
    assert stretches(blocks, [0, 1, 2]) == ((0, 1), (2,))


def test_stretches_end_where_a_printed_line_was_dropped() -> None:
    assert stretches([block("a", 1), block("b", 3)], [0, 1]) == ((0,), (1,))
