"""Lists kept for an edition of the archive, and no longer."""

from types import SimpleNamespace
from typing import Any

from api.remembered import MOST, MOST_ROWS, Remembered


class Archive:
    id = "a"

    def edition(self) -> Any:
        return SimpleNamespace(id=self.id)


def test_made_once_in_an_edition_and_anew_in_the_next() -> None:
    archive = Archive()
    remembered = Remembered(archive)  # type: ignore[arg-type]
    made: list[str] = []

    def make() -> int:
        made.append(archive.id)
        return len(made)

    assert [remembered.get("q", make), remembered.get("q", make)] == [1, 1]
    archive.id = "b"
    assert remembered.get("q", make) == 2
    assert made == ["a", "b"]


def test_the_one_used_longest_ago_is_dropped() -> None:
    remembered = Remembered(Archive())  # type: ignore[arg-type]
    for number in range(MOST):
        remembered.get(number, lambda: "old")
    remembered.get(0, lambda: "new")
    remembered.get(MOST, lambda: "old")
    assert remembered.get(0, lambda: "new") == "old"
    assert remembered.get(1, lambda: "new") == "new"


def test_long_lists_push_out_older_ones() -> None:
    remembered = Remembered(Archive())  # type: ignore[arg-type]
    made: list[str] = []

    def rows(name: str, count: int) -> list[int]:
        made.append(name)
        return [0] * count

    for name in ("old", "long", "long", "old"):
        remembered.get(name, lambda name=name: rows(name, MOST_ROWS if name == "long" else 1))  # type: ignore[misc]
    assert made == ["old", "long", "old"]
