"""What the dictionary knows of a word: simplemma's Swedish list, with the corrections of `data/lemmas.yaml` first."""

from functools import cache, lru_cache

import simplemma
from pydantic import RootModel

from models.data_file import DATA, read_table


class _Lemmas(RootModel[dict[str, str]]):
    """Word form → base form."""


@cache
def corrections() -> dict[str, str]:
    """Word form → base form where the dictionary is wrong or silent."""
    return read_table(DATA / "lemmas.yaml", _Lemmas).root


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """True when the word, in small letters, is a form in the dictionary."""
    return word in corrections() or simplemma.is_known(word, lang="sv")


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
    return str(simplemma.lemmatize(word, lang="sv")).lower() if simplemma.is_known(word, lang="sv") else word
