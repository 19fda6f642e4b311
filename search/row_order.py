"""Rows of an indicator from its lowest or highest value, where a question asks for that end of them."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from search.data_files import question_words
from search.kinds import has_phrase
from search.records import IndicatorRecord

End = Literal["lowest", "highest"]


def end_asked(text: str) -> End | None:
    """ "lowest" for "Vem har lägst …?", "highest" for "Var finns flest …?"; None where it asks for neither or both."""
    low, high = has_phrase(text, question_words().lowest), has_phrase(text, question_words().highest)
    return None if low == high else "lowest" if low else "highest"


def by_value(rows: Sequence[IndicatorRecord], end: End | None) -> list[IndicatorRecord]:
    """Rows of one indicator with that end first. Those without a number, or in another unit than most, cannot be
    compared and come last, in the order given."""
    values = {id(row): row.value.number for row in rows if row.value is not None and row.value.number is not None}
    units = Counter(row.value.unit for row in rows if row.value is not None and id(row) in values)
    if end is None or not units:
        return list(rows)
    unit = units.most_common(1)[0][0]
    alike = [row for row in rows if id(row) in values and row.value is not None and row.value.unit == unit]
    kept = {id(row) for row in alike}
    others = [row for row in rows if id(row) not in kept]
    return [*sorted(alike, key=lambda row: values[id(row)], reverse=end == "highest"), *others]
