"""Goal headings that have lost what marks them, in reports where others have kept it."""

from ingest.build import build_report
from ingest.report import Section
from ingest.text_reader import read_text

TEXT = """KF:s inriktningsmål: 1. En hamnstad för alla

KF:s mål för verksamhetsområdet: 1.1 Hamnen är öppen för barn

Uppfylls helt

Analys

Hamnen har varit öppen hela året och allt fler barn har besökt den.

Simskola vid kajen

Barnen har lärt sig simma vid kajen under hela sommaren.

{label}Fler barn seglar

Uppfylls delvis

Beskrivning

Klubbarna lånar ut båtar.

{label}Barnen är trygga vid vattnet

Beskrivning

Alla barn bär flytväst.

KF:s mål för verksamhetsområdet: 1.2 Kajerna är hela

Analys

Kajerna har lagats.
"""


def goals(text: str) -> list[tuple[str, str | None, str, str | None]]:
    report = build_report(read_text(text.encode(), "hamn.txt"), source="hamn.txt", sha256="0" * 64)
    return [(s.kind, s.goal_number, s.title, s.status) for s in report.sections if is_goal(s)]


def is_goal(section: Section) -> bool:
    return section.kind in ("inriktningsmal", "verksamhetsomradesmal", "namndmal")


def test_board_goals_without_label_and_number_among_labelled_areas() -> None:
    assert goals(TEXT.format(label="")) == [
        ("inriktningsmal", "1", "En hamnstad för alla", None),
        ("verksamhetsomradesmal", "1.1", "Hamnen är öppen för barn", "Uppfylls helt"),
        ("namndmal", "1.1", "Fler barn seglar", "Uppfylls delvis"),
        ("namndmal", "1.1", "Barnen är trygga vid vattnet", None),
        ("verksamhetsomradesmal", "1.2", "Kajerna är hela", None),
    ]


def test_one_board_goal_that_lost_its_label_is_found_like_the_others() -> None:
    whole = TEXT.format(label="Nämndmål: ")
    assert goals(whole.replace("Nämndmål: Fler", "Fler")) == goals(whole) == goals(TEXT.format(label=""))
