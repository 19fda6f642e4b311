"""Decides that a stretch of text is an occurrence of a name: case, hyphens, inflection, genitive, compounds.

A name is cut into atoms at blanks and hyphens, so that `SIG unga` and `SIG-unga` are the same. Each atom of a name has
one key and each atom of a text has the keys that it satisfies; names are kept in a tree of keys.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import base_form, is_known
from models.fold import fold, fold_digits, fold_marks, mend_digits
from models.words import lemma

Case = Literal["any", "initial", "exact"]

ACRONYM_EXACT = 3
"""Acronyms of so many letters or fewer are looked for in capitals only (SIG is not `sig`)."""
INFLECTED_NAME = 8
"""A name of one word is inflected like a noun only from so many letters: `Närvaroprogrammet`, not `Stocket`."""
CLOSED_COMPOUND = 5
"""A name is looked for at the start of a closed compound only from so many letters: `Trefassamverkan`."""
SPLIT_WORD = 10
"""A word of a name is looked for as two words only from so many letters: `Bornholms modellen`."""
START = 4
"""Letters by which a word that may be an inflected form of a name's word is told from others before it is looked up."""
FEW_BEGINS = 20
"""Trees of more beginnings than this hold so many names that most words may begin one."""
UNCHANGED = 4
"""The first letters of a word that inflection leaves alone; the last two of a longer base form may change."""

_ATOM = re.compile(r"\d+(?::\d+)+|[^\W_]+(?:'[^\W_]+)?(?::(?:[a-zåäö]{1,4}\b|t\b))?")
_GAP = re.compile(r"\s+|\s?-\s?")
_ENDING = re.compile(r"(?::[a-zåäö]{1,4}|'s)$")


class _VariantTable(Table):
    heads: tuple[str, ...]
    umlaut: tuple[str, ...]


@cache
def _table() -> _VariantTable:
    return read_table(DATA / "variants.yaml", _VariantTable)


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of letters and digits in a text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Node:
    """A place in the tree of names."""

    next: "dict[str, _Node]" = field(default_factory=dict)
    values: list[int] = field(default_factory=list)
    """What the names that end here stand for."""
    starts: set[str] = field(default_factory=set)
    """The first letters of the words that go on from here inflected."""


@dataclass(frozen=True, slots=True)
class Found:
    """An occurrence: offsets are code points, half-open; `value` is what the name was added with."""

    start: int
    end: int
    value: int
    compound: bool
    """True when the name is a part of a longer word: `Trefas-samverkan`, `Trefassamverkan`."""


class NameTree:
    """Names to look for, all at once."""

    def __init__(self) -> None:
        self._root = _Node()
        self._begins: set[str] = set()
        """What the first word of each name begins with, in small letters; "" where it may be anything."""
        self._told: dict[str, bool] = {}
        """Whether a name may begin with some first letters, as far as has been asked."""

    def add(self, name: str, value: int, case: Case | None = None) -> None:
        """Look for `name`; `case` None decides by the rules of `default_case`."""
        node = self._root
        for atom, key in zip(name_atoms(name), name_keys(name, case), strict=True):
            if key.startswith("~"):
                node.starts.add(_stem(atom.lower())[:START])
            if node is self._root:
                begin = (_stem(atom.lower()) if key.startswith("~") else key.lstrip("=^").lower())[:START]
                self._begins.add(begin if begin.isalpha() else "")
                self._told.clear()
            node = node.next.setdefault(key, _Node())
        if node is not self._root and value not in node.values:
            node.values.append(value)

    def find(self, text: str) -> list[Found]:
        """Occurrences in order that do not overlap: at each place the longest name wins."""
        folded = fold_marks(text)
        if not any(map(self._may_begin, _ATOM.findall(folded))):
            return []
        atoms = [Atom(match[0], match.start(), match.end()) for match in _ATOM.finditer(folded)]
        found: list[Found] = []
        position = 0
        while position < len(atoms):
            if not self._may_begin(atoms[position].text):
                position += 1
                continue
            best = self._longest(folded, atoms, position)
            if best is None:
                position += 1
                continue
            found.append(best)
            while position < len(atoms) and atoms[position].start < best.end:
                position += 1
        return found

    def _may_begin(self, atom: str) -> bool:
        """Whether a name may begin with an atom: of nearly all it is quick to tell not."""
        if len(self._begins) > FEW_BEGINS:
            return True
        start = atom[:START]
        told = self._told.get(start)
        if told is None:
            small = start.lower()
            # Digits may be misread letters; a short atom may be joined with the next.
            told = not small.isalpha() or any(small.startswith(one) or one.startswith(small) for one in self._begins)
            self._told[start] = told
        return told

    def _longest(self, text: str, atoms: list[Atom], position: int) -> Found | None:
        best: Found | None = None
        for found in self._walk(text, atoms, position, position, self._root):
            if best is None or (found.end, not found.compound) > (best.end, not best.compound):
                best = found
        return best

    def _walk(self, text: str, atoms: list[Atom], first: int, position: int, node: _Node) -> Iterator[Found]:
        """Names that go on from `node` with the atom at `position`."""
        if not node.next or position >= len(atoms):
            return
        atom = atoms[position]
        for word, last in _readings(text, atoms, position):
            for key in atom_keys(word, node.starts):
                child = node.next.get(key)
                if child is None:
                    continue
                end = atoms[last].end
                yield from (self._found(text, atoms[first].start, end, value) for value in child.values[:1])
                if child.next and last + 1 < len(atoms) and _joins(text, end, atoms[last + 1].start):
                    yield from self._walk(text, atoms, first, last + 1, child)
        for key in compound_keys(atom.text):
            child = node.next.get(key)
            if child is not None:
                yield from (Found(atoms[first].start, atom.end, value, True) for value in child.values[:1])

    @staticmethod
    def _found(text: str, start: int, end: int, value: int) -> Found:
        before, after = text[max(0, start - 1) : start], text[end : end + 2]
        glued_before = before == "-" and text[max(0, start - 2) : start - 1].isalnum()
        return Found(start, end, value, glued_before or (after[:1] == "-" and after[1:].isalpha()))


