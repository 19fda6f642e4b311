"""The words that show that a name is a programme's, and what a word is made of."""

import re
from collections.abc import Iterable
from functools import cache

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import base_form, is_known

CAPITAL = r"[A-ZÅÄÖÉ][\wåäöéÅÄÖ]*(?:[-:'’/&+][\wåäöéÅÄÖ]+)*\+?"
"""A word with a capital first."""
WORD = re.compile(r"[\wåäöéÅÄÖ]+(?:[-:'’/&+][\wåäöéÅÄÖ]+)*\+?")


class Cues(Table):
    """`programme_cues.yaml`."""

    heads: tuple[str, ...]
    head_endings: tuple[str, ...]
    weak_head_endings: tuple[str, ...]
    small_heads: tuple[str, ...]
    city_documents: tuple[str, ...]
    audiences: tuple[str, ...]
    owners: tuple[str, ...]
    between_owner_and_document: tuple[str, ...]
    compound_documents: tuple[str, ...]
    purpose_documents: tuple[str, ...]
    definite_purpose_documents: tuple[str, ...]
    not_documents: tuple[str, ...]
    list_nouns: tuple[str, ...]
    definite_list_nouns: tuple[str, ...]
    list_leads: tuple[str, ...]
    not_city_compounds: tuple[str, ...]
    weak_heads: tuple[str, ...]
    tails: tuple[str, ...]
    endings: tuple[str, ...]
    endings_at_start: tuple[str, ...]
    endings_any_case: tuple[str, ...]
    not_endings_any_case: tuple[str, ...]
    documents: tuple[str, ...]
    not_before_documents: tuple[str, ...]
    before_documents: tuple[str, ...]
    cues: tuple[str, ...]
    strong_cues: tuple[str, ...]
    kinds: tuple[str, ...]
    ends_name: tuple[str, ...]
    joins_name: tuple[str, ...]
    not_inside: tuple[str, ...]
    verb_endings: tuple[str, ...]
    sentence_words: tuple[str, ...]
    program_heads: tuple[str, ...]
    not_first: tuple[str, ...]
    not_acronyms: tuple[str, ...]
    not_long_forms: tuple[str, ...]
    generic: tuple[str, ...]
    not_programmes: tuple[str, ...]
    places_and_units: tuple[str, ...]
    not_endings: tuple[str, ...]


@cache
def cues() -> Cues:
    """The words that the patterns go by."""
    return read_table(DATA / "programme_cues.yaml", Cues)


def everyday(word: str) -> bool:
    """True for a word, or a compound of words, that the dictionary knows with a small letter."""
    small = word.lower()
    return is_known(small) or bool(compound_parts(small))


def is_verb(word: str) -> bool:
    """True for a small word that by its ending is a verb rather than a part of a name; `vägar` is several of a noun."""
    if not (word.islower() and len(word) > 3):
        return False
    if word.endswith("s") and is_known(word) and base_form(word).endswith("a"):
        return True  # the passive: "används"
    if not word.endswith(cues().verb_endings):
        return False
    return not (word.endswith(("ar", "er")) and is_known(word) and not base_form(word).endswith("a"))


def either(words: Iterable[str], *, capital: bool = False) -> str:
    """A pattern of any of the words, the longest first; with `capital` also with a capital first letter."""
    escaped = (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" if capital else word for word in escaped)
