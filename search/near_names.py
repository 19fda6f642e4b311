"""Which of many short names a question means: titles of goals, names of indicators."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.encoder import Encoder
from models.synonyms import expand
from models.words import search_terms
from search.catalogue import Catalogue
from search.errors import StorageError
from search.in_lists import chunks
from search.name_vector_store import NameVectorStore

MOST_EMBEDDED = 64
"""Names that are compared by meaning for one question: those that share most words with it come first."""
MOST_KEPT = 50_000
"""Names whose vectors are kept in memory."""
BATCH = 64
"""Names embedded at a time."""
OWN_WORDS = 0.7
"""Weight of how much of the question a name holds, beside how much of the name the question holds."""


@dataclass(frozen=True, slots=True)
class Near:
    """How near a name is to a question."""

    name: str
    words: float
    """0 … 1: shared words by their rarity, inflected forms, parts of compounds and synonyms counted."""
    meaning: float | None
    """Cosine of the encoder's vectors; None where it was not compared."""


class NameVectors:
    """Vectors of names, each embedded once: kept in memory and, with a catalogue, there."""

    def __init__(self, catalogue: Callable[[], Catalogue] | None = None) -> None:
        """`catalogue` is opened when a vector is first asked for."""
        self._held: dict[str, NDArray[np.float32]] = {}
        self._guard = threading.Lock()
        self._catalogue = catalogue

    def of(self, names: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
        """One row a name."""
        with self._guard:
            fresh = [name for name in dict.fromkeys(names) if name not in self._held]
            if fresh:
                if len(self._held) + len(fresh) > MOST_KEPT:
                    self._held.clear()
                    fresh = list(dict.fromkeys(names))
                self._held |= self._read(fresh, encoder)
            return np.stack([self._held[name] for name in names])

    def _read(self, names: Sequence[str], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
        if self._catalogue is None:
            return _embedded(names, encoder)
        store = NameVectorStore(self._catalogue(), encoder.fingerprint)
        found = store.get(names)
        made = _embedded([name for name in names if name not in found], encoder)
        # A home that cannot be written to is asked all the same; its vectors are made again by the next process.
        with suppress(StorageError):
            store.put(made)
        return found | made


def keep_vectors(catalogue: Catalogue, load_encoder: Callable[[], Encoder] | None) -> int:
    """Make the vectors of the names of indicators and goals that have none, and drop those of names that are no more
    and of other encoders than the archive's; how many were made. The encoder is loaded when one is missing; without it
    none are made."""
    fingerprint = catalogue.get_meta("fingerprint")
    if fingerprint is None:
        return 0
    store = NameVectorStore(catalogue, fingerprint)
    missing = store.missing(catalogue.table_names())
    if not missing or load_encoder is None or load_encoder().fingerprint != fingerprint:
        return 0
    for names in chunks(missing, BATCH):
        store.put(_embedded(names, load_encoder()))
    return len(missing)


def _embedded(names: Sequence[str], encoder: Encoder) -> dict[str, NDArray[np.float32]]:
    return dict(zip(names, encoder.encode_passages(names), strict=True)) if names else {}


def nearest_names(
    subject: str,
    names: Sequence[str],
    vectors: NameVectors,
    encoder: Encoder,
    *,
    english: bool,
    likely: Sequence[str] = (),
    query: str | None = None,
    least: float = 0.0,
) -> list[Near]:
    """The names, those that share most words first; the best of them and the `likely` ones compared by meaning, too.
    None where no name shares `least` of the words."""
    shares = shared_words(subject, names, english=english)
    if max(shares.values(), default=0.0) < least:
        return []
    order = sorted(shares, key=lambda name: (-shares[name], name))
    chosen = list(dict.fromkeys((*(n for n in likely if n in shares), *(n for n in order if shares[n] > 0))))
    chosen = chosen[:MOST_EMBEDDED]
    meaning: dict[str, float] = {}
    if chosen:
        near = vectors.of(chosen, encoder) @ encoder.encode_queries([beside_names(query or subject, names)])[0]
        meaning = dict(zip(chosen, near.tolist(), strict=True))
    return [Near(name, shares[name], meaning.get(name)) for name in order]


def beside_names(query: str, names: Sequence[str]) -> str:
    """A question as it is compared with names: a capital at the start draws it to every name that begins with the same
    word. One that none begins with is read as it is for passages, once."""
    first = query.split(maxsplit=1)[0] if query.strip() else ""
    return query[:1].lower() + query[1:] if any(name.startswith(first) for name in names) else query


def said_whole(subject: str, names: Sequence[str], *, english: bool) -> list[str]:
    """The names whose words the question has all of, itself or in other words: "frånvaro på grund av ohälsa" says
    "Sjukfrånvaro"."""
    said = set(search_terms(subject)) | set(expand(subject, english=english))
    return [name for name in dict.fromkeys(names) if said.issuperset(_terms(name))]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The words of many names."""

    of: Mapping[str, Mapping[str, float]]
    """By name, with their weights."""
    holders: Mapping[str, Sequence[str]]
    """The names that have a word."""


@lru_cache(maxsize=100_000)
def _terms(name: str) -> Mapping[str, float]:
    return search_terms(name)


@lru_cache(maxsize=16)
def _terms_of(names: tuple[str, ...]) -> _Terms:
    """An archive's names are the same from question to question."""
    terms = {name: _terms(name) for name in dict.fromkeys(names)}
    holders: dict[str, list[str]] = {}
    for name, found in terms.items():
        for term in found:
            holders.setdefault(term, []).append(name)
    return _Terms(terms, holders)


def shared_words(subject: str, names: Sequence[str], *, english: bool) -> dict[str, float]:
    """How many of the words, weighed by rarity among the names, question and name share: 0 … 1."""
    terms = _terms_of(tuple(names))
    count = len(terms.of)

    def seen(term: str) -> int:
        return len(terms.holders.get(term, ()))

    def rarity(term: str) -> float:
        return math.log(1 + count / (1 + seen(term)))

    asked = dict(search_terms(subject))
    wanted = asked | expand(subject, english=english)
    # What no name has cannot tell names apart, but is asked for all the same.
    total = sum(weight * rarity(term) for term, weight in asked.items() if not english or seen(term)) or 1.0
    shares = dict.fromkeys(terms.of, 0.0)
    for name in dict.fromkeys(name for term in wanted for name in terms.holders.get(term, ())):
        found = terms.of[name]
        common = [(term, wanted[term]) for term in found if term in wanted]
        of_question = min(1.0, sum(weight * rarity(term) for term, weight in common) / total)
        weight_of_name = sum(weight * rarity(term) for term, weight in found.items()) or 1.0
        of_name = min(1.0, sum(min(w, 1.0) * found[term] * rarity(term) for term, w in common) / weight_of_name)
        shares[name] = OWN_WORDS * of_question + (1 - OWN_WORDS) * of_name
    return shares
