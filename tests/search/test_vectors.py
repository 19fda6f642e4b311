"""The contract of a vector store, run on both adapters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from models.sparse import SparseVector
from search.edge_store import EdgeStore
from search.scope import Scope
from search.server_store import ServerStore
from search.vectors import Point, VectorStore

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant")


@pytest.fixture(params=["edge", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    made: VectorStore
    made = EdgeStore(tmp_path / "v", 3) if request.param == "edge" else ServerStore(QdrantClient(":memory:"), "prov", 3)
    yield made
    made.close()


def point(id: int, dense: list[float], terms: dict[int, float], report: int = 1, **payload: object) -> Point:
    about = {"goals": (), "part": None, "status": None} | payload
    sparse = SparseVector(tuple(sorted(terms)), tuple(terms[t] for t in sorted(terms)))
    return Point(id=id, dense=dense, sparse=sparse, report=report, **about)  # type: ignore[arg-type]


POINTS = [
    point(1, [1, 0, 0], {7: 1.0}, goals=("1", "1.4"), part="analys", status="Uppfylls helt"),
    point(2, [0, 1, 0], {7: 1.0, 8: 1.0}, goals=("1", "1.1"), part="beskrivning"),
    point(3, [0, 0, 1], {9: 1.0}, report=2, goals=("2",), part="analys", status="Uppfylls inte"),
    point(4, [0, 0.6, 0.8], {}, report=3),
]
ALL = Scope((1, 2, 3), all_reports=True)


def found(store: VectorStore, scope: Scope) -> set[int]:
    return {s.id for s in store.nearest([1, 1, 1], scope, 10)}


def test_query_gives_both_sides_best_first(store: VectorStore) -> None:
    store.upsert(POINTS)
    dense, sparse = store.query([0, 0.1, 1], SparseVector((7, 8), (1.0, 1.0)), ALL, 2)
    assert [s.id for s in dense] == [3, 4]
    assert dense[0].score == pytest.approx(0.995, abs=0.001)
    assert [s.id for s in sparse] == [2, 1]


def test_matching_gives_what_is_near_enough_and_what_has_each_word(store: VectorStore) -> None:
    store.upsert(POINTS)
    words = [SparseVector((7,), (1.0,)), SparseVector((8, 9), (1.0, 1.0)), SparseVector((55,), (1.0,))]
    near, holding = store.matching([0, 0.1, 1], words, ALL, 0.8, 10, 10)
    assert set(near) == {3, 4}
    assert near[3] == pytest.approx(0.995, abs=0.001)
    assert [set(found) for found in holding] == [{1, 2}, {2, 3}, set()]
    assert all(score > 0 for found in holding for score in found.values())
    near, holding = store.matching([0, 0.1, 1], words, ALL, 0.0, 1, 1)
    assert list(near) == [3]
    assert [len(found) for found in holding] == [1, 1, 0]
    within = Scope((1, 2, 3), all_reports=True, passages=(2, 3))
    near, holding = store.matching([0, 0, 1], words[:1], within, None, 0, 10)
    assert (near, list(holding[0])) == ({}, [2])
    assert store.matching([0, 0, 1], [], ALL, None, 0, 0) == ({}, [])


def test_rare_terms_weigh_more(store: VectorStore) -> None:
    store.upsert([*POINTS, point(5, [1, 1, 0], {8: 1.0})])
    store.upsert([point(n, [1, 1, 1], {7: 1.0}) for n in range(10, 20)])
    _, sparse = store.query([1, 0, 0], SparseVector((7, 8), (1.0, 1.0)), ALL, 3)
    assert sparse[0].id == 2
    assert sparse[1].id == 5


def test_a_query_without_terms_has_no_sparse_side(store: VectorStore) -> None:
    store.upsert(POINTS)
    dense, sparse = store.query([1, 0, 0], SparseVector((), ()), ALL, 10)
    assert len(dense) == 4
    assert sparse == []


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (ALL, {1, 2, 3, 4}),
        (Scope((2,), False), {3}),
        (Scope((), False), set()),
        (Scope((1, 2, 3), True, goals=("1",)), {1, 2}),
        (Scope((1, 2, 3), True, goals=("1.4", "2")), {1, 3}),
        (Scope((1, 2, 3), True, parts=("analys",)), {1, 3}),
        (Scope((1, 2, 3), True, statuses=("Uppfylls inte",)), {3}),
        (Scope((1, 2, 3), True, passages=(2,)), {2}),
        (Scope((1, 2, 3), True, passages=()), set()),
        (Scope((1, 2), False, parts=("analys",), goals=("1",)), {1}),
        (Scope((1, 2, 3), True, exclude_goals=("1.4",)), {2, 3, 4}),
        (Scope((1, 2, 3), True, exclude_parts=("analys",)), {2, 4}),
        (Scope((1, 2, 3), True, exclude_statuses=("Uppfylls helt",)), {2, 3, 4}),
        (Scope((1, 2, 3), True, exclude_passages=(1, 2)), {3, 4}),
        (Scope((1, 2, 3), True, unready=()), {1, 2, 3, 4}),
        (Scope((1, 3), True, unready=(2,)), {1, 2, 4}),
        (Scope((1,), False, unready=(2,)), {1, 2}),
    ],
)
def test_filters_hold_inside_the_store(store: VectorStore, scope: Scope, expected: set[int]) -> None:
    store.upsert(POINTS)
    assert found(store, scope) == expected
    dense, sparse = store.query([1, 0, 0], SparseVector((7,), (1.0,)), scope, 1)
    assert {s.id for s in dense + sparse} <= expected


def test_upsert_replaces(store: VectorStore) -> None:
    store.upsert(POINTS)
    store.upsert([point(1, [0, 0, 1], {9: 1.0}, report=2)])
    assert store.count() == 4
    assert found(store, Scope((2,), False)) == {1, 3}
    assert store.dense_vectors([1])[1] == pytest.approx((0, 0, 1))


def test_deletes_by_report_and_by_id(store: VectorStore) -> None:
    store.upsert(POINTS)
    store.delete_report(1)
    assert sorted(store.ids()) == [(3, 2), (4, 3)]
    store.delete_points([4])
    assert store.count() == 1


def test_lists_every_point_in_batches(store: VectorStore) -> None:
    store.upsert([point(n, [1, 0, n], {}, report=n % 3) for n in range(1, 26)])
    assert sorted(store.ids(batch=7)) == [(n, n % 3) for n in range(1, 26)]


def test_missing_vectors_are_left_out(store: VectorStore) -> None:
    store.upsert(POINTS)
    assert set(store.dense_vectors([1, 99])) == {1}
    assert store.dense_vectors([]) == {}


def test_optimize_changes_no_answer(store: VectorStore) -> None:
    store.upsert(POINTS)
    before = store.query([1, 0.5, 0], SparseVector((7,), (1.0,)), ALL, 4)
    store.optimize()
    assert store.query([1, 0.5, 0], SparseVector((7,), (1.0,)), ALL, 4) == before


def test_edge_keeps_points_over_a_restart(tmp_path: Path) -> None:
    first = EdgeStore(tmp_path / "v", 3)
    first.upsert(POINTS)
    first.close()
    again = EdgeStore(tmp_path / "v", 3)
    assert again.count() == 4
    again.close()


def test_edge_starts_anew_where_creation_was_interrupted(tmp_path: Path) -> None:
    (tmp_path / "v" / "shard").mkdir(parents=True)
    (tmp_path / "v" / "shard" / "halv").write_text("x")
    store = EdgeStore(tmp_path / "v", 3)
    assert store.count() == 0
    store.close()
