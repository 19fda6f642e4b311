"""What all ways to write one name come to, and what acronyms stand for."""

from collections.abc import Mapping
from functools import cache, lru_cache

from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.fold import fold
from models.variants import name_atoms
from models.words import lemma

Key = tuple[str, ...]


class Links(Table):
    """`links.yaml`."""

    same_words: tuple[tuple[str, ...], ...]
    small_words: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


@cache
def links() -> Links:
    """The words of `links.yaml`."""
    return read_table(DATA / "links.yaml", Links)


@cache
def _same() -> Mapping[str, str]:
    return {word: group[0] for group in links().same_words for word in group}


def link_key(name: str, expand: Mapping[str, Key] | None = None) -> Key:
    """What names that are the same have in common; `expand` has the meaning of acronyms, by the acronym in capitals."""
    atoms = [atom for atom in name_atoms(name) if atom]
    heads, tails = set(links().heads), set(links().tails)
    while len(atoms) > 1 and atoms[0].lower() in heads:
        atoms = atoms[1:]
    while len(atoms) > 1 and atoms[-1].lower() in tails and (len(atoms) > 2 or _unusual(atoms[0])):
        atoms = atoms[:-1]
    words: list[str] = []
    for atom in atoms:
        meaning = (expand or {}).get(atom) if atom.isupper() else None
        words += meaning if meaning is not None else _plain(atom)
    return tuple(word for word in words if word not in links().small_words) or tuple(words)


def _unusual(atom: str) -> bool:
    """True for an acronym or a word that no dictionary has: what `-modellen` leaves is then a name."""
    return (atom.isupper() and len(atom) > 1) or not is_known(atom.lower())


@lru_cache(maxsize=50_000)
def _plain(atom: str) -> tuple[str, ...]:
    if len(atom) == 1 and atom.isupper():
        return (atom,)
    small = fold(atom)
    word = _same().get(small) or _same().get(lemma(small)) or lemma(small)
    return (word,)
