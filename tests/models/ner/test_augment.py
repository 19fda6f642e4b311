"""Changed and exchanged sentences keep their names where they are."""

import random

from models.ner.augment import vary
from models.ner.corpora import Sentence
from models.ner.swap import form, swap

SENTENCES = [
    Sentence("Eva Berg arbetar i Sala kommun sedan i våras.", ((0, 8, "PER"), (19, 30, "LOC"))),
    Sentence("Nöjda brukare i hemtjänsten", ()),
]


def names(sentence: Sentence) -> list[tuple[str, str]]:
    return [(sentence.text[start:end].lower(), label) for start, end, label in sentence.entities]


def test_variation_never_moves_a_name() -> None:
    whole = {("eva berg", "PER"), ("sala kommun", "LOC")}
    found = [sentence for seed in range(200) for sentence in vary(SENTENCES, random.Random(seed))]
    assert all(set(names(sentence)) <= whole for sentence in found)
    texts = {sentence.text for sentence in found}
    assert "EVA BERG ARBETAR I SALA KOMMUN SEDAN I VÅRAS." in texts
    assert any(text.startswith("• ") for text in texts)
    assert "Nöjda Brukare i Hemtjänsten" in texts
    assert len(found) > 400, "fragments come besides"


def test_a_swap_puts_a_name_of_the_same_form() -> None:
    names_held = {("PER", "Aa Aa"): ["Bo Ek"], ("LOC", "Aa kommun"): ["Umeå kommun"]}
    found = {swap(SENTENCES[0], names_held, random.Random(seed)) for seed in range(30)}  # type: ignore[arg-type]
    assert {tuple(names(sentence)) for sentence in found} == {
        (("eva berg", "PER"), ("sala kommun", "LOC")),
        (("bo ek", "PER"), ("sala kommun", "LOC")),
        (("eva berg", "PER"), ("umeå kommun", "LOC")),
        (("bo ek", "PER"), ("umeå kommun", "LOC")),
    }


def test_forms() -> None:
    assert [form(name) for name in ("SIG", "Farstas", "Nacka kommun", "AFS 2015:4", "Eva Berg")] == [
        *("AA", "Aas", "Aa kommun", "AA 1", "Aa Aa")
    ]
