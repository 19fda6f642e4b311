"""Ranked passages in another order."""

from collections.abc import Callable, Sequence
from typing import Literal

from api.holdings import area_of
from search.schema import Hit

Order = Literal["rank", "newest", "oldest", "district"]
ORDERS: tuple[Order, ...] = ("rank", "newest", "oldest", "district")
CONSIDERED = 100
"""The best passages, which another order is made of."""


def ordered(hits: Sequence[Hit], order: Order) -> list[Hit]:
    """`hits` in the order asked for; those that are equal in it stay ranked."""
    keys: dict[Order, Callable[[Hit], tuple[object, ...]]] = {
        "rank": lambda hit: (hit.rank,),
        "newest": lambda hit: (-(hit.report.year or 0), hit.rank),
        "oldest": lambda hit: (hit.report.year or 9999, hit.rank),
        "district": lambda hit: (*area_of(hit.report), -(hit.report.year or 0), hit.rank),
    }
    return sorted(hits, key=keys[order])
