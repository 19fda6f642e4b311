"""What report a document is, with and without a title page."""

import pytest

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
        ("Hägersten-Liljeholmen stadsdelsnämnd", "Hägersten-Liljeholmen stadsdelsnämnd", "Hägersten-Liljeholmen"),
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
