"""Swedish words: tokens, base forms, and the terms that lexical search goes by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic import RootModel

from models.compounds import SHORTEST_WORD, compound_parts, lexicon
from models.data_file import DATA, Table, read_table
from models.dictionary import base_form, corrections, is_known

__all__ = [
    "Token",
    "compound_parts",
    "is_name",
    "lemma",
    "look_up",
    "may_have_term",
    "search_terms",
    "stop_words",
    "tokenize",
    "word_terms",
    "words_in",
]

LEMMA_WEIGHT = 1.0
SURFACE_WEIGHT = 0.3
PART_WEIGHT = 0.4
HYPHEN_PART_WEIGHT = 0.7
"""Weights of a word's base form, its printed form, each part of a compound and each part of a hyphenated word."""

SHORTEST_PLACE = 5
"""Letters of a place's name that is never taken for another word."""

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?![^\W\d_])"  # 2022, 7,3, 1990:52
    r"|[^\W_]+(?:[-‐‑'’][^\W_]+)*(?::[a-zåäö]{1,4}\b)?"  # SIG-unga, S:t, KF:s
)
_HYPHEN = re.compile(r"[-‐‑]")
_COLON_ENDING = re.compile(r":[a-zåäö]{1,4}$")
_ACRONYM = re.compile(r"[A-ZÅÄÖ][A-ZÅÄÖ0-9]{1,7}|[A-ZÅÄÖ][a-zåäö]{1,2}[A-ZÅÄÖ]{1,3}")
"""LSS, and SoL."""
_PLACE_FILES = ("districts", "places", "municipalities")
_NAME_GENITIVE_LENGTH = 5
"""A name of at least so many letters that ends in -s may be a genitive: Skolfams, and Trefas too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number; offsets are code points, half-open."""

    text: str
    start: int
    end: int


class _StopWords(Table):
    swedish: tuple[str, ...]
    english: tuple[str, ...]


@cache
def stop_words() -> frozenset[str]:
    """Swedish words that say nothing of what a text is about (`data/stopwords.yaml`)."""
    return frozenset(read_table(DATA / "stopwords.yaml", _StopWords).swedish)


@cache
def english_stop_words() -> frozenset[str]:
    """The same in English, for questions in English."""
    return frozenset(read_table(DATA / "stopwords.yaml", _StopWords).english)


