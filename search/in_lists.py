"""Long lists of keys for SQL's IN (…)."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

IN_LIST = 500
"""Values in one IN (…): below every database's limit on parameters."""

_T = TypeVar("_T")


def chunks(values: Sequence[_T], most: int = IN_LIST) -> Iterator[Sequence[_T]]:
    """The values in order, `most` at a time."""
    edges = [*range(0, len(values), most), len(values)]
    for start, end in pairwise(edges):
        yield values[start:end]
