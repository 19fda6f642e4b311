"""Synonyms and English words."""

import pytest

from models.data_file import DATA, read_table
from models.synonyms import ENGLISH_WEIGHT, SYNONYM_WEIGHT, _EnglishFile, expand, is_english


def test_a_synonym_weighs_less_than_the_word_asked() -> None:
    extra = expand("vilka fick försörjningsstöd")
    assert extra["socialbidrag"] == SYNONYM_WEIGHT < 1
    assert "försörjningsstöd" not in extra


def test_inflected_and_long_expressions_are_known() -> None:
    assert "feriejobb" in expand("sommarjobben")
    assert "lvu" in expand("enligt lagen om vård av unga")


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Which districts run safety walks?", "trygghetsvandring"),
        ("how is elderly care doing", "äldreomsorg"),
        ("income support", "försörjningsstöd"),
        ("children's rights", "barnkonvention"),
    ],
)
def test_english_questions_get_swedish_terms(question: str, term: str) -> None:
    assert is_english(question) or len(question.split()) < 4
    assert expand(question, english=True)[term] == ENGLISH_WEIGHT


def test_swedish_questions_are_not_english() -> None:
    assert not is_english("Vilka stadsdelar nämner trygghetsvandring?")
    assert not is_english("")


@pytest.mark.parametrize(
    "text", ["digital teknik demens", "budget 2022", "digital lots", "film festival", "team index"]
)
def test_words_that_both_languages_have_are_no_english(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize("text", ["Mentions of Skolfam in 2024", "digital inclusion", "budget for elderly care"])
def test_few_english_words_are_english(text: str) -> None:
    assert is_english(text)


def test_the_english_list_is_long_enough() -> None:
    assert len(read_table(DATA / "english.yaml", _EnglishFile).words) >= 150


def test_nothing_to_expand() -> None:
    assert expand("") == {}
    assert expand("xyzzy") == {}