def tokenize(text: str) -> list[Token]:
    """Words and numbers in order. Hyphenated words (`SIG-unga`) and endings after a colon (`KF:s`) stay whole."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def words_in(text: str) -> list[str]:
    """The texts of `tokenize`, in a fifth of the time."""
    return _TOKEN.findall(text)


class _Named(RootModel[dict[str, Any]]):
    """A file of names; only the names are read here."""


@cache
def _places() -> dict[str, str]:
    """Names of places and districts of one word, and their genitives, in small letters → the name.

    The dictionary would take such a name for a word: Skärholmens for a form of `holme`.
    """
    rows = [row for file in _PLACE_FILES for row in read_table(DATA / f"{file}.yaml", _Named).root["entries"]]
    names = {name.lower() for row in rows for name in (row["name"], *row.get("members", ()))}
    plain = {name for name in names if name.isalpha() and len(name) >= SHORTEST_PLACE}
    return {f"{name}s": name for name in plain if name[-1] not in "sxz"} | {name: name for name in plain}


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """Base form in small letters; names keep their form, unknown compounds take the base form of their last part."""
    small = _COLON_ENDING.sub("", word).lower()
    if small in _places():
        return _places()[small]
    if small in corrections():
        return corrections()[small]
    if is_name(word):
        return small
    if not is_known(small) and compound_parts(small):
        return _lemma_of_last_part(small)
    return base_form(small)


@lru_cache(maxsize=200_000)
def is_name(word: str) -> bool:
    """True for an acronym and for a capitalised word that no word list knows with a small letter."""
    if not word[:1].isupper():
        return False
    small = word.lower()
    if _ACRONYM.fullmatch(word) or small in _places():
        return True
    return small not in lexicon() and not is_known(small) and not compound_parts(small)


def _lemma_of_last_part(word: str) -> str:
    """The longest ending that the dictionary knows, in its base form: trygghetsvandringar → trygghetsvandring."""
    for start in range(3, len(word) - 3):
        ending = word[start:]
        if is_known(ending):
            return word[:start] + base_form(ending)
    return word


def search_terms(text: str) -> dict[str, float]:
    """Term → weight, summed over the words of `text`; stop words give none.

    A term is a base form, a printed form or a part of a compound, in small letters. An acronym that reads as another
    word in small letters (`SIG`, not the pronoun) keeps its capitals with `=` before them.
    """
    terms: dict[str, float] = {}
    for word in words_in(text):
        for term, weight in word_terms(word):
            terms[term] = terms.get(term, 0.0) + weight
    return terms


@lru_cache(maxsize=200_000)
def word_terms(word: str) -> tuple[tuple[str, float], ...]:
    """The terms of one word with their weights."""
    bare = _COLON_ENDING.sub("", word)
    small = bare.lower()
    if _HYPHEN.search(bare):
        parts = [pair for part in _HYPHEN.split(bare) for pair in word_terms(part)]
        whole = _HYPHEN.sub("-", small)
        return ((whole, LEMMA_WEIGHT), *((term, weight * HYPHEN_PART_WEIGHT) for term, weight in parts))
    if _ACRONYM.fullmatch(bare) and (small in stop_words() or is_known(small)):
        # SoL is also written sol; SIG is not.
        return ((f"={bare}", LEMMA_WEIGHT), *(() if bare.isupper() else ((small, SURFACE_WEIGHT),)))
    if small in stop_words() or (len(small) == 1 and not small.isdigit()):
        return ()
    base = lemma(bare)
    terms = {base: LEMMA_WEIGHT}
    if small != base:
        terms[small] = SURFACE_WEIGHT
    if small in _places():
        return tuple(terms.items())
    if is_name(bare):
        if small.endswith("s") and len(small) > _NAME_GENITIVE_LENGTH:
            terms[small[:-1]] = SURFACE_WEIGHT
    else:
        for part in compound_parts(small):
            terms.setdefault(part, PART_WEIGHT)
    return tuple(terms.items())


def may_have_term(word: str, wanted: frozenset[str]) -> bool:
    """False only when `word_terms` would give none of `wanted`, told without dividing the word.

    A part that is not the last stands in the word but for its last letter at most, and so does the beginning of a word
    that is not in the dictionary; the last part is the base form of the word's end.
    """
    bare = _COLON_ENDING.sub("", word) if ":" in word else word
    small = bare.lower()
    if _HYPHEN.search(bare) or _ACRONYM.fullmatch(bare):
        return True
    base = base_form(small)
    if not wanted.isdisjoint((base, small, corrections().get(small, small), _places().get(small, small))):
        return True
    starts, inside = _traces(wanted)
    if (small[:3] in starts and not is_known(small)) or any(part in base for part in inside):
        return True
    return len(small) >= SHORTEST_WORD and not wanted.isdisjoint(endings(base))


def look_up(words: Iterable[str]) -> None:
    """Have the terms of words at hand, to find which takes most of the time when a word is first seen."""
    for word in words:
        word_terms(word)
        endings(base_form(_COLON_ENDING.sub("", word).lower()))


@lru_cache(maxsize=200_000)
def endings(base: str) -> frozenset[str]:
    """Base forms of what a word may end with."""
    return frozenset(base_form(base[cut:]) for cut in range(3, len(base) - 2))


@lru_cache(maxsize=256)
def _traces(wanted: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The beginnings of terms, three letters and fewer, and each term but for its last letter."""
    starts = frozenset(term[:length] for term in wanted for length in range(4))
    return starts, frozenset(term[:-1] for term in wanted)
