"""Which lines of a report are headings, and where a heading stands: read from invented text to `Report`."""

from ingest.build import build_report
from ingest.heading import heading_shaped
from ingest.report import Report
from ingest.text_reader import read_text

LONG = (
    "Hamnens verksamheter har under året arbetat med att ge fler barn tillgång till en meningsfull fritid. "
    "Arbetet har skett tillsammans med föreningar och skolor i området och fortsätter under nästa år."
)
GOAL = """KF:s inriktningsmål: 1. En hamnstad för alla

KF:s mål för verksamhetsområdet: 1.1 Hamnen är öppen för barn

Uppfylls helt

Analys

"""
AFTER = """

Uppföljning av ekonomi

"""


def read(text: str) -> Report:
    return build_report(read_text(text.encode(), "hamnen.txt"), source="hamnen.txt", sha256="0" * 64)


def headings(report: Report) -> list[str]:
    return [heading.text for heading in report.subheadings]


def test_heading_below_a_paragraph_that_lacks_its_full_stop() -> None:
    report = read(f"{GOAL}{LONG.rstrip('.')}\n\nKultur i hamnen\n\n{LONG}\n")
    assert headings(report) == ["Kultur i hamnen"]
    assert [passage.subheading for passage in report.passages][-1] == "Kultur i hamnen"


def test_rest_of_a_broken_sentence_is_no_heading() -> None:
    report = read(f"{GOAL}{LONG} Samarbetet sker i första hand med\n\nHamnens Vänner och Fyrens skola\n\n{LONG}\n")
    assert headings(report) == []


def test_sentence_broken_before_a_name_is_joined() -> None:
    before = f"{LONG} Hamnen har ett nära samarbete med"
    report = read(f"{GOAL}{before}\n\nFöreningen Fyren om sommarens läger.\n\n{LONG}\n")
    assert "ett nära samarbete med Föreningen Fyren om sommarens läger." in report.passages[1].text


def test_heading_printed_twice_in_a_row_is_one() -> None:
    report = read(
        f"{GOAL}{LONG}\n\nProgram för bryggor\n\nProgram för bryggor\n\n{LONG}\n"
        f"{AFTER}Resultatenheter\n\nResultatenheter\n\n{LONG}\n"
    )
    assert headings(report) == ["Program för bryggor"]
    units = [section for section in report.sections if section.title == "Resultatenheter"]
    assert [(section.line, section.end_line) for section in units] == [(20, 24)]


def test_section_name_met_again_in_its_chapter_is_a_heading_within_another_section() -> None:
    report = read(
        f"{GOAL}{LONG}\n{AFTER}Investeringar\n\n{LONG}\n\nBudgetjusteringar\n\n{LONG}\n\n"
        f"Drift\n\n{LONG}\n\nInvesteringar\n\n{LONG}\n"
    )
    economy = [section.title for section in report.sections if section.parent is not None][1:]
    assert economy == ["Investeringar", "Budgetjusteringar"]
    assert headings(report) == ["Drift", "Investeringar"]


def test_list_of_contents_reaches_to_its_last_line() -> None:
    contents = "Innehållsförteckning\n\nInledning\t2\nHamnen\t3\nKajen\t4\n\nInledning\n\n"
    report = read(f"{contents}{LONG}\n\n{GOAL}{LONG}\n")
    section = next(section for section in report.sections if section.title == "Innehållsförteckning")
    assert (section.line, section.end_line) == (1, 5)


def test_goal_named_in_almost_the_same_words_in_the_summary_is_a_section() -> None:
    goal = "En växande hamnstad med båtar, bryggor och sjöliv för alla"
    report = read(
        f"Sammanfattande analys\n\n{LONG}\n\n{goal.replace('för alla', 'åt alla')}\n\n{LONG}\n\n"
        f"KF:s inriktningsmål: 1. {goal}\n\nAnalys\n\n{LONG}\n"
    )
    assert [(section.kind, section.title[-8:]) for section in report.sections] == [
        ("chapter", "e analys"),
        ("other", " åt alla"),
        ("inriktningsmal", "för alla"),
    ]


def test_lines_about_tables_and_sums_are_no_headings() -> None:
    assert not heading_shaped("Tabellen innehåller avrundningar")
    assert not heading_shaped("Nedan tabell visar antal båtar 2022-2024")
    assert not heading_shaped("Netto totalt 44,2 42,2 2,0")
    assert not heading_shaped("Hamn Budget 2022 Begärda budgetjusteringar Prognos 2022 Avvikelse")
    assert not heading_shaped("Långfristiga skulder har minskat med 8,3 mnkr efter att kajen flyttats till en nämnd")


def test_headings_may_name_years_and_sums() -> None:
    assert heading_shaped("Handlingsplan för hamnen 2019– 2022")
    assert heading_shaped("Minskad sjukfrånvaro till 8,5 %")
    assert heading_shaped("Utfall jämfört med budget per verksamhetsområde")


def test_name_over_a_title_in_a_signature_is_no_heading() -> None:
    report = read(f"{GOAL}{LONG}\n{AFTER}Investeringar\n\n{LONG}\n\nPer Hamnlund\nhamndirektör\nHamnens förvaltning\n")
    assert headings(report) == []
    assert "Per Hamnlund\nhamndirektör" in report.passages[-1].text


def test_recurring_heading_ends_the_good_examples() -> None:
    report = read(
        f"{GOAL}{LONG}\n\nGoda exempel\n\nSimskola vid kajen\n\n{LONG}\n\nMänskliga rättigheter\n\n{LONG}\n\n"
        f"Goda exempel inom fritid\n\nFiskeläger\n\n{LONG}\n"
    )
    parts = [(passage.part, passage.subheading) for passage in report.passages if passage.kind != "goal"]
    assert parts == [
        ("Analys", None),
        ("Goda exempel", "Simskola vid kajen"),
        ("Analys", "Mänskliga rättigheter"),
        ("Goda exempel", "Goda exempel inom fritid – Fiskeläger"),
    ]
    assert [part.label for part in report.sections[1].parts] == ["Analys", "Goda exempel"]
    assert [(example.line, example.explicit) for example in report.good_examples] == [(15, True), (25, True)]


def test_number_of_a_picture_without_its_picture_is_left_out() -> None:
    report = read(f"{GOAL}{LONG}\n\nBild 2:\n\n\n{LONG.replace('Hamnens', 'Kajens')}\n")
    assert all("Bild 2" not in passage.text for passage in report.passages)
