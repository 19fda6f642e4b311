"""BM25 as sparse vectors, against a plain second implementation."""

import math
from collections import Counter

import pytest

from models.sparse import AVERAGE_LENGTH, K1, B, SparseVector, passage_vector, query_vector, sparse_vector, term_index
from models.words import search_terms

PASSAGES = (
    "Trygghetsvandringar genomfördes i parkerna tillsammans med polisen.",
    "Förskolorna har haft färre barn än budgeterat och lokalerna ses över.",
    "Feriejobb erbjöds alla ungdomar som sökte, och parkerna sköttes av feriejobbarna.",
    "SIG-unga har samverkat med skolan.",
)


def dot(left: SparseVector, right: SparseVector, idf: dict[int, float]) -> float:
    weights = dict(zip(right.indices, right.values, strict=True))
    return sum(
        value * weights.get(i, 0.0) * idf.get(i, 0.0) for i, value in zip(left.indices, left.values, strict=True)
    )


def bm25(query: str, passage: str, idf: dict[str, float]) -> float:
    """The formula as textbooks print it, over the same terms."""
    frequencies = search_terms(passage)
    length = math.fsum(frequencies.values())
    total = 0.0
    for term, weight in search_terms(query).items():
        frequency = frequencies.get(term, 0.0)
        share = 1 - B + B * length / AVERAGE_LENGTH
        total += weight * idf.get(term, 0.0) * frequency * (K1 + 1) / (frequency + K1 * share)
    return total


@pytest.mark.parametrize(
    "query", ["trygghetsvandring i parken", "feriejobb", "SIG", "förskola lokal", "ingenting alls"]
)
def test_scores_are_bm25(query: str) -> None:
    holders = Counter(term for passage in PASSAGES for term in search_terms(passage))
    idf = {term: math.log(1 + (len(PASSAGES) - n + 0.5) / (n + 0.5)) for term, n in holders.items()}
    by_index = {term_index(term): value for term, value in idf.items()}
    for passage in PASSAGES:
        assert dot(query_vector(query), passage_vector(passage), by_index) == pytest.approx(bm25(query, passage, idf))


def test_canonical_numbers_of_terms() -> None:
    assert {term: term_index(term) for term in ("förskola", "trefas", "=SIG")} == CANONICAL_TERMS


def test_canonical_vector() -> None:
    vector = passage_vector("Trygghetsvandring i Trefas.")
    assert vector.indices == CANONICAL_VECTOR[0]
    assert vector.values == pytest.approx(CANONICAL_VECTOR[1], abs=1e-6)


def test_indices_rise_and_fit_32_bits() -> None:
    vector = passage_vector(" ".join(PASSAGES))
    assert list(vector.indices) == sorted(set(vector.indices))
    assert all(0 <= index < 2**32 for index in vector.indices)
    assert len(vector.indices) == len(vector.values)


def test_extra_terms_never_outweigh_the_words_asked() -> None:
    plain = query_vector("feriejobb")
    expanded = query_vector("feriejobb", {"feriejobb": 0.3, "sommarjobb": 0.3})
    weights = dict(zip(expanded.indices, expanded.values, strict=True))
    assert weights[term_index("feriejobb")] == 1.0
    assert weights[term_index("sommarjobb")] == 0.3
    assert set(plain.indices) < set(expanded.indices)


def test_empty_text_gives_an_empty_vector() -> None:
    assert passage_vector("") == query_vector("och") == sparse_vector({}) == SparseVector((), ())


CANONICAL_TERMS = {"förskola": 1939144387, "trefas": 1259258472, "=SIG": 3826427878}
CANONICAL_VECTOR = (
    (1254960720, 1259258472, 1527847464, 3212308961, 3966551335),
    (1.03148, 1.641966, 1.189419, 1.641966, 1.189419),
)
