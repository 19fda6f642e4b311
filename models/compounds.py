"""Splits Swedish compounds: `trygghetsvandring` → trygghet, vandring.

Corpus-driven, after Koehn & Knight (2003), "Empirical methods for compound splitting": of all ways to divide a word
into known words, with the binding letters Swedish puts between them, take the one whose parts are the most common.
"""

import gzip
from dataclasses import dataclass
from functools import cache, lru_cache

from models.data_file import DATA, Table, read_table
from models.dictionary import base_form, is_known

SHORTEST_WORD = 6
SHORTEST_PART = 4
"""Shorter parts must be named in `data/compounds.yaml`."""
LISTED_STRENGTH = 6.0
"""Strength of a part that `data/compounds.yaml` names: that of a word seen 64 times."""
DICTIONARY_STRENGTH = (1.0, 0.5, 3.0)
"""Strength of a part that only the dictionary of simplemma knows: of five letters, for each letter more, at most."""
CHANGED_COST = 2.0
"""What a part must win in strength (log2 of occurrences) by a changed ending: `kontakt` before `kontakta`."""
EXTRA_PART_COST = 1.5
"""What each part beyond the second must win in mean strength (log2 of occurrences)."""
WEAKEST_SPLIT = 2.0
"""Mean strength that the parts must have: two short parts that only the dictionary knows are no evidence."""
OWN_LEAD = 3.0
"""How much weaker than the word itself the parts may be on average: `ekonomisk` is more common than its "parts"."""
BINDINGS = (
    ("s", ""),
    ("s", "e"),
    ("", ""),
    ("", "a"),
    ("", "e"),
    ("o", "a"),
    ("u", "a"),
    ("e", ""),
    ("e", "a"),
    ("es", "a"),
)
"""(letters that end the part inside the compound, letters that end the word): trygghet-s, skol-a, kyrk-o,
familj-e, hyr-es."""


class _CompoundTable(Table):
    short: tuple[str, ...]
    known: tuple[str, ...]
    whole: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Split:
    parts: tuple[str, ...]
    strength: float
    """Sum over the parts."""

    @property
    def score(self) -> float:
        """Mean strength, less the cost of many parts."""
        return self.strength / len(self.parts) - EXTRA_PART_COST * (len(self.parts) - 2)


@cache
def _table() -> _CompoundTable:
    return read_table(DATA / "compounds.yaml", _CompoundTable)


@cache
def lexicon() -> dict[str, float]:
    """Base form → log2 of its occurrences in public texts (`data/words.tsv.gz`), with the listed parts."""
    rows = gzip.decompress((DATA / "words.tsv.gz").read_bytes()).decode().splitlines()
    counted = {word: float(count) for word, count in (row.split("\t") for row in rows)}
    for word in (*_table().known, *_table().short):
        counted[word] = max(counted.get(word, 0.0), LISTED_STRENGTH)
    return counted


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """Base forms of the parts, in order; () when the word is no compound. Works on the word in any form."""
    small = word.lower()
    if len(small) < SHORTEST_WORD or not small.isalpha():
        return ()
    base = base_form(small)
    if base in _whole():
        return ()
    split = _best_split(base)
    own = lexicon().get(base, 0.0)
    return split.parts if split and split.score >= max(WEAKEST_SPLIT, own - OWN_LEAD) else ()


@cache
def _whole() -> frozenset[str]:
    return frozenset(_table().whole)


@cache
def _never() -> frozenset[str]:
    return frozenset(_table().never)


@cache
def _short() -> frozenset[str]:
    return frozenset(_table().short)


@lru_cache(maxsize=200_000)
def _best_split(word: str) -> _Split | None:
    """The best division into two or more parts."""
    best: _Split | None = None
    for cut in range(3, len(word) - 2):
        modifier = _modifier(word[:cut])
        if modifier is None:
            continue
        rest = word[cut:]
        if word[cut - 1] == rest[0] and word[cut - 2] == rest[0]:
            continue
        for tail in (_head(rest), _best_split(rest) if len(rest) >= SHORTEST_WORD else None):
            if tail is None:
                continue
            split = _Split(modifier.parts + tail.parts, modifier.strength + tail.strength)
            if best is None or split.score > best.score:
                best = split
    return best


def _strength(word: str) -> float | None:
    """How sure it is that these letters are a part; None when they are not."""
    if word in _never() or (len(word) < SHORTEST_PART and word not in _short()):
        return None
    known = lexicon().get(word)
    if known is not None:
        return known
    if len(word) <= SHORTEST_PART or not is_known(word) or base_form(word) != word:
        return None
    least, step, most = DICTIONARY_STRENGTH
    return min(most, least + step * (len(word) - SHORTEST_PART - 1))


@lru_cache(maxsize=200_000)
def _modifier(letters: str) -> _Split | None:
    """A part that is not the last, with its binding letters taken off."""
    if letters in _never():
        return None
    best: _Split | None = None
    best_lead = 0.0
    for binding, ending in BINDINGS:
        if not letters.endswith(binding):
            continue
        base = letters.removesuffix(binding) + ending if binding else letters + ending
        strength = _strength(base)
        if strength is None:
            continue
        lead = strength - CHANGED_COST if ending else strength
        if best is None or lead > best_lead:
            best, best_lead = _Split((base,), strength), lead
        if best is not None and binding == "s" and not _ends_in_s(letters):
            return best
    return best


def _ends_in_s(word: str) -> bool:
    """True for a word whose own last letter is s (hus, kurs), so that it need not be a binding letter."""
    return is_known(word) and base_form(word) == word


@lru_cache(maxsize=200_000)
def _head(letters: str) -> _Split | None:
    """The last part, in any inflected form."""
    if letters in _never():
        return None
    base = base_form(letters)
    strength = _strength(base) if len(letters) >= SHORTEST_PART or letters in _short() else None
    return _Split((base,), strength) if strength is not None else None
