"""Tables printed as plain lines, nothing but blanks between the cells."""

from ingest.block import Block
from ingest.quote import fold, quote_all
from ingest.table_region import TableRegion
from ingest.tables import find_tables
from ingest.text_reader import read_text

HEADER = ("   Indikator Periodens ", "utfall ", "", "Utfall ", "män/ ", "pojkar Årsmål KF:s ", "", "årsmål Period ")
ACTIVITY = "   Aktivitet Startdatum Slutdatum Avvikelse "


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return read_text("\n".join(lines).encode(), "prov.txt").blocks


def only(*lines: str) -> TableRegion:
    (region,) = find_tables(blocks_of(*lines))
    return region


def table(region: TableRegion) -> list[tuple[str, list[str], str | None]]:
    return [(row.name, [cell for _, cell in row.values], row.note) for row in region.rows]


FIRST = (
    "  Andel båtar ",
    "som fått ",
    "hamnplats vid bryggo",
    "r ",
    "",
    "36 %  50 % Tas ",
    "fram av ",
    "nämnd ",
    "",
    "2031 ",
)


def test_names_over_lines_and_words_broken_without_hyphen() -> None:
    region = only(*HEADER, "", *FIRST, "", "  Antal ekor ", "", "  5 st  2031 ", "", " ")
    assert table(region) == [
        ("Andel båtar som fått hamnplats vid bryggor", ["36 %", "", "50 %", "Tas fram av nämnd", "2031"], None),
        ("Antal ekor", ["", "", "5 st", "", "2031"], None),
    ]


def test_a_name_and_its_cells_on_one_line() -> None:
    region = only(*HEADER, "", "  ", " ", "", "Båtar dag 1-14 8 % 5 % 9 % 9 % 2031 ", "")
    assert table(region) == [("Båtar dag 1-14", ["8 %", "5 %", "9 %", "9 %", "2031"], None)]


def test_blanks_between_a_name_and_all_its_cells_are_the_names_own() -> None:
    region = only(*HEADER, "", "  ", " ", "", "Båtar dag 1-14   8 % 5 % 9 % 9 % 2031 ", "")
    assert table(region) == [("Båtar dag 1-14", ["8 %", "5 %", "9 %", "9 %", "2031"], None)]


def test_a_figure_that_ends_a_name_stays_in_it() -> None:
    region = only(*HEADER, "", "  Andel båtar som ligger ", "kvar efter ", "12 månader ", "", "  100 100 % 2031 ", "")
    assert table(region) == [("Andel båtar som ligger kvar efter 12 månader", ["", "", "100", "100 %", "2031"], None)]


def test_comments_of_several_paragraphs_go_on_after_a_page_break() -> None:
    region = only(
        *HEADER, "", *FIRST, "", "Analys ", "Bryggan revs i mars. ", " ", "En ny byggs ", *HEADER, "", "i höst. ", "",
        "  Antal ekor ", "", "  5 st  2031 ", "",
    )  # fmt: skip
    assert [row.note for row in region.rows] == ["Bryggan revs i mars. En ny byggs i höst.", None]
    assert len(region.heading_blocks) == 2


def test_a_row_cut_by_a_page_break_is_made_whole() -> None:
    region = only(
        *HEADER, "", "  Antal ", "platser ", "", "51  70 Tas ", "fram av ", "", "2031 ", *HEADER, "", "vid kaj ", "",
        "nämnd/", "styrelse ", "", "  Antal ekor ", "", "  5 st  2031 ", "",
    )  # fmt: skip
    assert table(region)[0] == ("Antal platser vid kaj", ["51", "", "70", "Tas fram av nämnd/styrelse", "2031"], None)
    assert region.rows[1].name == "Antal ekor"


def test_the_quote_stands_word_for_word_in_the_source() -> None:
    lines = (*HEADER, "", *FIRST, "", "Analys ", "Bryggan revs i mars. ", "")
    source = fold("\n".join(lines))
    for row in only(*lines).rows:
        assert fold(quote_all(row.quote_runs).text) in source
        for run in row.runs:
            assert run.line is not None
            assert run.column is not None
            assert lines[run.line - 1][run.column :].startswith(row.sentence[run.start : run.end])