def _joins(text: str, end: int, start: int) -> bool:
    """True when what stands between two atoms may stand inside a name: a blank, a hyphen, a law's number's brackets."""
    gap = text[end:start]
    if gap == " (":
        return text[start].isdigit()
    if gap == ") ":
        return text[end - 1].isdigit()
    return bool(_GAP.fullmatch(gap))


def _readings(text: str, atoms: list[Atom], position: int) -> Iterator[tuple[str, int]]:
    """(word, index of its last atom): the atom itself, and joined with the next over a hyphen or one blank."""
    atom = atoms[position]
    yield atom.text, position
    if position + 1 < len(atoms):
        follower = atoms[position + 1]
        gap = text[atom.end : follower.start]
        joined = atom.text + follower.text
        if gap in ("-", "- ") or (
            gap == " " and len(joined) >= SPLIT_WORD and len(follower.text) >= 4 <= len(atom.text)
        ):
            yield joined, position + 1


def default_case(atom: str, *, alone: bool) -> Case:
    """How strictly capitals count for an atom of a name; `alone`: the name is this atom only.

    Short acronyms, and acronyms that read as a word in small letters, are exact. A single capitalised word that is
    also an everyday word (`Stocket`) needs its capital. The rest is found in any case (`Trefas`, `TREFAS`, `trefas`).
    """
    letters = "".join(filter(str.isalpha, atom))
    if len(letters) > 1 and letters.isupper() and (len(letters) <= ACRONYM_EXACT or is_known(atom.lower())):
        return "exact"
    if alone and atom[:1].isupper() and len(atom) < INFLECTED_NAME and is_known(atom.lower()):
        return "initial"
    return "any"


def name_atoms(name: str) -> list[str]:
    """The atoms of a name, endings after a colon taken off."""
    return [_ENDING.sub("", match[0]) for match in _ATOM.finditer(fold_marks(name))]


def name_keys(name: str, case: Case | None = None) -> list[str]:
    """The key of each atom of a name.

    A `case` given counts for the atoms that have a capital; `initial` for the first of them only, since titles are
    written now so, now so (`Rädda Barnen`, `Rädda barnen`).
    """
    atoms = name_atoms(name)
    alone = len(atoms) == 1
    return [
        _name_key(atom, case if case and _strict(atom, case, place) else default_case(atom, alone=alone), alone=alone)
        for place, atom in enumerate(atoms)
    ]


def _strict(atom: str, case: Case, place: int) -> bool:
    return not atom.islower() and (place == 0 or case != "initial")


def _name_key(atom: str, case: Case, *, alone: bool) -> str:
    small = atom.lower()
    if case == "exact":
        return f"={atom}"
    if case == "initial":
        return f"^{small}"
    if _inflects(small) and (not alone or len(small) >= INFLECTED_NAME):
        return f"~{lemma(small)}"
    return small


