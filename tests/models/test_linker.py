"""Linking report by report comes to the same as linking everything at once. All contents are invented."""

import random

import pytest

from models.linker import Linker
from models.linking import Seen, link
from models.programmes import Programme
from models.registry import Entry, Registry

KNOWN = Registry(
    [
        Entry(name="Trefas", label="PROGRAM"),
        Entry(name="SIG", label="PROGRAM", long_form="social insatsgrupp", variants=("SIG-möten",)),
        Entry(name="BUS-möten", label="PROGRAM"),
        Entry(name="Farsta", label="DISTRICT"),
    ]
)
LONG_FORMS = {
    "BUS": ("barn i behov av särskilt stöd", "bostadsnära utegym för seniorer"),
    "SIG": ("sociala insatsgrupper",),
    "TUR": ("tidigt utåtriktat resursarbete", "trygga utomhusrum i rörelse"),
}
NAMES = (
    *("Trefas", "metoden Trefas", "Trefass", "SIG unga", "SIG-ungdom", "sociala insatsgruppen för unga", "BUS unga"),
    *("barn i behov av särskilt stöd unga", "Läslyftet", "Läsllyftet", "Läslýftet", "Närvaroprogrammet"),
    *("Närvaroprogramet", "närvaroprogrammet", "Grönsakslyftet", "Grönsakslyfftet", "projektet Brobyggarna"),
    *("Brobyggarna", "Trygg start i livet", "trygg start i livet", "Trygg start i liivet", "TUR unga", "6-16", "6 16"),
)


def _report(key: int, random: random.Random) -> list[Seen]:
    names = [(name, None) for name in random.sample(NAMES, random.randint(0, 8))]
    for acronym in random.sample(sorted(LONG_FORMS), random.randint(0, 2)):
        names.append((acronym, random.choice((None, *LONG_FORMS[acronym]))))
    area = random.choice(("Farsta", "Bromma"))
    return [Seen(key, area, Programme(name, (), meaning, ("head",), random.randint(1, 4))) for name, meaning in names]


@pytest.mark.parametrize("seed", range(40))
def test_report_by_report_is_the_same_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    linker = Linker(KNOWN)
    reports: dict[int, list[Seen]] = {}
    for _ in range(12):
        keys = chance.sample(range(1, 9), chance.randint(1, 3))
        changed = {key: _report(key, chance) if chance.random() < 0.7 else [] for key in keys}
        reports |= changed
        every = [one for seen in reports.values() for one in seen]
        assert linker.update(changed) == link(every, KNOWN)


def test_a_change_leaves_other_names_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    linker = Linker(KNOWN)
    linker.update({1: [Seen(1, "A", Programme("Läslyftet", (), None, ("head",), 1))]})
    joined: list[str] = []
    from models import linker as module

    real = module.join
    monkeypatch.setattr(
        module, "join", lambda seen, known: joined.extend(one.programme.name for one in seen) or real(seen, known)
    )
    linker.update({2: [Seen(2, "A", Programme("Brobyggarna", (), None, ("head",), 1))]})
    assert joined == ["Brobyggarna"]
