"""How the vector store does at sizes that no archive here has: made-up passages, real code.

Vectors lie in clusters as those of texts do; a passage has about 60 weighted terms drawn by Zipf's law, a query 12. The
same passages are given to `qdrant-client`'s local mode and to bm25s (lexical side only), as far as these manage. What a
query's vector takes to make is measured beside it: no search can be faster.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from numpy.typing import NDArray
from pydantic import BaseModel

from eval.clock import quantile_ms
from eval.clock import rate as requests_a_second
from models.sparse import SparseVector
from search.edge_store import EdgeStore
from search.scope import Scope
from search.server_store import ServerStore
from search.vectors import Point, VectorStore

DIMENSION = 384
CLUSTERS = 2000
NOISE = 0.06
"""Standard deviation of a number around its cluster's: cosines of neighbours come out as those of e5 do."""
TERMS, TERMS_A_PASSAGE, TERMS_A_QUERY = 200_000, 60, 12
ZIPF = 1.2
PASSAGES_A_REPORT = 660
DEPTH = 100
QUERIES = 200
BATCH = 2000
LOCAL_MOST, LEXICAL_MOST = 10_000, 200_000
"""Passages that local mode and bm25s are given at most: more would take them hours, or more memory than there is."""


class ScaleResult(BaseModel):
    """What was measured at one size. Times in seconds unless the name says milliseconds (ms)."""

    passages: int
    upsert: float
    optimize: float
    disk_mb: float
    memory_mb: float
    query_p50_ms: float
    query_p95_ms: float
    filtered_p50_ms: float
    filtered_p95_ms: float
    queries_a_second: float
    local_passages: int
    local_upsert: float
    local_query_p50_ms: float
    edge_query_p50_ms_at_that_size: float
    lexical_passages: int
    lexical_index: float
    lexical_query_p50_ms: float
    embedding_p50_ms: float
    """A query of 12 words, with the encoder of spana."""


def run(passages: int, log: Callable[[str], None], seed: int = 1, home: Path = Path(".cache/eval")) -> ScaleResult:
    """Measure with `passages` made-up passages. `home` has the encoder, or gets it."""
    made = _Maker(passages, seed)
    process = psutil.Process()
    before = process.memory_info().rss
    with TemporaryDirectory(prefix="spana-scale-") as folder:
        store = EdgeStore(Path(folder) / "edge", DIMENSION)
        began = time.perf_counter()
        for number, batch in enumerate(made.points()):
            store.upsert(batch)
            if number % 20 == 0:
                log(f"{number * BATCH} av {passages} stycken")
        upsert = time.perf_counter() - began
        log("bygger index …")
        began = time.perf_counter()
        store.optimize()
        optimize = time.perf_counter() - began
        queries = made.queries()
        everything = Scope(tuple(range(made.reports)), all_reports=True)
        tenth = Scope(tuple(range(0, made.reports, 10)), all_reports=False)
        plain, filtered = _times(store, queries, everything), _times(store, queries, tenth)
        rate = requests_a_second(lambda query: store.query(*query, everything, DEPTH), queries)
        disk, memory = (store.size_bytes() or 0) / 1e6, (process.memory_info().rss - before) / 1e6
        store.close()
    log("jämför …")
    local, local_upsert, local_query, edge_query = _local(min(passages, LOCAL_MOST), seed)
    lexical, lexical_index, lexical_query = _lexical(min(passages, LEXICAL_MOST), seed)
    embedding = _embedding(home)
    return ScaleResult(
        passages=passages,
        upsert=upsert,
        optimize=optimize,
        disk_mb=disk,
        memory_mb=memory,
        query_p50_ms=quantile_ms(plain, 0.5),
        query_p95_ms=quantile_ms(plain, 0.95),
        filtered_p50_ms=quantile_ms(filtered, 0.5),
        filtered_p95_ms=quantile_ms(filtered, 0.95),
        queries_a_second=rate,
        local_passages=local,
        local_upsert=local_upsert,
        local_query_p50_ms=local_query,
        edge_query_p50_ms_at_that_size=edge_query,
        lexical_passages=lexical,
        lexical_index=lexical_index,
        lexical_query_p50_ms=lexical_query,
        embedding_p50_ms=embedding,
    )


