"""What all ways to write one name come to, and what acronyms stand for."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.fold import fold
from models.variants import name_atoms
from models.words import lemma

Key = tuple[str, ...]
_YEARS = re.compile(r"[\s,]+20\d\d\s?[-–]\s?20\d\d\s*\Z")
"""The years that a programme is decided for, at the end of its name."""
_HALVES = re.compile(r"(?P<first>[a-zåäöA-ZÅÄÖ]{3,})\s?[-–]\s(?:och|samt)\s(?P<second>[a-zåäö]{6,})")
_ADVERB = re.compile(r"(?<=\w{4})vis[at]\Z")
"""`stadsdelsvist`, `stadsdelsvisa`."""


class Links(Table):
    """`links.yaml`."""

    same_words: tuple[tuple[str, ...], ...]
    small_words: tuple[str, ...]
    heads: tuple[str, ...]
    head_endings: tuple[str, ...]
    owners: tuple[str, ...]
    after_owners: tuple[str, ...]
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
    halves = _HALVES.search(_YEARS.sub("", name))
    atoms = [atom for atom in name_atoms(_YEARS.sub("", name)) if atom]
    atoms = _without_heads(atoms)
    tails = set(links().tails)
    while len(atoms) > 1 and atoms[-1].lower() in tails and (len(atoms) > 2 or _unusual(atoms[0])):
        atoms = atoms[:-1]
    words: list[str] = []
    for atom in atoms:
        meaning = (expand or {}).get(atom) if atom.isupper() else None
        words += meaning if meaning is not None else _plain(atom)
    key = tuple(word for word in words if word not in links().small_words) or tuple(words)
    return _in_one_order(key, halves["first"].lower(), halves["second"].lower()) if halves else key


def _without_heads(atoms: list[str]) -> list[str]:
    """`metoden Trefas`, `stadens nya miljöprogram`, `skolprogrammet Ros` without the words before the name."""
    heads = set(links().heads)
    owned = False
    while len(atoms) > 1:
        head = atoms[0].lower()
        compound = head.endswith(links().head_endings) and atoms[1][0].isupper()
        if head not in heads and not compound and not (owned and head in links().after_owners):
            break
        owned |= head in links().owners
        atoms = atoms[1:]
    return atoms


def _in_one_order(key: Key, first: str, second: str) -> Key:
    """`klimat- och miljöhandlingsplan` and `miljö- och klimathandlingsplan` have one key."""
    word = lemma(fold(second))
    parts = compound_parts(word)
    if word not in key or first not in key or len(parts) < 2:
        return key
    own = sorted((first, parts[0]))
    rest = tuple(part for part in key if part not in (first, word))
    return (*rest, *own, "".join(parts[1:]))


def _unusual(atom: str) -> bool:
    """True for an acronym or a word that no dictionary has: what `-modellen` leaves is then a name."""
    return (atom.isupper() and len(atom) > 1) or not is_known(atom.lower())


@lru_cache(maxsize=50_000)
def _plain(atom: str) -> tuple[str, ...]:
    if len(atom) == 1 and atom.isupper():
        return (atom,)
    small = fold(atom)
    word = _same().get(small) or _same().get(lemma(small)) or lemma(small)
    return (_ADVERB.sub("vis", word),)
