"""Header rows printed over many lines."""

from ingest.block import Block
from ingest.printed_header import printed_header
from ingest.text_reader import read_text

CHOPPED = (
    "   Indikator Periodens ", "utfall ", "", "Utfall ", "män/ ", "pojkar ", "", "Periodens ", "utfall VB ", "2030 ",
    "", "Prognos ", "helår Årsmål KF:s ", "", "årsmål Period ",
)  # fmt: skip


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return read_text("\n".join(lines).encode(), "prov.txt").blocks


def test_a_chopped_header_gives_all_columns() -> None:
    header = printed_header(blocks_of(*CHOPPED, "", "  Antal båtar "), 0)
    assert header is not None
    assert (header.kind, header.end) == ("indicator", len(CHOPPED))
    assert [column.heading for column in header.columns] == [
        "Indikator",
        "Periodens utfall",
        "Utfall män/pojkar",
        "Periodens utfall VB 2030",
        "Prognos helår",
        "Årsmål",
        "KF:s årsmål",
        "Period",
    ]


def test_a_header_on_one_line() -> None:
    header = printed_header(blocks_of("  Aktivitet Startdatum Slutdatum Avvikelse ", "  Byt rep "), 0)
    assert header is not None
    assert (header.kind, header.end, len(header.columns)) == ("activity", 1, 4)


def test_two_years_are_kept_apart() -> None:
    header = printed_header(blocks_of("Indikator Utfall VB 2029 Utfall VB 2030 Period"), 0)
    assert header is not None
    assert [column.heading for column in header.columns[1:3]] == ["Utfall VB 2029", "Utfall VB 2030"]


def test_prose_that_begins_with_the_word_is_no_header() -> None:
    assert printed_header(blocks_of("Indikatorn visar hur många som har båt.", "Årsmål saknas."), 0) is None
    assert printed_header(blocks_of("Indikator", "Nu kommer text."), 0) is None