def test_activities_with_dates_on_the_line_or_below() -> None:
    region = only(
        ACTIVITY, "", "  Måla sjöbodar enligt ", "hamnens plan. ", "", "2031-01-01 2031-12-31  ", "",
        "  Byt rep 2031-02-01 2031-10-31  ", "", "Nämndmål: 1.2 Båtarna är hela ",
    )  # fmt: skip
    assert table(region) == [
        ("Måla sjöbodar enligt hamnens plan.", ["2031-01-01", "2031-12-31", ""], None),
        ("Byt rep", ["2031-02-01", "2031-10-31", ""], None),
    ]


def test_a_heading_right_after_the_dates_is_left_out() -> None:
    region = only(
        ACTIVITY, "", "  Byt rep ", "", "2031-02-01 2031-10-31  ", "Nämndmål: 1.2 Båtarna är hela ", "i hamn "
    )
    assert region.rows[0].name == "Byt rep"
    assert region.end == 5


def test_prose_after_the_last_row_is_left_out() -> None:
    region = only(
        *HEADER, "", *FIRST, "", "Hamnen har under året fått nya bryggor och ", "nya båtar. ", "", "Mer text. "
    )
    assert region.rows[0].note is None
    assert region.end == len(HEADER) + 1 + len(FIRST)


def test_two_kinds_after_each_other() -> None:
    regions = find_tables(blocks_of(*HEADER, "", *FIRST, ACTIVITY, "", "  Byt rep ", "", "2031-02-01 2031-10-31  "))
    assert [region.kind for region in regions] == ["indicator", "activity"]


def test_a_header_alone_is_no_table() -> None:
    assert find_tables(blocks_of(*HEADER, "", "Hamnen är stor. ")) == ()


def test_words_broken_in_a_source_without_blanks_at_line_ends_are_joined_when_known() -> None:
    lines = [line.rstrip() for line in (*HEADER, "", "  Antal hamnpla", "tser", "", "5 4 3 2 2031", "")]
    region = only("I staden finns hamnplatser för alla.", "", *lines)
    assert region.rows[0].name == "Antal hamnplatser"


def test_long_hostile_lines_are_survived() -> None:
    figures = " ".join(["1 000"] * 3_000)
    assert find_tables(blocks_of(*HEADER, "", *[figures] * 20)) == ()


def test_comment_on_the_line_of_its_label_after_a_repeated_header() -> None:
    dates = ("", "2022-01-01 2022-12-31  ", "")
    first = (ACTIVITY, "", "  Hamnen ska måla kajen. ", *dates)
    again = (ACTIVITY, "", "  Analys Kajen är målad och båtarna ", "ligger där igen. ", "")
    region = only(*first, *again, "  Analys av vattnet ska göras. ", *dates)
    assert [(row.name, row.note) for row in region.rows] == [
        ("Hamnen ska måla kajen.", "Kajen är målad och båtarna ligger där igen."),
        ("Analys av vattnet ska göras.", None),
    ]


def test_rows_of_one_line_each_may_stand_below_each_other() -> None:
    region = only(
        "Indikator Årsmål KF:s årsmål Period",
        " Andel båtar 36 % 50 % 2031",
        " Antal ekor 5 st Tas fram av nämnd 2031",
        "Analys Ekorna blir fler.",
        " Antal kanoter 7 9 2031",
    )
    assert table(region) == [
        ("Andel båtar", ["36 %", "50 %", "2031"], None),
        ("Antal ekor", ["5 st", "Tas fram av nämnd", "2031"], "Ekorna blir fler."),
        ("Antal kanoter", ["7", "9", "2031"], None),
    ]


def test_activities_of_one_line_each_may_stand_below_each_other() -> None:
    region = only(ACTIVITY, "✓ Laga bryggan 2031-01-01 2031-06-30", "✓ Måla båtar", "vid kajen 2031-02-01 2031-12-31")
    assert [(row.name, [cell for _, cell in row.values]) for row in region.rows] == [
        ("Laga bryggan", ["2031-01-01", "2031-06-30", ""]),
        ("Måla båtar vid kajen", ["2031-02-01", "2031-12-31", ""]),
    ]


def test_the_rest_of_one_activity_s_name_stays_with_it() -> None:
    region = only(ACTIVITY, "Laga bryggan vid 2031-01-01 2031-06-30", "Norra kajen")
    assert [row.name for row in region.rows] == ["Laga bryggan vid Norra kajen"]
