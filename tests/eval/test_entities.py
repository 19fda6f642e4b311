"""The entity scorer."""

import pytest

from eval.entities import ALL, score


def test_only_exact_spans_and_labels_count() -> None:
    gold = [[(0, 6, "PROGRAM"), (10, 14, "LOC")], []]
    found = [[(0, 6, "PROGRAM"), (10, 15, "LOC")], [(0, 3, "ORG")]]
    table = score(gold, found)
    assert (table["PROGRAM"].f1, table["LOC"].f1, table["ORG"].precision) == (1.0, 0.0, 0.0)
    assert (table[ALL].right, table[ALL].found, table[ALL].wanted) == (1, 3, 2)
    assert table[ALL].f1 == pytest.approx(2 / 5)


def test_nothing_to_find() -> None:
    assert score([[]], [[]])[ALL].f1 == 1.0


def test_a_repeated_entity_counts_once() -> None:
    assert score([[(0, 1, "LAW")]], [[(0, 1, "LAW"), (0, 1, "LAW")]])[ALL].precision == 1.0


def test_lists_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        score([[]], [])
