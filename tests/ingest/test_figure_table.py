"""Tables of figures become rows that can be read and cited."""

from ingest.block import Block
from ingest.tables import find_tables
from ingest.text_reader import read_text


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return read_text("\n".join(lines).encode(), "prov.txt").blocks


def test_an_economy_row_reads_as_a_sentence() -> None:
    (region,) = find_tables(
        blocks_of(
            "Mnkr\tBudget 2031\tUtfall 2031\tAvvikelse", "Hamnar\t45,8\t\t3,5", "<i>varav bryggor</i>\t5,0\t4,9\t0,1"
        )
    )
    assert region.kind == "economy"
    assert [row.sentence for row in region.rows] == [
        "Mnkr, Hamnar: budget 2031 45,8, avvikelse 3,5.",
        "Mnkr, varav bryggor: budget 2031 5,0, utfall 2031 4,9, avvikelse 0,1.",
    ]


def test_hyphens_that_a_narrow_column_left_in_headings_are_mended() -> None:
    (region,) = find_tables(
        blocks_of("Hamn\tResultat- enhetens budget 2031\tKost- och driftbudget", "Kajen\t65 493\t-1 866")
    )
    assert [heading for heading, _ in region.rows[0].values] == [
        "Resultatenhetens budget 2031",
        "Kost- och driftbudget",
    ]


def test_a_header_of_two_rows_is_one() -> None:
    (region,) = find_tables(blocks_of("Antal båtar\tUtfall 2031\tUtfall 2030", "\tapril\tjan-apr", "Ekor\t9\t8"))
    assert region.heading_blocks == (0, 1)
    assert region.rows[0].values == (("Utfall 2031 april", "9"), ("Utfall 2030 jan-apr", "8"))


def test_a_heading_over_several_columns_reaches_over_them() -> None:
    (region,) = find_tables(
        blocks_of("\t2030\t\t2031\t", "\tBudget\tUtfall\tBudget\tUtfall", "Avgifter\t1,0\t2,0\t3,0\t4,0")
    )
    assert [heading for heading, _ in region.rows[0].values] == [
        "2030 Budget",
        "2030 Utfall",
        "2031 Budget",
        "2031 Utfall",
    ]


def test_rows_after_a_page_break_belong_to_the_same_table() -> None:
    (region,) = find_tables(
        blocks_of("Mnkr\tBudget\tNetto", "Hamnar\t1,0\t2,0", "", "Mnkr\tBudget\tNetto", "Totalt\t3,0\t4,0")
    )
    assert [row.name for row in region.rows] == ["Hamnar", "Totalt"]
    assert region.heading_blocks == (0, 3)


def test_a_group_name_is_carried_to_its_rows() -> None:
    (region,) = find_tables(blocks_of("Grupp\tSort\tAntal", "Beröm\tBrev\t8", "\tSamtal\t9"))
    assert region.kind == "other"
    assert region.rows[1].sentence == "Grupp, Beröm, Samtal: antal 9."


def test_a_contents_list_is_no_table() -> None:
    assert find_tables(blocks_of("Inledning.....\t4", "Hamnar.....\t5", "Bryggor.....\t6")) == ()


def test_a_header_without_rows_is_no_table() -> None:
    assert find_tables(blocks_of("Namn\tTitel", "", "Hamnen har en ny chef.")) == ()
