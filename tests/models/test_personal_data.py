"""Personal data. The numbers are made up; 811228-9874 is Skatteverket's own example."""

import pytest

from models.personal_data import check_digit, find_personal_data, is_personal_number, mask


def test_check_digit() -> None:
    assert check_digit("811228987") == 4


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("8112289874", True), ("8112289873", False), ("8113289874", False), ("8112889871", True), ("812", False)],
)
def test_personal_numbers(digits: str, valid: bool) -> None:
    assert is_personal_number(digits) is valid


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ärendet rör 811228-9874.", "Ärendet rör [personnummer]."),
        ("19811228-9874 och 811228+9874", "[personnummer] och [personnummer]"),
        ("Ring 070-123 45 67 eller 0701234567", "Ring [telefonnummer] eller [telefonnummer]"),
        ("Ring 08-508 03 000.", "Ring [telefonnummer]."),
        ("Samordningsnummer 811288-9871.", "Samordningsnummer [personnummer]."),
        ("19811288-9871", "[personnummer]"),
        ("198112289874", "[personnummer]"),
        ("personnummer 811228 9874", "personnummer [personnummer]"),
        ("19811228 9874", "[personnummer]"),
        ("811228–9874, 811228‑9874", "[personnummer], [personnummer]"),
        ("19811228-\n9874", "[personnummer]"),
        (
            "Ring +46 70 123 45 67, +46 (0)8 508 03 000, 0046 70 123 45 67",
            ", ".join(["Ring [telefonnummer]"] + ["[telefonnummer]"] * 2),
        ),
        ("Tel: 08 508 03 000 eller (08) 508 03 000", "Tel: [telefonnummer] eller [telefonnummer]"),
        ("Tel:08-508 03 000: växel, pnr:811228-9874: ja", "Tel:[telefonnummer]: växel, pnr:[personnummer]: ja"),
        ("070-123 45 67/070-765 43 21", "[telefonnummer]/[telefonnummer]"),
        ("Telefon: 508 03 000, mobil 070 123 45 67", "Telefon: [telefonnummer], mobil [telefonnummer]"),
        ("811228 - 9874, 811228\u22129874, 811228\u00ad9874", "[personnummer], [personnummer], [personnummer]"),
        ("kalle(at)exempel.se och kalle @ exempel.se", "[e-postadress] och [e-postadress]"),
        ("Skriv till kalle@exempel.se", "Skriv till [e-postadress]"),
        ("Skriv till anna.berg@stockholm.se", "Skriv till [e-postadress]"),
    ],
)
def test_mask(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Dnr 1.2.1-123/2021 beslutades 2021-05-12.",
        "Utfallet blev 12 345 678 kronor, 0,7 procent.",
        "Åren 2021-2022 gällde 0-5 år och 6-16-gruppen.",
        "Skriv till registrator@stockholm.se eller info@forening.se",
        "Kostnaden var 811228 9874 kronor.",
        "Kostnaden var 1 020 300 400 kronor, 2020 var den 1 070 123 456.",
        "Öppet 08.00-16.30, 2020-01-01\t2020-12-31",
        "Dnr 010-123 45 och ärendenr 08-123 45 67",
        "Organisationsnummer 212000-0142",
        "811228-9873 har fel kontrollsiffra",
        "",
    ],
)
def test_what_is_no_personal_datum_stays(text: str) -> None:
    assert mask(text) == text
    assert find_personal_data(text) == []
