"""Personal data are hidden wherever text leaves the archive. 811228-9874 is Skatteverket's own example."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from search.archive import Archive
from search.settings import Settings
from search.views import EXPORT_KINDS

SECRETS = ("811228-9874", "070-123 45 67", "anna@exempel.se")
SHOWN = "Maja Öhrnell"
MAIL = "registrator@stockholm.se"


@pytest.fixture(params=[True, False], ids=["dolt", "visat"])
def told(
    request: pytest.FixtureRequest, tmp_path: Path, library: Any, new_draft: Any, toolkit: Any
) -> Iterator[Archive]:
    secret = f"{SECRETS[0]}, {SECRETS[1]} och {SECRETS[2]}"
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", f"Skolan {secret}")
    draft.text(f"Enhetschef {SHOWN} och Trefas nås på {secret}, eller {MAIL}. Skolfam finns på lekplatsen.")
    draft.subheading(f"Trefas {secret}")
    draft.example(f"Trefas {secret} är ett gott exempel.")
    draft.indicator(f"Andel barn {SECRETS[0]}", 40.0, 50.0)
    settings = Settings(home=tmp_path / "hem", mask_personal_data=request.param)
    with Archive(settings, toolkit) as archive:
        archive.ingest([library.add("farsta.txt", draft)])
        yield archive


EXITS: dict[str, Callable[[Archive], object]] = {
    "search": lambda a: a.search("lekplatsen").model_dump_json(),
    "ask": lambda a: a.ask("Vilka nämner Trefas?").model_dump_json(),
    "ask passages": lambda a: a.ask("Var finns lekplatsen?").model_dump_json(),
    "goals": lambda a: a.goals(),
    "indicators": lambda a: a.indicators(),
    "good examples": lambda a: a.good_examples(),
    "passages": lambda a: a.passages("farsta"),
    "passage": lambda a: a.passage(a.passages("farsta")[0].passage_id),
    "similar": lambda a: a.similar(a.passages("farsta")[0].passage_id),
    "report": lambda a: a.report("farsta"),
    "sections": lambda a: a.sections("farsta"),
    "entity": lambda a: a.entity("Trefas"),
    "entities": lambda a: a.entities(),
    **{f"export {kind}": (lambda a, kind=kind: list(a.export(kind))) for kind in EXPORT_KINDS},
}


def test_no_exit_shows_personal_data(told: Archive) -> None:
    shown = {name for name, exit_ in EXITS.items() if any(secret in str(exit_(told)) for secret in SECRETS)}
    assert shown == set() if told.settings.mask_personal_data else {"search", "passages", "export passages"} <= shown


def test_names_and_functional_addresses_stay(told: Archive) -> None:
    hit = told.search("lekplatsen").hits[0]
    assert SHOWN in hit.text
    assert MAIL in hit.text
    assert (SECRETS[0] in hit.text) is not told.settings.mask_personal_data


def test_a_quote_is_hashed_as_it_is_shown(told: Archive) -> None:
    hit = told.search("lekplatsen").hits[0]
    assert hit.citation.sha256 == sha256(hit.citation.quote.encode()).hexdigest()
    row = next(row for row in told.export("passages") if "lekplatsen" in str(row["quote"]))
    assert row["sha256"] == sha256(str(row["quote"]).encode()).hexdigest()


def test_marks_move_with_the_text(told: Archive) -> None:
    hit = told.search("lekplatsen").hits[0]
    assert "lekplatsen" in [hit.text[start:end] for start, end in hit.highlights]
    assert {"Trefas", "Skolfam"} <= {hit.text[e.start : e.end] for e in hit.entities}


def test_status_counts_them(told: Archive) -> None:
    counts = told.status().personal_data
    assert counts["personnummer"] >= 1
    assert counts["telefon"] >= 1
    assert counts["e-post"] >= 1
    assert told.report("farsta").personal_data == counts


def test_they_are_masked_unless_somebody_says_otherwise() -> None:
    assert Settings().mask_personal_data
