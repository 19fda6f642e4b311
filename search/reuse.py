"""How much of a passage's words stand in another passage as well: text taken over from one year to the next."""

from search.likeness import shingles
from search.records import PassageRecord
from search.schema import Reuse

LEAST = 0.5
"""Share of equal runs of words from which text counts as taken over."""
FEWEST = 8
"""Runs of words that both must have: short passages are alike by chance."""
FIGURES = ("indicator", "table_row")
"""Kinds of passages whose words are the same every year: only their figures are new."""


def taken_over(passage: PassageRecord, other: PassageRecord, year: int | None, other_year: int | None) -> Reuse | None:
    """What of running text or of an activity stands in the other passage too; None for rows of figures."""
    if passage.kind in FIGURES or other.kind in FIGURES:
        return None
    return reuse(passage.text, other.text, year, other_year)


def reuse(text: str, other: str, year: int | None, other_year: int | None) -> Reuse | None:
    """What of `other` stands in `text` too; None when it is less than half, or too short to tell.

    The share is of the shorter one's runs of three words (Broder's containment), so that it is the same every time.
    """
    mine, its = shingles([text]), shingles([other])
    shorter = min(len(mine), len(its))
    if shorter < FEWEST:
        return None
    share = len(mine & its) / shorter
    if share < LEAST:
        return None
    later = year is not None and other_year is not None and other_year > year
    return Reuse(share=round(share, 3), of_year=other_year, later=later)
