"""Which of many short names a question means: titles of goals, names of indicators."""

import math
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.encoder import Encoder
from models.synonyms import expand
from models.words import search_terms

MOST_EMBEDDED = 64
"""Names that are compared by meaning for one question: those that share most words with it come first."""
MOST_KEPT = 50_000
"""Names whose vectors are kept in memory."""
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
    """Vectors of names, each embedded once."""

    def __init__(self) -> None:
        self._held: dict[str, NDArray[np.float32]] = {}
        self._guard = threading.Lock()

    def of(self, names: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
        """One row a name."""
        with self._guard:
            fresh = [name for name in dict.fromkeys(names) if name not in self._held]
            if fresh:
                if len(self._held) + len(fresh) > MOST_KEPT:
                    self._held.clear()
                    fresh = list(dict.fromkeys(names))
                self._held |= dict(zip(fresh, encoder.encode_passages(fresh), strict=True))
            return np.stack([self._held[name] for name in names])


def nearest_names(
    subject: str,
    names: Sequence[str],
    vectors: NameVectors,
    encoder: Encoder,
    *,
    english: bool,
    likely: Sequence[str] = (),
    query: str | None = None,
) -> list[Near]:
    """The names, those that share most words first; the best of them and the `likely` ones compared by meaning, too."""
    shares = shared_words(subject, names, english=english)
    order = sorted(shares, key=lambda name: (-shares[name], name))
    chosen = list(dict.fromkeys((*(n for n in likely if n in shares), *(n for n in order if shares[n] > 0))))
    chosen = chosen[:MOST_EMBEDDED]
    meaning: dict[str, float] = {}
    if chosen:
        asked = query or subject
        # A capital at the start draws the question to every name that begins with the same word.
        near = vectors.of(chosen, encoder) @ encoder.encode_queries([asked[:1].lower() + asked[1:]])[0]
        meaning = dict(zip(chosen, near.tolist(), strict=True))
    return [Near(name, shares[name], meaning.get(name)) for name in order]


def said_whole(subject: str, names: Sequence[str], *, english: bool) -> list[str]:
    """The names whose words the question has all of, itself or in other words: "frånvaro på grund av ohälsa" says
    "Sjukfrånvaro"."""
    said = set(search_terms(subject)) | set(expand(subject, english=english))
    return [name for name in dict.fromkeys(names) if said.issuperset(search_terms(name))]


def shared_words(subject: str, names: Sequence[str], *, english: bool) -> dict[str, float]:
    """How many of the words, weighed by rarity among the names, question and name share: 0 … 1."""
    terms = {name: search_terms(name) for name in dict.fromkeys(names)}
    seen = Counter(term for found in terms.values() for term in found)
    count = len(terms)

    def rarity(term: str) -> float:
        return math.log(1 + count / (1 + seen[term]))

    asked = dict(search_terms(subject))
    wanted = asked | expand(subject, english=english)
    # What no name has cannot tell names apart, but is asked for all the same.
    total = sum(weight * rarity(term) for term, weight in asked.items() if not english or seen[term]) or 1.0
    shares: dict[str, float] = {}
    for name, found in terms.items():
        common = [(term, wanted[term]) for term in found if term in wanted]
        if not common:
            shares[name] = 0.0
            continue
        of_question = min(1.0, sum(weight * rarity(term) for term, weight in common) / total)
        weight_of_name = sum(weight * rarity(term) for term, weight in found.items()) or 1.0
        of_name = min(1.0, sum(min(w, 1.0) * found[term] * rarity(term) for term, w in common) / weight_of_name)
        shares[name] = OWN_WORDS * of_question + (1 - OWN_WORDS) * of_name
    return shares
