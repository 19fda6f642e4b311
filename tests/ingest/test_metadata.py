"""What report a document is, with and without a title page."""

import pytest

from ingest.block import Block, Box, Document, Run
from ingest.metadata import read_metadata
from ingest.report import Metadata
from ingest.text_reader import read_text


def metadata(text: str) -> Metadata:
    return read_metadata(read_text(text.encode(), "a.txt"))


FRONT = """Stockholms stad
Dnr HV 2021/123
2021-05-12

Handläggare
Agda Lindmark
Nils von Brandt
Telefon: 08-508 00 000

Till
Hässelby-Vällingby
stadsdelsnämnd

Tertialrapport 1 2021 för Hässelby-Vällingby stadsdelsnämnd

Samarbetet med Farsta stadsdelsnämnd och Farsta stadsdelsförvaltning fortsätter. Farsta stadsdelsnämnd bidrar.
"""


def test_title_page() -> None:
    assert metadata(FRONT) == Metadata(
        title="Tertialrapport 1 2021 för Hässelby-Vällingby stadsdelsnämnd",
        board="Hässelby-Vällingby stadsdelsnämnd",
        district="Hässelby-Vällingby",
        type="tertialrapport 1",
        year=2021,
        period="Tertial 1 2021",
        date="2021-05-12",
        diary_number="HV 2021/123",
        officers=("Agda Lindmark", "Nils von Brandt"),
        inferred=(),
    )


def test_missing_title_page_is_inferred_and_said() -> None:
    text = """Förslag till beslut
Nämnden godkänner förslaget till tertialrapport 2 och lämnar den till kommunstyrelsen.
Arbetet i Spånga-Tensta fortsätter, och invånare i Spånga- Tensta är nöjda. Stadsdelsnämnden i Spånga-Tensta växer.
Tertial 2 2022
Tertial 2 2022
Periodens utfall VB 2021
"""
    found = metadata(text)
    assert (found.type, found.year, found.period) == ("tertialrapport 2", 2022, "Tertial 2 2022")
    assert (found.board, found.district) == ("Spånga-Tensta stadsdelsnämnd", "Spånga-Tensta")
    assert found.title == "Tertialrapport 2 2022"
    assert set(found.inferred) == {"type", "year", "board", "district", "title"}


def test_city_wide_board_has_no_district() -> None:
    found = metadata("Till\nSocialnämnden\n\nVerksamhetsplan 2023 för nämnden\n\nSamverkan med Farsta stadsdelsnämnd.")
    assert (found.board, found.district, found.type, found.year) == ("Socialnämnden", None, "verksamhetsplan", 2023)


@pytest.mark.parametrize(
    ("title", "kind", "year"),
    [
        ("Verksamhetsplan med budget 2022 för Älvsjö stadsdelsnämnd", "verksamhetsplan", 2022),
        ("Nämndens verksamhetsberättelse 2024", "verksamhetsberättelse", 2024),
        ("Tertialrapport Tertial 2 2020 för Älvsjö stadsdelsnämnd", "tertialrapport 2", 2020),
        ("Delårsrapport per augusti 2023", "delårsrapport", 2023),
        ("Årsredovisning 2021", "årsredovisning", 2021),
        ("Budget 2025", "budget", 2025),
    ],
)
def test_types_and_the_reports_own_year(title: str, kind: str, year: int) -> None:
    found = metadata(f"2025-01-27\n\nTill\nÄlvsjö stadsdelsnämnd\n2025-02-20\n\n{title}\n\nText om 2019 och 2018.")
    assert (found.type, found.year) == (kind, year)
    assert found.date == "2025-01-27"
    assert found.board == "Älvsjö stadsdelsnämnd"


@pytest.mark.parametrize(
    ("printed", "board", "district"),
    [
        ("Östermalms stadsdelsnämnd", "Östermalms stadsdelsnämnd", "Östermalm"),
        ("Järva stadsdelsnämnd", "Järva stadsdelsnämnd", "Järva"),
        ("Hägersten-Liljeholmen stadsdelsnämnd", "Hägersten-Liljeholmens stadsdelsnämnd", "Hägersten-Liljeholmen"),
        ("Norra innerstadens stadsdelsnämnd", "Norra innerstadens stadsdelsnämnd", "Norra innerstaden"),
        ("Älvsjö stadsdelsnämnd", "Älvsjö stadsdelsnämnd", "Älvsjö"),
        ("Hägersten-Älvsjö stadsdelsnämnd", "Hägersten-Älvsjö stadsdelsnämnd", "Hägersten-Älvsjö"),
    ],
)
def test_old_and_new_districts(printed: str, board: str, district: str) -> None:
    found = metadata(f"Till\n{printed}\n\nVerksamhetsplan 2024\n")
    assert (found.board, found.district) == (board, district)


