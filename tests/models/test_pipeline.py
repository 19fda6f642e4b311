"""Entities in running text and the spaCy pipeline."""

import pytest

from models.ner.choice import NoTagger
from models.ner.tagger import Tagger
from models.pipeline import annotate, load_pipeline
from models.registry import Registry

MEETING = [("Anna Bergström", "PER"), ("Polismyndigheten", "ORG"), ("Uppsala", "LOC")]


def entities(text: str, tagger: Tagger | None = None) -> list[tuple[str, str]]:
    (found,) = annotate([text], tagger=tagger)
    assert all(text[entity.start : entity.end] == entity.text for entity in found)
    return [(entity.text, entity.label) for entity in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Handläggare: Anna Andersson", [("Anna Andersson", "PER")]),
        ("Arbetet i projektet Kvinnokraft fortsätter.", [("Kvinnokraft", "PROGRAM")]),
        ("Genom metoden ”Lugna gatan” nås fler.", [("Lugna gatan", "PROGRAM")]),
        (
            "Barnen på Solgläntans förskola och förskolan Blåbäret.",
            [("Solgläntans förskola", "ORG"), ("Blåbäret", "ORG")],
        ),
        ("Parkleken Starbo har öppet.", [("Starbo", "ORG")]),
        ("Belysning sätts upp vid Lövstavägen och Hässelby torg.", [("Lövstavägen", "LOC"), ("Hässelby torg", "LOC")]),
        (
            "Enligt gymnasielagen och lagen (2010:801) om testning.",
            [("gymnasielagen", "LAW"), ("lagen (2010:801) om testning", "LAW")],
        ),
        ("LSS-verksamheten växer.", []),
        ("Underlagen och förslagen till nämnden.", []),
        ("Staden, stadsdelen, nämnden och förvaltningen.", []),
        ("Projektet Den nya parken.", []),
        ("", []),
    ],
)
def test_patterns_and_known_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text, NoTagger()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mötet hölls med Anna Bergström från Polismyndigheten i Uppsala.", MEETING),
        ("Arbetet i projektet Kvinnokraft fortsätter.", [("Kvinnokraft", "PROGRAM")]),
        ("Andel nöjda brukare", []),
        ("Nämnden och Förvaltningen Redovisar Utfallet", []),
        ("LSS-verksamheten växer.", []),
        ("Staden, stadsdelen, nämnden och förvaltningen.", []),
        ("", []),
    ],
)
def test_trained_model_with_known_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text) == expected


def test_trained_model_needs_no_known_names() -> None:
    (found,) = annotate(["Mötet hölls med Anna Bergström från Polismyndigheten i Uppsala."], Registry([]))
    assert [(entity.text, entity.label) for entity in found] == MEETING


def test_known_names_get_their_canonical_name() -> None:
    (found,) = annotate(["De sociala insatsgruppernas arbete enligt socialtjänstlagen"])
    assert [entity.name for entity in found] == ["SIG", "SoL"]


def test_pipeline_sets_sentences_and_entities() -> None:
    document = load_pipeline()("Trefas finns i Farsta, t.ex. i Farsta strand. Där arbetar SIG-unga.")
    assert [sentence.text for sentence in document.sents] == [
        "Trefas finns i Farsta, t.ex. i Farsta strand.",
        "Där arbetar SIG-unga.",
    ]
    assert [(entity.text, entity.label_, entity.ent_id_, entity.kb_id_) for entity in document.ents] == [
        ("Trefas", "PROGRAM", "Trefas", "Trefas"),
        ("Farsta", "LOC", "Farsta", "Farsta"),
        ("Farsta strand", "LOC", "Farsta strand", "Farsta strand"),
        ("SIG-unga", "PROGRAM", "SIG unga", "SIG unga"),
    ]
