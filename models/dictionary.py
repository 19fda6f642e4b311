"""What the dictionary knows of a word: simplemma's Swedish list, with the corrections of `data/lemmas.yaml` first."""

from collections.abc import Mapping
from functools import cache, lru_cache
from unicodedata import normalize

from pydantic import RootModel
from simplemma.strategies import DictionaryLookupStrategy
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

from models.data_file import DATA, read_table

_LISTED = DictionaryLookupStrategy()
"""Asked by itself: `simplemma.is_known` and `lemmatize` say the same of a word in the list at three times the cost."""


class _Lemmas(RootModel[dict[str, str]]):
    """Word form → base form."""


@cache
def corrections() -> dict[str, str]:
    """Word form → base form where the dictionary is wrong or silent."""
    return read_table(DATA / "lemmas.yaml", _Lemmas).root


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """True when the word, in small letters, is a form in the dictionary."""
    return word in corrections() or listed(word) is not None


@lru_cache(maxsize=200_000)
def base_form(word: str) -> str:
    """Base form of a word in small letters; a word that is not known stays as it is.

    The dictionary is followed until it stands still, so that all forms of a word end in the same place; where it goes
    round (trygg → trygga → trygg) the shortest word of the round is taken.
    """
    seen = [word]
    while (base := _look_up(seen[-1])) not in seen:
        seen.append(base)
    return min(seen[seen.index(base) :], key=lambda form: (len(form), form))


def _look_up(word: str) -> str:
    corrected = corrections().get(word)
    if corrected is not None:
        return corrected
    base = listed(word)
    return word if base is None else base.lower()


@lru_cache(maxsize=200_000)
def listed(word: str) -> str | None:
    """What simplemma's Swedish list has for a word; None when it has nothing."""
    composed = normalize("NFC", word)
    # The word as it is written is most often what is in the list, or nothing is.
    found = _list().get(composed)
    return found if found is not None else _LISTED.get_lemma(composed, "sv")


@cache
def _list() -> Mapping[str, str]:
    return DEFAULT_DICTIONARY_FACTORY.get_dictionary("sv")
