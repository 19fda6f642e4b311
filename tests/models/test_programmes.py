"""What in running text shows that a name is a programme's. All contents are invented."""

import pytest

from models.programme.acronyms import long_form, long_form_after
from models.programme.definitions import says_what
from models.programme.extent import extent
from models.programme.sightings import sightings
from models.programme.votes import stands, without_rest
from models.programmes import discover
from models.registry import Entry, Registry

EMPTY = Registry([])


def names(*texts: str) -> set[str]:
    return {one.name for one in discover(texts, EMPTY)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gruppen arbetar i ESF-projektet ”Vägar till jobb” under året.", "Vägar till jobb"),
        ("Arbetet i fondsatsningen Nya dagar för att stödja barn fortsätter.", "Nya dagar"),
        ("Stödet ges genom modellerna ”Trampolin” och ”Lugn och trygg” i två områden.", "Lugn och trygg"),
        ("Familjer erbjuds metoder som Kvistro, TRAMS och Stegvis ihop i grupp.", "TRAMS"),
        ("Enheten har infört Synvia, ett digitalt verktyg för delaktighet.", "Synvia"),
        ("Trestegaren är en metod för samverkan mellan skola och polis.", "Trestegaren"),
        ("Personalen har utbildats i TABO - tecken att bygga ord med och använder TABO i alla grupper.", "TABO"),
        ("Nämnden följer stadens nya skydds- och trygghetspolicy vid resor.", "Skydds- och trygghetspolicy"),
        ("Arbetet styrs av stadens ljuspolitiska program 2022-2026.", "Ljuspolitiska program 2022-2026"),
        ("Nämnden har antagit handlingsplanen för rektorer och skolsköterskor i januari.", None),
        (
            "Arbetet följer stadens program för att motverka ensamhet 2020-2025.",
            "Program för att motverka ensamhet 2020-2025",
        ),
        ("Båda områdena har erbjudit Fyra vindar-grupper för barn.", "Fyra vindar"),
        ("Projektet Läsglädje i Farsta pågår till hösten.", "Läsglädje i Farsta"),
    ],
)
def test_a_name_is_seen_by_what_stands_around_it(text: str, name: str | None) -> None:
    expected = name or "Handlingsplanen för rektorer och skolsköterskor"
    assert expected in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "ESF-projektet fortsätter under hösten.",
        "Feriejobb är en insats för unga.",
        "Under året har ett ”öppet hus” hållits. Det ”öppet hus” som hölls var ”öppet hus” för alla.",
        "Samarbetet med Västra stadens företagarförening (VSF) fortsätter. VSF har hållit möten.",
        "Verksamhetsförlagd utbildning (VFU) erbjuds i alla enheter.",
        "Den öppna förskolan och biblioteket har samarbetat.",
    ],
)
def test_what_is_no_name_is_not_seen(text: str) -> None:
    assert names(text) == set()


def test_a_name_beside_a_name_is_one_too() -> None:
    text = "Metoden Kvistro används i grupper. Föräldrar har deltagit i Kvistro och Brasam under våren."
    assert "Brasam" in names(text)


def test_votes_add_up() -> None:
    texts = ["Under våren har flera deltagit i Brasamme.", "Arbetet med Brasamme går vidare."]
    assert discover(texts, EMPTY) == ()
    (found,) = discover(texts, EMPTY, [("Brasamme", "PROGRAM"), ("Brasamme", "PROGRAM")])
    assert (found.name, "model" in found.evidence) == ("Brasamme", True)
    assert discover(texts, EMPTY, [("Brasamme", "ORG"), ("Brasamme", "PROGRAM")]) == ()


def test_a_small_form_is_kept_so_that_small_mentions_count() -> None:
    (found,) = discover(["Nämnden arbetar med miljöpakten i alla enheter."], EMPTY)
    assert (found.name, found.variants) == ("Miljöpakten", ("miljöpakten",))


def test_known_names_need_no_discovery() -> None:
    known = Registry([Entry(name="Kvistro", label="PROGRAM")])
    assert discover(["Metoden Kvistro används."], known) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lärande ihop i grupperna", "Lärande ihop"),
        ("Kvistro för målgruppen unga", "Kvistro"),
        ("Rätt stöd i rätt tid har", "Rätt stöd i rätt tid"),
        ("Nya dagar för att", "Nya dagar"),
        ("Kvistros utbildning", "Kvistro"),
    ],
)
def test_where_a_name_ends(text: str, name: str) -> None:
    span = extent(text, 0)
    assert span is not None
    assert text[slice(*span)].startswith(name)


def test_letters_of_an_acronym() -> None:
    def words(text: str) -> list[tuple[int, int, str]]:
        return [(place, place + 1, word) for place, word in enumerate(text.split())]

    assert long_form("SIG", words("en social insatsgrupp")) == (1, 3)
    assert long_form_after("IPS", words("individuell placering och stöd i arbetet")) == (0, 4)
    assert long_form("SIG", words("en annan grupp")) is None


@pytest.mark.parametrize(
    ("text", "name", "confidence", "stays"),
    [
        ("Elever deltar i Kvistro.", "Kvistro", 0.7, True),
        ("Stöd ges till alla.", "Stöd", 0.99, False),
        ("De får stöd av alla.", "stöd", 0.99, False),
        ("Arbetet för unga", "för unga", 0.9, False),
        ("Enligt VFU ska", "VFU", 0.99, False),
        ("Verksamhetsplan för 2022", "Verksamhetsplan för 2022", 0.99, False),
        ("Perioden 2014-2019 är", "2014-2019", 0.9, False),
        ("Forumet 6-16 har träffats", "6-16", 0.9, True),
        ("Inom ESF-projektet har", "ESF-projektet", 0.95, False),
    ],
)
def test_votes_that_stand(text: str, name: str, confidence: float, stays: bool) -> None:
    start = text.index(name)
    assert stands(text, start, start + len(name), confidence) is stays


def test_what_is_told_of_a_name_is_not_in_it() -> None:
    text = "Projektet Kvistro inom socialpsykiatrin"
    assert without_rest(text, 10, len(text)) == text.index(" inom")
    quoted = "Kursen ”Lärande inom vården”"
    assert without_rest(quoted, 8, len(quoted) - 1) == len(quoted) - 1


def test_says_what() -> None:
    assert says_what(", en metod för samtal")
    assert says_what(" är ett nytt verktyg för alla")
    assert not says_what(" har startat en grupp")


def test_sightings_are_where_they_say() -> None:
    text = "Metoden Kvistro och projektet ”Läs mera” ingår i SAVRI-modellen."
    assert all(text[one.start : one.end] == one.text for one in sightings(text))