@lru_cache(maxsize=200_000)
def _inflects(word: str) -> bool:
    """True for a word with a base form: one the dictionary knows, or a compound of such."""
    return word.isalpha() and (is_known(word) or bool(compound_parts(word)))


def atom_keys(atom: str, starts: Set[str]) -> tuple[str, ...]:
    """The keys that an atom of a text satisfies; the base form, which takes time, only for words with such a start."""
    words = _bare_words(atom)
    keys = dict.fromkeys(key for word in words for key in _printed_keys(word))
    for word in words:
        small = word.lower()
        if any(small[:length] in starts for length in range(START + 1)):
            keys[f"~{lemma(small)}"] = None
    return tuple(keys)


@lru_cache(maxsize=200_000)
def _bare_words(atom: str) -> tuple[str, ...]:
    """An atom without its ending, with and without a genitive -s, and the same with misread digits mended."""
    bare = _ENDING.sub("", atom)
    mended = mend_digits(bare)
    return _without_genitive(bare) + (_without_genitive(mended) if mended is not None else ())


def _without_genitive(word: str) -> tuple[str, ...]:
    return (word, word[:-1]) if len(word) > 2 and word[-1] in "sS" else (word,)


def _printed_keys(word: str) -> Iterator[str]:
    small = word.lower()
    yield f"={word}"
    if word[0].isupper():
        yield f"^{small}"
    yield small


@lru_cache(maxsize=200_000)
def compound_keys(atom: str) -> tuple[str, ...]:
    """Keys of the names that an atom may begin with, when a listed word is its last part: `Trefassamverkan`."""
    small = atom.lower()
    keys: dict[str, None] = {}
    for cut in range(CLOSED_COMPOUND, len(small) - 2):
        if base_form(small[cut:]) in _heads():
            for start in (atom[:cut], atom[: cut - 1] if small[cut - 1] == "s" else ""):
                if len(start) >= CLOSED_COMPOUND:
                    keys.update(dict.fromkeys([start.lower()] + ([f"^{start.lower()}"] if start[0].isupper() else [])))
    return tuple(keys)


@cache
def _heads() -> frozenset[str]:
    return frozenset(base_form(head) for head in _table().heads)


@dataclass(frozen=True)
class NamePattern:
    """A name to look for, and a substring that every text with it has once folded by `fold`."""

    name: str
    needle: str
    """In small letters; "" when none is sure."""
    tree: NameTree


def name_pattern(name: str, variants: tuple[str, ...] = (), case: Case | None = None) -> NamePattern:
    """The pattern of a name in any registry or none. With variants the needle is what they share, often nothing."""
    tree = NameTree()
    for form in (name, *variants):
        tree.add(form, 0, case)
    needles = {needle(form) for form in (name, *variants)}
    shortest = min(needles, key=len)
    return NamePattern(name, shortest if all(shortest in other for other in needles) else "", tree)


def find_name(text: str, pattern: NamePattern) -> list[tuple[int, int]]:
    """(start, end) of each occurrence, compounds included."""
    folded = fold(text)
    if pattern.needle not in folded and pattern.needle not in fold_digits(folded):
        return []
    return [(found.start, found.end) for found in pattern.tree.find(text)]


def needle(name: str, *, run_together: bool = False) -> str:
    """The longest letters of one atom of `name` that stay the same in all its forms; "" when there are none.

    `run_together`: in texts of letters alone, where a word that is written as two is the same as one.
    """
    stems = [_stem(atom.lower(), run_together=run_together) for atom in name_atoms(name)]
    return max(stems, key=len, default="")


def _stem(atom: str, *, run_together: bool = False) -> str:
    """Letters that every form of an atom of a name begins with."""
    if not _inflects(atom):
        return atom
    base = lemma(atom)
    parts = () if run_together else compound_parts(atom)
    if len(atom) >= SPLIT_WORD and parts:
        return _shared_start(atom, parts[0])
    stem = _shared_start(atom, base)
    for word in _table().umlaut:
        if base.endswith(word):
            vowel = next(place for place, letter in enumerate(word) if letter in "aouå")
            stem = stem[: len(base) - len(word) + vowel]
    return stem[:-2] if len(stem) > UNCHANGED else stem


def _shared_start(word: str, other: str) -> str:
    return word[: next((place for place, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(other))]
