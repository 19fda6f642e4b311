"""The shipped model and the choice of another."""

import sys
from pathlib import Path

import pytest

from models.ner.choice import NoTagger, load_tagger, shipped_tagger
from models.ner.foreign import label_of
from models.ner.reading import may_hold_name, tag_texts
from models.ner.scheme import Found
from models.ner.tagger import WEIGHTS, OnnxTagger, TaggerError

MEETING = "Mötet hölls med Anna Bergström från Polismyndigheten i Uppsala."


def test_a_sentence_gets_the_same_names_alone_and_among_others() -> None:
    others = ["UTFALL 97,4 % " * 30, "Kista", "Enligt lagen (2010:801) om test, • t.ex.:"]
    (alone,) = shipped_tagger().tag([MEETING])
    among = shipped_tagger().tag([*others, MEETING])[-1]
    assert [(n.start, n.end, n.label) for n in among] == [(n.start, n.end, n.label) for n in alone]
    assert [MEETING[n.start : n.end] for n in alone] == ["Anna Bergström", "Polismyndigheten", "Uppsala"]
    assert all(n.confidence > 0.6 for n in alone)


def test_hostile_text_is_survived() -> None:
    texts = ["", " ", "\x00", "🙂" * 400, "A" * 5000, "Kista " * 600, "\u202e\u0301\ufeff"]
    assert len(shipped_tagger().tag(texts)) == len(texts)
    assert shipped_tagger().tag([]) == []


def test_names_stand_at_their_place_in_the_text() -> None:
    text = f"Sammanfattning\n\nInget särskilt har hänt under året. {MEETING}"
    (found,) = tag_texts([text], shipped_tagger())
    assert [text[n.start : n.end] for n in found] == ["Anna Bergström", "Polismyndigheten", "Uppsala"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Arbetet fortsätter under hösten.", False),
        ("12 345,6", False),
        ("Arbetet i Kista fortsätter.", True),
        ("Skrållan har fått en ny gård.", True),
        ("Genom metoden samtalskartan nås fler.", True),
    ],
)
def test_sentences_worth_reading(sentence: str, expected: bool) -> None:
    assert may_hold_name(sentence) is expected


def test_the_weights_are_small_and_known() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 40_000_000
    assert len(OnnxTagger().fingerprint) == 16


def test_none_finds_nothing() -> None:
    assert load_tagger("none").tag([MEETING]) == [[]]
    assert isinstance(load_tagger("none"), NoTagger)


def test_a_spacy_folder_can_be_used(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("sv")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PRS", "pattern": "Anna Bergström"}, {"label": "TME", "pattern": "Mötet"}])
    nlp.to_disk(tmp_path / "regler")
    tagger = load_tagger(str(tmp_path / "regler"))
    assert tagger.tag([MEETING]) == [[Found(16, 30, "PER", 1.0)]]
    assert (tagger.name, len(tagger.fingerprint)) == ("regler", 16)


def test_labels_of_others() -> None:
    assert [label_of(name) for name in ("PRS", "inst", "GPE", "EVN", "TME")] == ["PER", "ORG", "LOC", "EVENT", None]


def test_missing_models_are_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    if "huggingface_hub.constants" in sys.modules:
        monkeypatch.setattr(sys.modules["huggingface_hub.constants"], "HF_HUB_OFFLINE", True)
    with pytest.raises(TaggerError, match="SPANA_NER_MODEL") as told:
        load_tagger(str(tmp_path / "finns-inte"))
    assert "\n" not in str(told.value)
    with pytest.raises(TaggerError, match="SPANA_NER_MODEL=none"):
        OnnxTagger(tmp_path)
