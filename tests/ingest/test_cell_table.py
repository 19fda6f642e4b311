"""Indicator and activity tables whose rows come with cells."""

import pytest

from ingest.block import Block
from ingest.table_region import TableRegion
from ingest.tables import find_tables
from ingest.text_reader import read_text

HEADER = (
    "Indikator\tPeriodens utfall\tUtfall män/ pojkar\tUtfall kvinn or/ flickor\tPeriodens utfall VB 2030"
    "\tProgno s helår\tArsmål\tKF:s årsmål\tPeriod"
)
ACTIVITY = "Aktivitet\tStartdatum\tSlutdatum\tAvvikelse"


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return read_text("\n".join(lines).encode(), "prov.txt").blocks


def only(*lines: str) -> TableRegion:
    (region,) = find_tables(blocks_of(*lines))
    return region


def cells(region: TableRegion, row: int = 0) -> list[str]:
    return [cell for _, cell in region.rows[row].values]


def test_a_row_keeps_its_empty_cells_in_their_columns() -> None:
    region = only(HEADER, "  Andel nöjda fiskare\t2,9 %\t\t\t3,1 %\t\t3,2 %\t2,7 %\tTertial 1 2031")
    assert region.kind == "indicator"
    assert region.heading_blocks == (0,)
    row = region.rows[0]
    assert row.name == "Andel nöjda fiskare"
    assert row.values == (
        ("Periodens utfall", "2,9 %"),
        ("Utfall män/pojkar", ""),
        ("Utfall kvinnor/flickor", ""),
        ("Periodens utfall VB 2030", "3,1 %"),
        ("Prognos helår", ""),
        ("Årsmål", "3,2 %"),
        ("KF:s årsmål", "2,7 %"),
        ("Period", "Tertial 1 2031"),
    )
    assert row.note is None


def test_the_sentence_reads_and_its_runs_stand_in_the_source() -> None:
    lines = (HEADER, "  Antal bryggor.\t4 st\t\t\t\t\t5 st\t\t2031", "Analys En brygga sjönk.\t\t\t\t\t\t\t\t")
    row = only(*lines).rows[0]
    assert row.sentence == "Antal bryggor: periodens utfall 4 st, årsmål 5 st (2031). Analys: En brygga sjönk."
    for run in row.runs:
        assert run.line is not None
        assert row.sentence[run.start : run.end] in lines[run.line - 1]


@pytest.mark.parametrize(
    "comment",
    [
        ("Analys En brygga sjönk.\t\t\t\t\t\t\t\t",),
        ("Analys\t\t\t\t\t\t\t\t", "En brygga sjönk.\t\t\t\t\t\t\t\t"),
        ("Analys\t\t\t\t\t\t\t\t", "En brygga sjönk."),
        ("<p>Analys</p> <p>En brygga sjönk.</p>\t\t\t\t\t\t\t\t",),
        ("<b>Analys</b> En brygga sjönk.\t\t\t\t\t\t\t\t",),
        ("Analys\t\t\t\t\t\t\t\t", "", HEADER, "En brygga sjönk.\t\t\t\t\t\t\t\t"),
        ("Analys En brygga\t\t\t\t\t\t\t\t", "", HEADER, "sjönk.\t\t\t\t\t\t\t\t"),
    ],
)
def test_a_comment_belongs_to_the_row_above(comment: tuple[str, ...]) -> None:
    region = only(HEADER, "Antal bryggor\t4 st\t\t\t\t\t5 st\t\t2031", *comment, "Antal båtar\t7\t\t\t\t\t\t\t2031")
    assert [row.name for row in region.rows] == ["Antal bryggor", "Antal båtar"]
    assert region.rows[0].note == "En brygga sjönk."
    assert region.rows[1].note is None


def test_the_word_analys_may_begin_the_comment_itself() -> None:
    row = only(
        HEADER, "Antal bryggor\t4\t\t\t\t\t\t\t2031", "Analys\t\t\t\t\t\t\t\t", "Analys ges senare.\t\t\t\t\t\t\t\t"
    )
    assert row.rows[0].note == "Analys ges senare."


def test_a_name_cut_by_a_page_break_is_joined() -> None:
    region = only(
        HEADER,
        "Andel som fått ett\t9\t\t\t\t\t\t\t2031",
        "",
        HEADER,
        "erbjudande om båtplats\t\t\t\t\t\t\t\t",
        "Antal båtar\t7\t\t\t\t\t\t\t2031",
    )
    assert [row.name for row in region.rows] == ["Andel som fått ett erbjudande om båtplats", "Antal båtar"]
    assert region.heading_blocks == (0, 3)
    assert region.rows[0].blocks == (1, 4)
    assert [run.line for run in region.rows[0].quote_runs] == [2, 2, 2]


