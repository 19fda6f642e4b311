"""What is an occurrence of a name, for names in no registry."""

import pytest

from models.fold import fold
from models.variants import NameTree, find_name, name_pattern, needle

FOUND = [
    ("Trefas", "Samverkan inom TREFAS har ökat.", "TREFAS"),
    ("Trefas", "Arbetet med trefas fortsätter.", "trefas"),
    ("Trefas", "Trefas-samverkan har ökat.", "Trefas"),
    ("Trefas", "Trefassamverkan har ökat.", "Trefassamverkan"),
    ("Trefas", "Enligt trefasmetoden.", "trefasmetoden"),
    ("Trefas", "Т\u0072efas med kyrilliskt T.", "Т\u0072efas"),
    ("Skolfam", "Skolfams team.", "Skolfams"),
    ("Skolfam", "Teamet i Sk0lfam.", "Sk0lfam"),
    ("SIG", "Genom SIG och andra.", "SIG"),
    ("SIG", "SIG:s arbete.", "SIG:s"),
    ("SIG unga", "Stödet i SIG-unga.", "SIG-unga"),
    ("SIG-unga", "Stödet i SIG unga.", "SIG unga"),
    ("SIG unga", "Stödet i SIG – unga.", "SIG – unga"),
    ("social insatsgrupp", "De sociala insatsgruppernas arbete.", "sociala insatsgruppernas"),
    ("sociala insatsgrupper", "En Social Insats-grupp finns.", "Social Insats-grupp"),
    ("Bornholmsmodellen", "Med Bornholms modellen.", "Bornholms modellen"),
    ("Kvinnokraft", "KVINNOKRAFT avslutas.", "KVINNOKRAFT"),
    ("Bostad först", "Bostad Först-lägenheter.", "Bostad Först"),
    ("lagen (1990:52) om vård", "enligt lagen (1990:52) om vård av unga", "lagen (1990:52) om vård"),
    ("Äldre\u00a0direkt", "Numret Äldre direkt.", "Äldre direkt"),
]

NOT_FOUND = [
    ("SIG", "De anmäler sig och Sig."),
    ("SIG unga", "de unga anmäler sig unga"),
    ("Trefas", "Trefasarna i elskåpet, en tre fas."),
    ("Skolfam", "skolfamiljernas möten"),
    ("social insatsgrupp", "en insatsgrupp"),
    ("MI", "mi och Mi"),
]


@pytest.mark.parametrize(("name", "text", "found"), FOUND)
def test_found(name: str, text: str, found: str) -> None:
    assert [text[start:end] for start, end in find_name(text, name_pattern(name))] == [found]


@pytest.mark.parametrize(("name", "text"), NOT_FOUND)
def test_not_found(name: str, text: str) -> None:
    assert find_name(text, name_pattern(name)) == []


@pytest.mark.parametrize(("name", "text", "found"), [case for case in FOUND if "0" not in case[1] or ":" in case[1]])
def test_the_needle_is_in_every_text_with_the_name(name: str, text: str, found: str) -> None:
    assert needle(name) in fold(text)


@pytest.mark.parametrize(("name", "form"), [("trygg stad", "trygga städer"), ("barns bok", "barns böcker")])
def test_the_needle_survives_a_change_of_vowel(name: str, form: str) -> None:
    assert needle(name) in fold(form)
    assert find_name(form, name_pattern(name)) == [(0, len(form))]


def test_all_occurrences_are_found() -> None:
    text = "Trefas, Skolfam, Trefas och Trefas."
    assert len(find_name(text, name_pattern("Trefas"))) == 3


def test_the_longest_name_wins() -> None:
    tree = NameTree()
    tree.add("SIG", 1)
    tree.add("SIG unga", 2)
    assert [(found.value, found.compound) for found in tree.find("SIG-unga och SIG-samtal")] == [(2, False), (1, True)]


@pytest.mark.parametrize("name", ["", "   ", "…", "(", "[a-z]+", "\x00"])
def test_names_without_letters_find_nothing_and_hurt_nothing(name: str) -> None:
    assert find_name("Trefas (…) [a-z]+", name_pattern(name)) in ([], [(12, 15)])


def test_folding_keeps_the_length() -> None:
    text = "İÅÄÖ – АВЕ’s\u00a0x"
    assert len(fold(text)) == len(text)


def test_a_capital_can_be_asked_for() -> None:
    pattern = name_pattern("Paraplyet", case="initial")
    assert find_name("under paraplyet i Paraplyet och PARAPLYET", pattern) == [(18, 27), (32, 41)]
