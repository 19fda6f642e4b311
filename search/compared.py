"""Areas or years that a question compares."""

from search.schema import Filters

MOST_COMPARED = 4
"""Areas or years that are looked at each by itself."""


def compared(filters: Filters) -> list[tuple[str, Filters]]:
    """The districts, boards or years of filters with several of them, each with filters of its own; none of more than
    a reader compares."""
    for field, values in (("district", filters.district), ("board", filters.board), ("year", filters.year)):
        if 2 <= len(values) <= MOST_COMPARED:
            return [(str(value), filters.model_copy(update={field: (value,)})) for value in values]
    first, last = filters.from_year, filters.to_year
    if first is not None and last is not None and 1 <= last - first < MOST_COMPARED:
        without = filters.model_copy(update={"from_year": None, "to_year": None})
        return [(str(year), without.model_copy(update={"year": (year,)})) for year in range(first, last + 1)]
    return []
