"""Rows that are read once."""

from search.kept import kept


def test_only_what_is_not_held_is_read_and_the_order_is_that_of_the_keys() -> None:
    asked: list[list[int]] = []

    def read(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {key: str(key) for key in sorted(keys, reverse=True) if key != 9}

    held: dict[int, str] = {}
    assert list(kept(held, [3, 1, 3], read, 10).items()) == [(3, "3"), (1, "1")]
    assert list(kept(held, [2, 1, 9], read, 10).items()) == [(2, "2"), (1, "1")]
    assert kept(held, [1, 2], read, 10) == {1: "1", 2: "2"}
    assert asked == [[3, 1], [2, 9]]


def test_no_more_is_held_than_asked_for() -> None:
    held: dict[int, str] = {}

    def read(keys: list[int]) -> dict[int, str]:
        return {key: str(key) for key in keys}

    for first in range(0, 100, 3):
        assert len(kept(held, range(first, first + 5), read, 8)) == 5
        assert len(held) <= 8
    assert len(kept(held, range(20), read, 8)) == 20
    assert len(held) <= 8