class _Maker:
    """Made-up passages and queries; the same for the same seed."""

    def __init__(self, passages: int, seed: int) -> None:
        self.passages = passages
        self.reports = max(passages // PASSAGES_A_REPORT, 1)
        self._seed = seed
        random = np.random.default_rng(seed)
        self._centres = _unit(random.normal(size=(CLUSTERS, DIMENSION)).astype(np.float32))

    def points(self) -> Iterator[list[Point]]:
        """The passages in batches."""
        random = np.random.default_rng(self._seed + 1)
        for start in range(0, self.passages, BATCH):
            count = min(BATCH, self.passages - start)
            dense = self._near(random, count).tolist()
            yield [
                Point(
                    id=start + i,
                    dense=dense[i],
                    sparse=_terms(random, TERMS_A_PASSAGE),
                    report=(start + i) * self.reports // self.passages,
                    goals=(str(1 + i % 3), f"{1 + i % 3}.{1 + i % 5}"),
                    part="analys" if i % 4 == 0 else None,
                    status="Uppfylls helt" if i % 5 == 0 else None,
                )
                for i in range(count)
            ]

    def queries(self) -> list[tuple[list[float], SparseVector]]:
        """`QUERIES` queries near the passages."""
        random = np.random.default_rng(self._seed + 2)
        dense = self._near(random, QUERIES).tolist()
        return [(vector, _terms(random, TERMS_A_QUERY)) for vector in dense]

    def _near(self, random: np.random.Generator, count: int) -> NDArray[np.float32]:
        noise = random.normal(scale=NOISE, size=(count, DIMENSION)).astype(np.float32)
        return _unit(self._centres[random.integers(0, CLUSTERS, count)] + noise)


def _terms(random: np.random.Generator, count: int) -> SparseVector:
    terms = np.unique(random.zipf(ZIPF, count * 2) % TERMS)[:count]
    weights = random.uniform(0.5, 2.0, len(terms))
    return SparseVector(tuple(terms.tolist()), tuple(weights.tolist()))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def _times(store: VectorStore, queries: Sequence[tuple[list[float], SparseVector]], scope: Scope) -> list[float]:
    """Seconds a query; the first ten only warm up."""
    spent: list[float] = []
    for dense, sparse in queries:
        began = time.perf_counter()
        store.query(dense, sparse, scope, DEPTH)
        spent.append(time.perf_counter() - began)
    return spent[10:]


def _local(passages: int, seed: int) -> tuple[int, float, float, float]:
    """(passages, seconds to write, ms a query of local mode, ms a query of Edge with the same passages)."""
    from qdrant_client import QdrantClient

    made = _Maker(passages, seed)
    scope = Scope(tuple(range(made.reports)), all_reports=True)
    with TemporaryDirectory(prefix="spana-scale-") as folder:
        local, edge = ServerStore(QdrantClient(":memory:"), "jamforelse", DIMENSION), EdgeStore(Path(folder), DIMENSION)
        began = time.perf_counter()
        for batch in made.points():
            local.upsert(batch)
        written = time.perf_counter() - began
        for batch in made.points():
            edge.upsert(batch)
        edge.optimize()
        queries = made.queries()[:50]
        times = quantile_ms(_times(local, queries, scope), 0.5), quantile_ms(_times(edge, queries, scope), 0.5)
        edge.close()
        local.close()
    return passages, written, *times


def _lexical(passages: int, seed: int) -> tuple[int, float, float]:
    """(passages, seconds to index, ms a query) of bm25s with the same terms."""
    import bm25s

    made = _Maker(passages, seed)
    words = [[str(term) for term in point.sparse.indices] for batch in made.points() for point in batch]
    index = bm25s.BM25()
    began = time.perf_counter()
    index.index(words, show_progress=False)
    indexed = time.perf_counter() - began
    spent: list[float] = []
    for _, sparse in made.queries():
        asked = [[str(term) for term in sparse.indices]]
        began = time.perf_counter()
        index.retrieve(asked, k=min(DEPTH, passages), show_progress=False)
        spent.append(time.perf_counter() - began)
    return passages, indexed, quantile_ms(spent, 0.5)


def _embedding(home: Path) -> float:
    """Milliseconds to make a query's vector."""
    from models.encoder import load_encoder

    encoder = load_encoder(home)
    spent: list[float] = []
    for number in range(60):
        began = time.perf_counter()
        encoder.read_query(f"vad gör nämnden för att fler unga ska få ett arbete {number}")
        spent.append(time.perf_counter() - began)
    return quantile_ms(spent[10:], 0.5)
