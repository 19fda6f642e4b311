"""Vectors on a Qdrant server or cluster, by `qdrant-client`."""

from collections.abc import Iterator, Sequence

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from models.sparse import SparseVector
from search.errors import StorageError
from search.scope import Scope
from search.vectors import DENSE, KEYWORDS, SPARSE, UPSERT_BATCH, Condition, Point, Scored, cosine, where


class ServerStore:
    """A `VectorStore` in one collection of a server."""

    kind = "Qdrant-server"

    def __init__(self, client: QdrantClient, collection: str, dimension: int) -> None:
        """Open the collection, or create it.

        Raises:
            StorageError: the server does not answer.
        """
        self._client = client
        self._collection = collection
        try:
            _create(client, collection, dimension)
        except (ApiException, OSError, ValueError) as error:
            raise StorageError(
                "Qdrant-servern svarar inte eller vägrar. Kontrollera SPANA_QDRANT_URL och SPANA_QDRANT_API_KEY."
            ) from error

    def upsert(self, points: Sequence[Point]) -> None:
        for start in range(0, len(points), UPSERT_BATCH):
            batch = [_point(point) for point in points[start : start + UPSERT_BATCH]]
            self._client.upsert(self._collection, batch, wait=True)

    def delete_report(self, report: int) -> None:
        chosen = models.Filter(must=[_condition(Condition("report", (report,)))])
        self._client.delete(self._collection, models.FilterSelector(filter=chosen), wait=True)

    def delete_points(self, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), UPSERT_BATCH):
            batch = list(ids[start : start + UPSERT_BATCH])
            self._client.delete(self._collection, models.PointIdsList(points=[*batch]), wait=True)

    def query(
        self, dense: Sequence[float], sparse: SparseVector, scope: Scope, limit: int
    ) -> tuple[list[Scored], list[Scored]]:
        chosen = _filter(scope)
        requests = [_nearest(list(dense), DENSE, chosen, limit)]
        if sparse.indices:
            vector = models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
            requests.append(_nearest(vector, SPARSE, chosen, limit, with_vector=[DENSE]))
        found = self._client.query_batch_points(self._collection, requests)
        return _scored(found[0].points), [_with_dense(dense, p) for lexical in found[1:] for p in lexical.points]

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
        vectors = [models.SparseVector(indices=list(word.indices), values=list(word.values)) for word in words]
        requests = [_nearest(vector, SPARSE, chosen, most_worded) for vector in vectors]
        if bound is not None:
            near = _nearest(list(dense), DENSE, chosen, most_near)
            requests.append(near.model_copy(update={"score_threshold": bound}))
        if not requests:
            return {}, []
        found = self._client.query_batch_points(self._collection, requests)
        scored = [{int(p.id): float(p.score) for p in one.points} for one in found]
        return (scored.pop() if bound is not None else {}), scored

    def nearest(self, dense: Sequence[float], scope: Scope, limit: int) -> list[Scored]:
        request = _nearest(list(dense), DENSE, _filter(scope), limit)
        return _scored(self._client.query_batch_points(self._collection, [request])[0].points)

    def dense_vectors(self, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        if not ids:
            return {}
        records = self._client.retrieve(self._collection, list(ids), with_payload=False, with_vectors=[DENSE])
        return {
            int(r.id): tuple(np.asarray(r.vector[DENSE], dtype=np.float64).tolist())
            for r in records
            if isinstance(r.vector, dict)
        }

    def ids(self, batch: int = 1000) -> Iterator[tuple[int, int]]:
        offset = None
        while True:
            records, offset = self._client.scroll(
                self._collection, limit=batch, offset=offset, with_payload=["report"], with_vectors=False
            )
            for record in records:
                yield int(record.id), int((record.payload or {}).get("report", 0))
            if offset is None:
                return

    def count(self) -> int:
        return int(self._client.count(self._collection, exact=True).count)

    def optimize(self) -> None:
        """The server optimises by itself."""

    def size_bytes(self) -> int | None:
        return None

    def drop(self) -> None:
        self._client.delete_collection(self._collection)
        self._client.close()

    def close(self) -> None:
        self._client.close()


def connect(url: str, api_key: str | None) -> QdrantClient:
    """A client for the server at `url`; nothing is sent yet."""
    return QdrantClient(url=url, api_key=api_key, check_compatibility=False)


def _create(client: QdrantClient, collection: str, dimension: int) -> None:
    if client.collection_exists(collection):
        return
    client.create_collection(
        collection,
        vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
        sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
    )
    for field in KEYWORDS:
        client.create_payload_index(collection, field, models.PayloadSchemaType.KEYWORD)
    client.create_payload_index(collection, "report", models.PayloadSchemaType.INTEGER)


def _point(point: Point) -> models.PointStruct:
    sparse = models.SparseVector(indices=list(point.sparse.indices), values=list(point.sparse.values))
    payload = {
        "report": point.report,
        "goals": list(point.goals),
        "part": point.part,
        "status": point.status,
    }
    return models.PointStruct(
        id=point.id, vector={DENSE: list(point.dense), **({SPARSE: sparse} if sparse.indices else {})}, payload=payload
    )


def _nearest(
    vector: list[float] | models.SparseVector,
    using: str,
    chosen: models.Filter,
    limit: int,
    with_vector: list[str] | None = None,
) -> models.QueryRequest:
    return models.QueryRequest(
        query=vector, using=using, filter=chosen, limit=limit, with_payload=False, with_vector=with_vector
    )


def _with_dense(query: Sequence[float], point: models.ScoredPoint) -> Scored:
    stored = point.vector.get(DENSE) if isinstance(point.vector, dict) else None
    near = None if stored is None else cosine(query, np.asarray(stored, dtype=np.float64).tolist())
    return Scored(int(point.id), float(point.score), near)


def _scored(points: Sequence[models.ScoredPoint]) -> list[Scored]:
    return [Scored(int(p.id), float(p.score)) for p in points]


def _filter(scope: Scope) -> models.Filter:
    conditions = where(scope)
    must: list[models.Condition] = [_condition(c) for c in conditions.must]
    must_not: list[models.Condition] = [_condition(c) for c in conditions.must_not]
    if conditions.ids is not None:
        must.append(models.HasIdCondition(has_id=list(conditions.ids)))
    if conditions.not_ids:
        must_not.append(models.HasIdCondition(has_id=list(conditions.not_ids)))
    return models.Filter(must=must, must_not=must_not)


def _condition(condition: Condition) -> models.FieldCondition:
    return models.FieldCondition(key=condition.field, match=models.MatchAny(any=[*condition.values]))
