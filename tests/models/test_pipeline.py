"""Entities in running text and the spaCy pipeline."""

import pytest

from models.pipeline import annotate, load_pipeline


def entities(text: str) -> list[tuple[str, str]]:
    (found,) = annotate([text])
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
def test_annotate(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text) == expected


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
        ("Farsta", "DISTRICT", "Farsta", "Farsta"),
        ("Farsta strand", "LOC", "Farsta strand", "Farsta strand"),
        ("SIG-unga", "PROGRAM", "SIG unga", "SIG unga"),
    ]
