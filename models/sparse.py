"""BM25 as sparse vectors: their dot product, with the IDF that the engine applies, is the BM25 score."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from models.words import search_terms

K1 = 1.2
B = 0.75
"""Saturation and length normalisation, the usual values (Robertson & Zaragoza 2009, "BM25 and Beyond")."""
AVERAGE_LENGTH = 70.0
"""Mean of `text_length` over report passages of about 600 characters; part of the index, so fixed."""


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Term numbers in rising order and their weights, equally many."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


@lru_cache(maxsize=200_000)
def term_index(term: str) -> int:
    """A term's number: the first four bytes of BLAKE2b over its UTF-8, little-endian, so 0 … 2³² − 1.

    Two terms share a number with a chance of about n / 2³² for a term among n others (n ≈ 10⁵ … 10⁶ here).
    """
    return int.from_bytes(blake2b(term.encode(), digest_size=4).digest(), "little")


def text_length(terms: dict[str, float]) -> float:
    """A text's length in BM25's sense: the sum of its terms' weights."""
    return sum(terms.values())


def passage_vector(text: str, average_length: float = AVERAGE_LENGTH) -> SparseVector:
    """tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average length)) of every term."""
    terms = search_terms(text)
    norm = K1 * (1 - B + B * text_length(terms) / average_length)
    return sparse_vector({term: tf * (K1 + 1) / (tf + norm) for term, tf in terms.items()})


def query_vector(text: str, extra: dict[str, float] | None = None) -> SparseVector:
    """The query's terms with their weights; `extra` terms (synonyms) never outweigh a term that is there."""
    terms = search_terms(text)
    for term, weight in (extra or {}).items():
        terms[term] = max(terms.get(term, 0.0), weight)
    return sparse_vector(terms)


def sparse_vector(weights: dict[str, float]) -> SparseVector:
    """Weights by term → by number; terms that share a number are added."""
    by_index: dict[int, float] = {}
    for term, weight in weights.items():
        index = term_index(term)
        by_index[index] = by_index.get(index, 0.0) + weight
    indices = tuple(sorted(by_index))
    return SparseVector(indices, tuple(by_index[index] for index in indices))
