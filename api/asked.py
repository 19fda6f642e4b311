"""A question asked once: its answer and its passages, for every page that is made of them."""

from api.remembered import Remembered
from search.archive import Archive
from search.grouping import Group
from search.schema import Answer, Filters, Hit, SearchResult

PER_PAGE = 10
"""Ranked passages on one page."""


def answer_to(archive: Archive, remembered: Remembered, question: str, filters: Filters, row_offset: int = 0) -> Answer:
    """The answer with its rows from `row_offset` on; its `filters` are those in force, given or understood, and hold
    for the passages too."""
    if row_offset:
        key = ("answer", question, filters, row_offset)
        return remembered.get(key, lambda: archive.ask(question, filters, row_offset=row_offset))
    return remembered.get(("answer", question, filters), lambda: archive.ask(question, filters))


def passages_of(
    archive: Archive,
    remembered: Remembered,
    question: str,
    in_force: Filters,
    limit: int = PER_PAGE,
    offset: int = 0,
    group: Group | None = None,
) -> SearchResult:
    """`limit` ranked passages, or groups of them, from `offset`."""
    key = ("passages", question, in_force, limit, offset, group)
    return remembered.get(key, lambda: archive.search(question, in_force, limit=limit, offset=offset, group_by=group))


def ranked(
    archive: Archive, remembered: Remembered, question: str, filters: Filters, ranks: tuple[int, ...]
) -> dict[int, Hit]:
    """The passages of some ranks, by rank; of the pages that a reader has come from."""
    in_force = answer_to(archive, remembered, question, filters).filters
    found: dict[int, Hit] = {}
    for page in sorted({(rank - 1) // PER_PAGE for rank in ranks if rank > 0}):
        result = passages_of(archive, remembered, question, in_force, offset=page * PER_PAGE)
        found |= {hit.rank: hit for hit in result.hits if hit.rank in ranks}
    return found
