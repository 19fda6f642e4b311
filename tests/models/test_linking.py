"""Names of one programme are linked by evidence, over reports. All contents are invented."""

import pytest

from models.link_keys import link_key
from models.linking import Seen, link
from models.programmes import Programme, discover
from models.registry import Entry, Registry
from models.same_programme import same_programme

EMPTY = Registry([])


def seen(report: int, name: str, long_form: str | None = None, *variants: str, times: int = 1, area: str = "A") -> Seen:
    return Seen(report, area, Programme(name, variants, long_form, ("head",), times))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("metoden Brobyggarna", "Brobyggarna"),
        ("SAMS-modellen", "SAMS"),
        ("SIG unga", "SIG-ungdom"),
        ("Hembesöksprogrammet", "hembesöksprogram"),
        ("Trefas-samverkan", "TREFAS"),
    ],
)
def test_ways_to_write_a_name_have_one_key(one: str, other: str) -> None:
    assert same_programme(one, other, EMPTY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SIG unga", "SIG vuxna"),
        ("SIG", "SIG unga"),
        ("Språklyftet", "Matlyftet"),
        ("Hållbar förskola", "Hållbar skola"),
        ("I-SIP", "SIP"),
        ("Demens ABC", "ABC"),
    ],
)
def test_likeness_alone_does_not_join(one: str, other: str) -> None:
    assert not same_programme(one, other, EMPTY)


def test_an_explained_acronym_is_its_long_form() -> None:
    said = [seen(1, "SIG", "sociala insatsgrupper")]
    assert same_programme("SIG unga", "sociala insatsgruppen för unga", EMPTY, said)
    assert not same_programme("SIG unga", "sociala insatsgruppen för unga", EMPTY)


def test_noise_of_recognition_joins_a_swedish_word() -> None:
    linked = link([seen(1, "Läslyftet", times=3), seen(2, "Läsllyftet"), seen(3, "Läslýftet")], EMPTY)
    assert [entry.name for entry in linked.entries] == ["Läslyftet"]
    assert set(linked.entries[0].variants) == {"Läsllyftet", "Läslýftet"}


def test_a_known_name_takes_the_variants_of_the_reports() -> None:
    known = Registry([Entry(name="Trefas", label="PROGRAM")])
    linked = link([seen(1, "Trefas-samverkan")], known)
    assert [(entry.name, entry.variants) for entry in linked.entries] == [("Trefas", ("Trefas-samverkan",))]


def test_the_order_of_the_reports_does_not_matter() -> None:
    said = [seen(1, "SIG", "social insatsgrupp"), seen(2, "SIG ungdom"), seen(3, "SIG-unga", times=4)]
    assert link(said, EMPTY) == link(said[::-1], EMPTY)


def test_one_acronym_for_several_things_is_kept_apart() -> None:
    linked = link(
        [
            seen(1, "BUS", "barn i behov av särskilt stöd", area="Farsta"),
            seen(2, "BUS", "bostadsnära utegym för seniorer", area="Bromma"),
            seen(3, "BUS", area="Bromma"),
        ],
        EMPTY,
    )
    (homonym,) = linked.homonyms
    assert len(homonym.names) == 2
    assert "särskilt stöd" in homonym.name_in(1, "Farsta")
    assert "utegym" in homonym.name_in(3, "Bromma")


def test_key_without_generic_words() -> None:
    assert link_key("projektet Brobyggarna") == link_key("Brobyggarna")


TEXTS = (
    "Under året har projektet Brobyggarna startat. Fler familjer söker sig till Brobyggarna.",
    "Arbetet sker i en social insatsgrupp (SIG) och genom lokal ungdomssamverkan, LUS, i två områden.",
    "Förskolorna deltar i satsningen ”Språk i rörelse” som leds av biblioteket.",
    "Enheten arbetar enligt SAVRI-modellen och använder Lärande ihop i barngrupperna.",
    "Feriejobb och trygghetsvandringar har genomförts i samarbete med Farsta stadsdelsförvaltning och Anna Berg.",
)


def test_programmes_are_found_without_a_list() -> None:
    names = {one.name for one in discover(TEXTS, EMPTY)}
    assert {"Brobyggarna", "SIG", "Språk i rörelse", "SAVRI"} <= names
    assert not {name for name in names if "erie" in name or "vandring" in name or "Farsta" in name or "Berg" in name}


def test_known_names_are_not_discovered() -> None:
    known = Registry([Entry(name="Brobyggarna", label="PROGRAM")])
    assert "Brobyggarna" not in {one.name for one in discover(TEXTS, known)}


def test_nothing_is_found_in_nothing() -> None:
    assert discover([], EMPTY) == ()
    assert discover(["", "   ", "12 345"], EMPTY) == ()
