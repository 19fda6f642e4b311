"""Which passages match a query, over the whole archive: those with all its words, and those near it in meaning.

A ranking has no end; what it counts must not depend on where it was cut. A filter that a facet offers leaves as many
passages as the facet said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.encoder import Encoder
from models.sparse import SparseVector, sparse_vector
from models.synonyms import expand, is_english
from models.words import PART_WEIGHT, english_stop_words, search_terms, tokenize, word_terms
from search.catalogue import Catalogue
from search.data_files import thresholds
from search.retrieve import by_passage
from search.scope import Scope
from search.vectors import VectorStore

NEAR_MARGIN = 0.1
"""A passage whose cosine is so much lower than what would answer the question alone (`thresholds.yaml`) is near to it:
30 to 300 of 3,000 passages for most questions."""
MOST_NEAR = 1000
"""Passages near in meaning that are counted."""
MOST_COMMON, MOST_WORDED = 200, 10_000
"""Passages asked for of each word: first so many; a word that has more is looked for again among those that the other
words have left. When every word is common, the one that seems rarest is looked for to this depth: that whose best
passage scores most, since a score is the word's IDF times what hardly differs from word to word."""


@dataclass(frozen=True, slots=True)
class Matches:
    """Keys of the passages that match."""

    near: Mapping[int, float]
    """Near in meaning, with their cosines."""
    worded: Mapping[int, float]
    """With all words, with the sum of their weights."""
    exact: bool
    """False when there are more than could be counted."""
    bounded: bool = True
    """False when nothing tells how near is near: then whatever is ranked counts."""

    @property
    def keys(self) -> set[int]:
        """Of all of them."""
        return self.near.keys() | self.worded.keys()


def find_matches(query: str, scope: Scope, *, catalogue: Catalogue, vectors: VectorStore, encoder: Encoder) -> Matches:
    """What matches within `scope`, by meaning only for an encoder that has a threshold."""
    if not scope.reports:
        return Matches({}, {}, exact=True)
    scope = by_passage(scope, catalogue)
    asked = encoder.read_query(query).vectors[0].tolist()
    threshold = thresholds().get(encoder.name)
    bound = None if threshold is None else threshold.lowest - NEAR_MARGIN
    words = required_words(query)
    near, holding = vectors.matching(asked, words, scope, bound, MOST_NEAR, MOST_COMMON)
    rare = [found for found in holding if len(found) < MOST_COMMON]
    exact = len(near) < MOST_NEAR
    kept: set[int] = set()
    if rare:
        left = _common(rare)
        frequent = [word for word, found in zip(words, holding, strict=True) if len(found) >= MOST_COMMON]
        if left and frequent:
            within = replace(scope, passages=tuple(sorted(left)))
            rare += vectors.matching(asked, frequent, within, None, 0, len(left))[1]
        holding, kept = rare, _common(rare)
    elif holding:
        seeming = sorted(zip(words, holding, strict=True), key=lambda pair: -max(pair[1].values()))
        holding, kept = _among_rarest([word for word, _ in seeming], scope, vectors)
        exact = exact and len(holding[0]) < MOST_WORDED
    worded = {key: sum(found[key] for found in holding) for key in kept}
    return Matches(near, worded, exact, bounded=bound is not None)


def _among_rarest(
    words: Sequence[SparseVector], scope: Scope, vectors: VectorStore
) -> tuple[list[dict[int, float]], set[int]]:
    """What holds each of the words among those that hold the words before it, and the passages that hold all; of the
    first word `MOST_WORDED` at most."""
    first, *others = words
    holding = [vectors.matching((), [first], scope, None, 0, MOST_WORDED)[1][0]]
    left = set(holding[0])
    for word in others:
        if left:
            within = replace(scope, passages=tuple(sorted(left)))
            holding.append(vectors.matching((), [word], within, None, 0, len(left))[1][0])
            left = left.intersection(holding[-1])
    return holding, left


def required_words(query: str) -> list[SparseVector]:
    """For each word of a query that says something, the terms of which a passage must have one.

    A word counts in any form and as part of a compound; both halves of a hyphenated word are asked for; an English word
    by its Swedish translations.
    """
    english = is_english(query)
    found: dict[SparseVector, None] = {}
    for token in tokenize(query):
        for word in token.text.replace("‐", "-").replace("‑", "-").split("-"):
            terms = {term: weight for term, weight in word_terms(word) if weight != PART_WEIGHT}
            if english:
                terms = expand(word, english=True) or terms
            if terms:
                found[sparse_vector(terms)] = None
    return list(found)


def words_nowhere(text: str, scope: Scope, *, catalogue: Catalogue, vectors: VectorStore) -> list[str]:
    """The words of a Swedish text that no passage in scope has, in any form or as part of a compound."""
    asked = {token.text: [(t, w) for t, w in word_terms(token.text) if w != PART_WEIGHT] for token in tokenize(text)}
    words = {word: sparse_vector(dict(terms)) for word, terms in asked.items() if terms}
    if not words or not scope.reports:
        return []
    _, holding = vectors.matching((), list(words.values()), by_passage(scope, catalogue), None, 0, 1)
    return [word for word, found in zip(words, holding, strict=True) if not found]


def is_strange(text: str, scope: Scope, *, catalogue: Catalogue, vectors: VectorStore) -> bool:
    """Whether no passage in scope has any word of a text, in any form, as a part of a compound, by a synonym or, for an
    English text, by a translation. Numbers alone tell nothing."""
    english = is_english(text)
    common = english_stop_words() if english else frozenset[str]()
    terms = {**search_terms(text), **expand(text, english=english)}
    words = {term: weight for term, weight in terms.items() if not term.isdigit() and term not in common}
    if not words or not scope.reports:
        return bool(scope.reports)
    _, holding = vectors.matching((), [sparse_vector(words)], by_passage(scope, catalogue), None, 0, 1)
    return not any(holding)


def _common(holding: Sequence[Mapping[int, float]]) -> set[int]:
    """The passages that are in all of the lists."""
    first, *others = sorted(holding, key=len)
    return set(first).intersection(*others)
