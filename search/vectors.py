"""What spana asks of a vector store; `edge_store` and `server_store` do it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from models.sparse import SparseVector
from search.scope import Scope

DENSE = "dense"
SPARSE = "sparse"
UPSERT_BATCH = 256
"""Points sent in one operation: large enough to be fast, small enough to bound memory."""

KEYWORDS = ("goals", "part", "status")
"""Payload fields with an index on words; `report` has one on integers."""


@dataclass(frozen=True, slots=True)
class Point:
    """A passage's vectors with what filters look at."""

    id: int
    """`PassageRecord.key`."""
    dense: Sequence[float]
    sparse: SparseVector
    report: int
    """`ReportRecord.key`."""
    goals: tuple[str, ...]
    """Number of the passage's goal and of those above."""
    part: str | None
    """Case folded."""
    status: str | None


class Scored(NamedTuple):
    """A point that was found. A tuple, as thousands are made for one search."""

    id: int
    score: float
    dense: float | None = None
    """Its cosine to the dense vector, where the lexical side found it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A payload field that has one of some values."""

    field: str
    values: tuple[str, ...] | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """All of `must`, none of `must_not`."""

    must: tuple[Condition, ...]
    must_not: tuple[Condition, ...]
    ids: tuple[int, ...] | None
    """Only these points; None for any."""
    not_ids: tuple[int, ...]
    """None of these."""


class VectorStore(Protocol):
    """Named dense and sparse vectors of passages. Updates are durable when a call returns."""

    @property
    def kind(self) -> str:
        """Name for people, e.g. "Qdrant Edge"."""

    def upsert(self, points: Sequence[Point]) -> None:
        """Write points, replacing those of the same id."""

    def delete_report(self, report: int) -> None:
        """Remove all points of a report version."""

    def delete_points(self, ids: Sequence[int]) -> None:
        """Remove points."""

    def query(
        self, dense: Sequence[float], sparse: SparseVector, scope: Scope, limit: int
    ) -> tuple[list[Scored], list[Scored]]:
        """The `limit` nearest by dense and by sparse vector, best first, within `scope`; one round trip.

        Those of the sparse side carry their cosine to the dense vector too.
        """

    def matching(
        self,
        dense: Sequence[float],
        words: Sequence[SparseVector],
        scope: Scope,
        bound: float | None,
        most_near: int,
        most_worded: int,
    ) -> tuple[dict[int, float], list[dict[int, float]]]:
        """The points whose cosine is `bound` at least (none for None), and for each of `words` those that have one of
        its terms: so many of each at most, the best, with their scores by id, within `scope`; one round trip."""

    def nearest(self, dense: Sequence[float], scope: Scope, limit: int) -> list[Scored]:
        """The `limit` nearest by dense vector."""

    def dense_vectors(self, ids: Sequence[int]) -> dict[int, tuple[float, ...]]:
        """The stored dense vectors of those of the points that exist."""

    def ids(self, batch: int = 1000) -> Iterator[tuple[int, int]]:
        """Every (point, report)."""

    def count(self) -> int:
        """Number of points."""

    def optimize(self) -> None:
        """Build the indexes that make queries fast; may be called at any time."""

    def size_bytes(self) -> int | None:
        """Bytes on disk; None when not known."""

    def drop(self) -> None:
        """Delete the store with all its points."""

    def close(self) -> None:
        """Release the store."""


def cosine(query: Sequence[float], stored: Sequence[float]) -> float:
    """Of a query's vector and a stored one, which has length 1 as the stores keep it."""
    asked = np.asarray(query, np.float64)
    return float(asked @ np.asarray(stored, np.float64)) / float(np.linalg.norm(asked) or 1.0)


def where(scope: Scope) -> Where:
    """The conditions of a scope on payload fields and ids."""
    every = scope.all_reports and scope.unready is not None
    must: list[Condition] = [] if every else [Condition("report", scope.reports)]
    wanted = ((scope.goals, "goals"), (scope.parts, "part"), (scope.statuses, "status"))
    must += [Condition(field, values) for values, field in wanted if values]
    unwanted = (
        (scope.exclude_goals, "goals"),
        (scope.exclude_parts, "part"),
        (scope.exclude_statuses, "status"),
    )
    must_not = [Condition(field, values) for values, field in unwanted if values]
    if every and scope.unready:
        must_not.append(Condition("report", scope.unready))
    return Where(tuple(must), tuple(must_not), scope.passages, scope.exclude_passages)
