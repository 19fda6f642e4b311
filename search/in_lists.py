"""Long lists of keys for SQL's IN (…), and of places for its joins."""

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from sqlalchemy import FromClause, Integer, column, func, select, values

IN_LIST = 500
"""Values in one IN (…): below every database's limit on parameters."""
MOST_PLACES = 10_000
"""Places in one list that SQLite reads, which is one parameter."""

_T = TypeVar("_T")


def chunks(values: Sequence[_T], most: int = IN_LIST) -> Iterator[Sequence[_T]]:
    """The values in order, `most` at a time."""
    edges = [*range(0, len(values), most), len(values)]
    for start, end in pairwise(edges):
        yield values[start:end]


def places(pairs: Sequence[tuple[int, int]], dialect: str) -> Iterator[FromClause]:
    """Tables with the columns `report` and `place` that hold the pairs, each once, to join with in a SQL dialect."""
    for part in chunks(list(dict.fromkeys(pairs)), MOST_PLACES if dialect == "sqlite" else IN_LIST):
        if dialect == "sqlite":
            # A tenth of the time of VALUES, whose every pair is compiled anew.
            listed = func.json_each(json.dumps(part)).table_valued("value", name="listed")
            pair = (func.json_extract(listed.c.value, f"$[{side}]") for side in (0, 1))
            yield select(*(one.label(name) for name, one in zip(("report", "place"), pair, strict=True))).subquery()
        else:
            listed_values = values(column("report", Integer), column("place", Integer), name="listed")
            yield listed_values.data(list(part)).cte("wanted")
