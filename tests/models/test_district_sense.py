"""A district's name that is also a place's."""

import pytest

from models.district_sense import tell_districts
from models.ner.scheme import Found
from models.registry import load_registry


def senses(text: str, found: tuple[Found, ...] = ()) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in tell_districts(text, load_registry().match(text), found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mötet hölls i Farsta.", [("Farsta", "LOC")]),
        ("Farsta har minskat sitt underskott.", [("Farsta", "DISTRICT")]),
        ("Farsta stadsdelsnämnd beslutade.", [("Farsta stadsdelsnämnd", "DISTRICT")]),
        (
            "Samarbetet gäller Bromma, Farsta och Hässelby-Vällingby.",
            [("Bromma", "DISTRICT"), ("Farsta", "DISTRICT"), ("Hässelby-Vällingby", "DISTRICT")],
        ),
        ("Ungdomar i Tensta, Kista och Skärholmen.", [("Tensta", "LOC"), ("Kista", "LOC"), ("Skärholmen", "LOC")]),
        (
            "Stadsdelsnämnderna Farsta och Skarpnäck deltog.",
            [("Farsta", "DISTRICT"), ("Skarpnäck", "DISTRICT")],
        ),
        (
            "Farsta och Skarpnäcks stadsdelsnämnder deltog.",
            [("Farsta", "DISTRICT"), ("Skarpnäcks stadsdelsnämnder", "DISTRICT")],
        ),
        ("Det delas med Skärholmens sdf i år.", [("Skärholmens sdf", "DISTRICT")]),
    ],
)
def test_the_words_around_tell(text: str, expected: list[tuple[str, str]]) -> None:
    assert senses(text) == expected


def test_the_trained_model_tells_before_the_word_in_front() -> None:
    text = "Arbetet i Farsta går bra."
    assert senses(text, (Found(10, 16, "DISTRICT", 0.9),)) == [("Farsta", "DISTRICT")]
    assert senses("Farsta växer.", (Found(0, 6, "LOC", 0.9),)) == [("Farsta", "LOC")]