def test_other_municipality_gets_no_stockholm_district() -> None:
    text = "Nämnden för Kretslopp\n\nÅrsrapport 2023\n\n" + "Göteborgs Stad mäter. Kungsholmen nämns. " * 5
    found = metadata(text)
    assert (found.board, found.district, found.type) == ("Nämnden för Kretslopp", None, "årsredovisning")


def test_running_text_is_no_title() -> None:
    found = metadata("Promemoria om parker\n\nRevisorerna har läst årsredovisningen i sin helhet.\n")
    assert (found.type, found.title, found.year) == ("annat", "Promemoria om parker", None)


@pytest.mark.parametrize(
    ("page", "title", "board", "kind", "year"),
    [
        (
            "Till\nFarsta stadsdelsnämnd\n\nVerksamhetsplan och budget\n2023 för Farsta\nstadsdelsnämnd\n\nInledning",
            "Verksamhetsplan och budget 2023 för Farsta stadsdelsnämnd",
            "Farsta stadsdelsnämnd",
            "verksamhetsplan",
            2023,
        ),
        ("Älvsjö stadsdelsnämnd\n\nVP 2023\n\nInledning", "VP 2023", "Älvsjö stadsdelsnämnd", "verksamhetsplan", 2023),
        ("Södermalms stadsdelsnämnd\nT2 2022", "T2 2022", "Södermalms stadsdelsnämnd", "tertialrapport 2", 2022),
        (
            "Kulturnämnden\n\nBokslut och verksamhetsberättelse 2019",
            "Bokslut och verksamhetsberättelse 2019",
            "Kulturnämnden",
            "verksamhetsberättelse",
            2019,
        ),
        (
            "Till Trafiknämnden\nDelårsrapport per augusti 2016",
            "Delårsrapport per augusti 2016",
            "Trafiknämnden",
            "delårsrapport",
            2016,
        ),
        (
            "Tertialrapport 2\n\nSkärholmens stadsdelsnämnd\n2023-09-21",
            "Tertialrapport 2",
            "Skärholmens stadsdelsnämnd",
            "tertialrapport 2",
            2023,
        ),
    ],
)
def test_odd_title_pages(page: str, title: str, board: str, kind: str, year: int) -> None:
    found = read_metadata(read_text(page.encode(), "a.txt"))
    assert (found.title, found.board, found.type, found.year) == (title, board, kind, year)


def test_officers_below_a_telephone_number() -> None:
    page = "Handläggare\nTelefon: 08-508 00 000\nLars Ek och Mia Lind\nTill\nBromma stadsdelsnämnd"
    assert read_metadata(read_text(page.encode(), "a.txt")).officers == ("Lars Ek", "Mia Lind")


def test_file_name_is_the_last_resort_and_said_to_be() -> None:
    bare = read_text("Verksamheterna har haft öppet som vanligt.".encode(), "a.txt")
    found = read_metadata(bare, "Skarpnack_2021-T2.txt")
    assert (found.district, found.type, found.year) == ("Skarpnäck", "tertialrapport 2", 2021)
    assert {"board", "district", "type", "year", "title"} <= set(found.inferred)
    assert read_metadata(bare, "a.txt").board is None
    titled = read_text("Bromma stadsdelsnämnd\nVerksamhetsplan 2020".encode(), "a.txt")
    assert read_metadata(titled, "Skarpnack_2021-T2.txt").district == "Bromma"


def _lines(*lines: tuple[int, float, str]) -> Document:
    blocks = (
        Block(text, (Run(0, len(text), text, box=Box(page, 70, 70, 300, 70 + size)),), page=page, size=size)
        for page, size, text in lines
    )
    return Document("pdf", tuple(blocks), pages=2)


def test_a_covering_letter_has_the_title_of_what_it_covers() -> None:
    letter = ((1, 9.0, "Hamnrevisionen"), (1, 24.0, "Missiv till hamnens nämnder"), (1, 11.0, "Vi har granskat kajen."))
    covered = ((2, 24.0, "Granskning av"), (2, 24.0, "kajens skick"), (2, 11.0, "Kajen är hel."))
    assert read_metadata(_lines(*letter, *covered)).title == "Granskning av kajens skick"
    assert read_metadata(_lines(*letter, (2, 24.0, "Rapportsammandrag"))).title == "Missiv till hamnens nämnder"
    assert read_metadata(_lines(*letter)).title == "Missiv till hamnens nämnder"


def test_a_report_that_begins_in_its_middle_says_that_its_title_is_inferred() -> None:
    row = "Andel båtar\t12\t14\tTertial 1 2023\n"
    text = "som ligger kvar vid kajen under vintern.\n\n" + "Indikator\tUtfall\tÅrsmål\tPeriod\n" + row * 4
    found = metadata(text)
    assert (found.type, found.year, found.period) == ("tertialrapport 1", 2023, "Tertial 1 2023")
    assert found.title == "Tertialrapport 1 2023"
    assert {"title", "type", "year"} <= set(found.inferred)
    assert found.board is None
