"""A goal is known by its form, and ends the table above it."""

import pytest

from ingest.build import build_report
from ingest.goal_form import begins_goal
from ingest.table_region import TableRegion
from ingest.tables import find_tables
from ingest.text_reader import read_text


def begins(*lines: str) -> bool:
    return begins_goal(read_text("\n".join(("", *lines)).encode(), "prov.txt").blocks, 1)


def only(*lines: str) -> TableRegion:
    (region,) = find_tables(read_text("\n".join(lines).encode(), "prov.txt").blocks)
    return region


@pytest.mark.parametrize(
    "lines",
    [
        ("Nämndmål: Bryggorna är hela",),
        ("KF:s mål för verksamhetsområdet:", "", "2.1 Hamnen är öppen"),
        ("Bryggorna är hela", "", "Uppfylls helt"),
        ("Bryggorna är hela och trygga för dem som", "badar i sjön", " Uppfylls delvis"),
        ("Hamnen är en plats att lägga till i", "Uppfylls inte"),
        ("2.1.1 Bryggorna är hela", "", "Beskrivning"),
    ],
)
def test_labels_and_titles_right_above_a_judgement(lines: tuple[str, ...]) -> None:
    assert begins(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("Bryggorna är hela", "", "Hamnen är öppen."),
        ("Laga bryggan", "2031-01-01 2031-12-31", "Nämndmål: Bryggorna är hela", "Uppfylls helt"),
        ("2031-01-01 2031-12-31", "2.1 Hamnen är öppen", "Uppfylls helt"),
        ("- Bryggorna är hela", "", "Uppfylls helt"),
        ("Uppfylls helt", "Beskrivning"),
        ("bryggor och båtar", "Uppfylls helt"),
    ],
)
def test_other_lines(lines: tuple[str, ...]) -> None:
    assert not begins(*lines)


GOAL = ("Bryggorna är hela och trygga", "", "Uppfylls helt", "", "Beskrivning", "", "Alla kan bada.")


def test_a_row_without_dates_takes_no_goal_for_the_rest_of_its_name() -> None:
    header = "Aktivitet\tStartdatum\tSlutdatum\tAvvikelse"
    region = only(header, "Laga bryggan\t\t\t", header, f"2.1.1 {GOAL[0]}", *GOAL[1:])
    assert [row.name for row in region.rows] == ["Laga bryggan"]


def test_a_comment_over_a_page_break_takes_no_goal() -> None:
    region = only("Aktivitet\tStartdatum\tSlutdatum", "Laga bryggan\t2031-01-01\t2031-12-31", "Analys", "", *GOAL)
    assert [(row.name, row.note) for row in region.rows] == [("Laga bryggan", None)]
    assert region.end == 3


def test_a_printed_table_ends_at_a_goal_even_right_below_its_last_cells() -> None:
    header = "   Aktivitet Startdatum Slutdatum Avvikelse "
    region = only(
        header, "", "  Laga bryggan ", "", "2031-01-01 2031-12-31 ", "2.1 Hamnen är öppen", "", "Uppfylls helt"
    )
    assert [(row.name, [cell for _, cell in row.values][:2]) for row in region.rows] == [
        ("Laga bryggan", ["2031-01-01", "2031-12-31"])
    ]
    assert region.end == 5


def test_header_words_are_no_goals_title() -> None:
    text = "KF:s inriktningsmål: 1. En öppen hamn\n\nNämndmål:\nTjänsteutlåtande\n\nUppfylls helt\n\nText."
    report = build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="0" * 64)
    assert "Tjänsteutlåtande" not in [section.title for section in report.sections]
