"""Whether two files hold the same report: the same board, type and time, and nearly the same words."""

import re
from collections.abc import Iterable

from ingest.report import Metadata
from search.records import ReportRecord

SHINGLE = 3
"""Words of a shingle (Broder 1997)."""
ALIKE = 0.8
"""Share of each report's shingles that the other must have: an extract of a report is no duplicate of it."""

_WORD = re.compile(r"\w+")


def same_occasion(about: Metadata, record: ReportRecord) -> bool:
    """Whether both are of one board, type and time; what is not known of either is never taken for the same."""
    if about.board is None or about.year is None or about.type == "annat":
        return False
    mine = (about.board.casefold(), about.district, about.type, about.year, about.period)
    return mine == ((record.board or "").casefold(), record.district, record.type, record.year, record.period)


def shingles(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of `SHINGLE` words in small letters, whatever the passages they are divided into."""
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    return frozenset(tuple(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1))


def alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether each has nearly all that the other has."""
    return bool(one and other) and len(one & other) >= ALIKE * max(len(one), len(other))
