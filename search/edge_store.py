"""Vectors in Qdrant Edge: the engine in this process, its files in one folder."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as edge

from models.sparse import SparseVector
from search.errors import StorageError
from search.scope import Scope
from search.vectors import DENSE, KEYWORDS, SPARSE, UPSERT_BATCH, Condition, Point, Scored, where

_EXACT = edge.SearchParams(quantization=edge.QuantizationSearchParams(rescore=True, oversampling=2.0))
"""Of twice as many as asked for by the 8-bit vectors, the best by the vectors themselves: 99 of the 100 nearest among
30,000, for 94 without the surplus, in the same time."""
_MANY = edge.SearchParams(quantization=edge.QuantizationSearchParams(rescore=True, oversampling=1.0))
"""Where a thousand are counted, the last of them hardly differ: 967 are the same without a surplus among 700,000, for
half of the vectors to be read from the disk and of the time."""


class EdgeStore:
    """A `VectorStore` in a folder that only this process may have open; its write-ahead log keeps updates."""

    kind = "Qdrant Edge"

    def __init__(self, folder: Path, dimension: int) -> None:
        """Open the shard in `folder`, or create it.

        Raises:
            StorageError: the folder holds something that cannot be opened.
        """
        self._folder = folder
        self._lock = threading.RLock()
        try:
            self._shard = _open(folder, dimension)
        except Exception as error:
            raise StorageError(
                f"Vektorerna i {folder} går inte att öppna. Kör spana reindex, som bygger om dem ur katalogen."
            ) from error

    def upsert(self, points: Sequence[Point]) -> None:
        with self._lock:
            for start in range(0, len(points), UPSERT_BATCH):
                batch = [_point(point) for point in points[start : start + UPSERT_BATCH]]
                self._shard.update(edge.UpdateOperation.upsert_points(batch))

    def delete_report(self, report: int) -> None:
        with self._lock:
            chosen = edge.Filter(must=[_condition(Condition("report", (report,)))])
            self._shard.update(edge.UpdateOperation.delete_points_by_filter(chosen))

    def delete_points(self, ids: Sequence[int]) -> None:
        with self._lock:
            for start in range(0, len(ids), UPSERT_BATCH):
                self._shard.update(edge.UpdateOperation.delete_points(list(ids[start : start + UPSERT_BATCH])))

    def query(
        self, dense: Sequence[float], sparse: SparseVector, scope: Scope, limit: int
    ) -> tuple[list[Scored], list[Scored]]:
        chosen = _filter(scope)
        requests = [_nearest(list(dense), DENSE, chosen, limit)]
        if sparse.indices:
            vector = edge.SparseVector(list(sparse.indices), list(sparse.values))
            again = edge.Prefetch(limit=limit, query=edge.Query.Nearest(vector, SPARSE), filter=chosen)
            requests += [_nearest(vector, SPARSE, chosen, limit), _nearest(list(dense), DENSE, None, limit, [again])]
        with self._lock:
            found = self._shard.query_batch(edge.QueryBatchRequest(requests))
        near = [Scored(int(p.id), float(p.score)) for p in found[0]]
        if len(found) == 1:
            return near, []
        # The engine tells the cosines of what the words found, so that no vectors need to be fetched.
        cosines = {p.id: float(p.score) for p in found[2]}
        return near, [Scored(int(p.id), float(p.score), cosines.get(p.id)) for p in found[1]]

    def matching(
        self,
        dense: Sequence[float],
        words: Sequence[SparseVector],
        scope: Scope,
        bound: float | None,
        most_near: int,
        most_worded: int,
    ) -> tuple[dict[int, float], list[dict[int, float]]]:
        chosen = _filter(scope)
        vectors = [edge.SparseVector(list(word.indices), list(word.values)) for word in words]
        requests = [_nearest(vector, SPARSE, chosen, most_worded) for vector in vectors]
        if bound is not None:
            requests.append(_nearest(list(dense), DENSE, chosen, most_near, bound=bound, params=_MANY))
        if not requests:
            return {}, []
        with self._lock:
            found = self._shard.query_batch(edge.QueryBatchRequest(requests))
        scored = [{int(p.id): p.score for p in points} for points in found]
        return (scored.pop() if bound is not None else {}), scored

    def nearest(self, dense: Sequence[float], scope: Scope, limit: int) -> list[Scored]:
        with self._lock:
            found = self._shard.query(_nearest(list(dense), DENSE, _filter(scope), limit))
        return [Scored(int(p.id), float(p.score)) for p in found]

    def dense_vectors(self, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        if not ids:
            return {}
        with self._lock:
            records = self._shard.retrieve(list(ids), with_payload=False, with_vector=[DENSE])
        found: dict[int, tuple[float, ...]] = {}
        for record in records:
            vector = record.vector
            if isinstance(vector, dict):
                found[int(record.id)] = tuple(np.asarray(vector[DENSE], dtype=np.float64).tolist())
        return found

    def ids(self, batch: int = 1000) -> Iterator[tuple[int, int]]:
        offset: edge.PointId | None = None
        while True:
            request = edge.ScrollRequest(offset=offset, limit=batch, with_payload=["report"], with_vector=False)
            with self._lock:
                records, offset = self._shard.scroll(request)
            for record in records:
                yield int(record.id), int((record.payload or {}).get("report", 0))
            if offset is None:
                return

    def count(self) -> int:
        with self._lock:
            return self._shard.count(edge.CountRequest(exact=True))

    def optimize(self) -> None:
        with self._lock:
            self._shard.optimize()
            self._shard.flush()

    def size_bytes(self) -> int | None:
        return disk_bytes(self._folder)

    def drop(self) -> None:
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        with self._lock:
            self._shard.close()


def disk_bytes(folder: Path) -> int:
    """What the files of a folder take on disk; the engine reserves more in them than it has filled."""
    sizes = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum(stat.st_blocks * 512 if hasattr(stat, "st_blocks") else stat.st_size for stat in sizes)


def _open(folder: Path, dimension: int) -> edge.EdgeShard:
    """A folder that was left before its shard was complete holds nothing worth keeping: vectors are rebuilt."""
    ready = folder / "spana-ready"
    if ready.exists():
        return edge.EdgeShard.load(str(folder / "shard"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # Indexes are built and searched over 8-bit vectors in memory, a third of the time and half the memory; scores are
    # those of the vectors themselves, which stay on disk.
    small = edge.ScalarQuantizationConfig(edge.ScalarType.Int8, quantile=0.99, always_ram=True)
    dense = edge.EdgeVectorParams(
        size=dimension, distance=edge.Distance.Cosine, on_disk=True, quantization_config=small
    )
    config = edge.EdgeConfig(
        vectors={DENSE: dense},
        sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
    )
    shard = edge.EdgeShard.create(str(folder / "shard"), config)
    for field in KEYWORDS:
        shard.update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Keyword))
    shard.update(edge.UpdateOperation.create_field_index("report", edge.PayloadSchemaType.Integer))
    shard.flush()
    ready.touch()
    return shard


def _point(point: Point) -> edge.Point:
    vector: dict[str, edge.NamedVector] = {DENSE: list(point.dense)}
    if point.sparse.indices:
        vector[SPARSE] = edge.SparseVector(list(point.sparse.indices), list(point.sparse.values))
    payload = {
        "report": point.report,
        "goals": list(point.goals),
        "part": point.part,
        "status": point.status,
    }
    return edge.Point(point.id, vector, payload)


def _nearest(
    vector: "edge.NamedVector",
    using: str,
    chosen: edge.Filter | None,
    limit: int,
    among: list[edge.Prefetch] | None = None,
    bound: float | None = None,
    params: edge.SearchParams = _EXACT,
) -> edge.QueryRequest:
    return edge.QueryRequest(
        limit=limit,
        query=edge.Query.Nearest(vector, using),
        prefetches=among,
        filter=chosen,
        score_threshold=bound,
        with_payload=False,
        with_vector=False,
        params=params,
    )


def _filter(scope: Scope) -> edge.Filter | None:
    conditions = where(scope)
    must: list[Any] = [_condition(c) for c in conditions.must]
    must_not: list[Any] = [_condition(c) for c in conditions.must_not]
    if conditions.ids is not None:
        must.append(edge.HasIdCondition(set(conditions.ids)))
    if conditions.not_ids:
        must_not.append(edge.HasIdCondition(set(conditions.not_ids)))
    return edge.Filter(must=must, must_not=must_not) if must or must_not else None


def _condition(condition: Condition) -> edge.FieldCondition:
    values: list[str] | list[int] = list(condition.values)  # type: ignore[assignment]
    return edge.FieldCondition(condition.field, match=edge.MatchAny(values))