def test_a_cell_cut_by_a_page_break_is_joined() -> None:
    region = only(HEADER, "Antal båtar\t7\t\t\t\t\t8\tTas fram av\t2031", "", HEADER, "\t\t\t\t\t\t\tnämnd/ styrelse\t")
    assert cells(region) == ["7", "", "", "", "", "8", "Tas fram av nämnd/ styrelse", "2031"]


def test_a_row_cut_in_name_and_cell_is_joined() -> None:
    region = only(HEADER, "Antal båtar vid\t7\t\t\t\t\t8\tTas fram av\t2031", "", HEADER, "kaj\t\t\t\t\t\t\tnämnd\t")
    assert region.rows[0].name == "Antal båtar vid kaj"
    assert cells(region)[6] == "Tas fram av nämnd"


def test_printed_lines_given_as_rows_of_their_own_are_one_row() -> None:
    region = only(HEADER, "Antal båtar vid\t7\t\t\t\t\t8\tTas fram\tTertial 2", "kaj\t\t\t\t\t\t\tav nämnd\t2031")
    assert region.rows[0].name == "Antal båtar vid kaj"
    assert cells(region)[5:] == ["8", "Tas fram av nämnd", "Tertial 2 2031"]


def test_a_rest_that_lands_in_the_repeated_header_is_joined() -> None:
    torn = ACTIVITY.replace("Aktivitet", "Aktivitet måla sjöbodar")
    region = only(ACTIVITY, "Hamnnämnden ska\t2031-01-01\t2031-12-31\t", torn, "Byt rep\t2031-01-01\t2031-03-31\t")
    assert [row.name for row in region.rows] == ["Hamnnämnden ska måla sjöbodar", "Byt rep"]


def test_status_marks_and_their_column_are_left_out() -> None:
    region = only("\t" + ACTIVITY, "✓\tMåla sjöbodar\t2031-01-01\t2031-12-31\t", "✓ Byt rep\t2031-02-01\t2031-03-01\t")
    assert [row.name for row in region.rows] == ["Måla sjöbodar", "Byt rep"]
    assert cells(region) == ["2031-01-01", "2031-12-31", ""]


def test_a_status_column_that_the_header_lacks_is_left_out() -> None:
    region = only(ACTIVITY, "\tMåla alla sjöbodar\t2031-01-01\t2031-12-31")
    assert region.rows[0].name == "Måla alla sjöbodar"
    assert cells(region) == ["2031-01-01", "2031-12-31", ""]


def test_a_header_with_merged_cells_still_gives_its_columns() -> None:
    region = only(
        "Aktivitet\t\t\tStartdatum\tSlutdatum\tAvvikelse\t", "Byt rep\t\t\t2031-01-01\t2031-12-31\tAvvikelse\t"
    )
    assert region.rows[0].values == (
        ("Startdatum", "2031-01-01"),
        ("Slutdatum", "2031-12-31"),
        ("Avvikelse", "Avvikelse"),
    )
    assert region.rows[0].sentence == "Byt rep: startdatum 2031-01-01, slutdatum 2031-12-31, Avvikelse."


def test_two_kinds_are_two_tables_even_without_a_blank_line() -> None:
    regions = find_tables(
        blocks_of(HEADER, "Antal båtar\t7\t\t\t\t\t\t\t2031", ACTIVITY, "Byt rep\t2031-01-01\t2031-12-31\t")
    )
    assert [(region.kind, region.start, region.end) for region in regions] == [("indicator", 0, 2), ("activity", 2, 4)]


@pytest.mark.parametrize("after", ["Nämndmål: 1.1 Hamnen är hel", "Analys", "Hamnen har målats under våren."])
def test_text_after_a_table_is_left_out(after: str) -> None:
    region = only(ACTIVITY, "Byt rep\t2031-01-01\t2031-12-31\t", "", after, "Mer text om hamnen.")
    assert region.end == 2
    assert region.rows[0].note is None


def test_a_plan_has_its_own_columns() -> None:
    row = only("Indikator\tÅrsmål\tKF:s årsmål\tPeriodicitet", "Antal båtar\t72 %\tTas fram av nämnd\tÅr").rows[0]
    assert row.sentence == "Antal båtar: årsmål 72 %, KF:s årsmål Tas fram av nämnd (År)."


def test_markdown_tables_are_read() -> None:
    region = only("| Aktivitet | Startdatum | Slutdatum |", "|---|---|---|", "| Byt rep | 2031-01-01 | 2031-12-31 |")
    assert cells(region) == ["2031-01-01", "2031-12-31"]
