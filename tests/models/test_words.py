"""Tokens, base forms, compound parts and search terms."""

import pytest

from models.compounds import compound_parts, lexicon
from models.words import is_name, lemma, may_have_term, search_terms, tokenize, word_terms, words_in


def test_tokens_keep_hyphens_endings_and_numbers_whole() -> None:
    text = "SIG-unga vid KF:s möte 2022, 7,3 % enligt 1990:52."
    tokens = tokenize(text)
    assert [token.text for token in tokens] == ["SIG-unga", "vid", "KF:s", "möte", "2022", "7,3", "enligt", "1990:52"]
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert words_in(text) == [token.text for token in tokens]


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("barnet", "barn"),
        ("barnens", "barn"),
        ("förskolorna", "förskola"),
        ("äldre", "äldre"),
        ("trygghetsvandringarna", "trygghetsvandring"),
        ("stadsdelsnämndens", "stadsdelsnämnd"),
        ("Järva", "järva"),
        ("LSS", "lss"),
    ],
)
def test_lemma(word: str, base: str) -> None:
    assert lemma(word) == base


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("trygghetsvandringar", ("trygghet", "vandring")),
        ("feriejobben", ("ferie", "jobb")),
        ("skolgård", ("skola", "gård")),
        ("familjehem", ("familj", "hem")),
        ("arbetsmarknad", ("arbete", "marknad")),
        ("introduktionsförskola", ("introduktion", "förskola")),
        ("förskola", ()),
        ("ekonomiskt", ()),
        ("upphandling", ()),
        ("bo", ()),
    ],
)
def test_compound_parts(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word) == parts


def test_inflected_forms_share_their_heaviest_term() -> None:
    heaviest = {max(search_terms(word).items(), key=lambda item: item[1])[0] for word in ("förskolan", "förskolor")}
    assert heaviest == {"förskola"}


def test_terms_see_inside_compounds() -> None:
    assert {"trygghet", "vandring"} <= set(search_terms("trygghetsvandring"))


def test_an_acronym_is_not_the_everyday_word() -> None:
    assert search_terms("sig") == {}
    assert search_terms("SIG") == {"=SIG": 1.0}
    assert "lss" in search_terms("LSS-verksamhet")


def test_a_name_is_not_stemmed_but_its_genitive_finds_it() -> None:
    assert is_name("Skolfam")
    assert "skolfam" in dict(word_terms("Skolfams"))
    assert word_terms("Trefas")[0] == ("trefas", 1.0)


def test_stop_words_and_empty_text_give_nothing() -> None:
    assert search_terms("och i att det") == {}
    assert search_terms("") == {}
    assert search_terms("…–•\x00") == {}


def test_weights_add_up_over_the_text() -> None:
    assert search_terms("parker parker")["park"] == pytest.approx(2 * search_terms("parker")["park"])


@pytest.mark.parametrize(("word", "form"), [("trygg", "trygga"), ("stad", "städerna"), ("bok", "böcker")])
def test_a_word_and_its_forms_have_one_base_form(word: str, form: str) -> None:
    assert lemma(form) == lemma(word) == lemma(lemma(form))


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Skärholmens", "skärholmen"),
        ("skärholmen", "skärholmen"),
        ("Skarpnäck", "skarpnäck"),
        ("SoL", "=SoL"),
        ("Komet", "komet"),
        ("Trefas", "trefas"),
    ],
)
def test_names_are_not_stemmed(word: str, term: str) -> None:
    assert dict(word_terms(word))[term] == 1.0


def test_a_places_name_has_no_parts() -> None:
    assert set(dict(word_terms("Skarpnäcks"))) == {"skarpnäck", "skarpnäcks"}
    assert "sol" in dict(word_terms("SoL"))
    assert set(dict(word_terms("SIG"))) == {"=SIG"}


def test_no_term_of_a_word_is_missed_by_the_quick_test() -> None:
    joined = ("trygghetsvandringarna", "barnböckernas", "kyrkobesök", "Skärholmens", "SIG-unga", "SoL", "KF:s")
    made_up = ("zyxbarngrupperna", "förskolelokalshyror", "äldreomsorgsnämndsmöten", "gickbort")
    words = (*joined, *made_up, *sorted(lexicon())[::7])
    pairs = [(word, term) for word in words for term, _ in word_terms(word)]
    missed = [(word, term) for word, term in pairs if not may_have_term(word, frozenset({term}))]
    assert not missed


@pytest.mark.parametrize("word", ["trygghetsvandringarna", "kommunfullmäktige", "zyxbarngrupperna", "2022"])
def test_the_quick_test_rules_out_a_word_of_other_letters(word: str) -> None:
    assert not may_have_term(word, frozenset({"hemtjänst", "budget"}))
