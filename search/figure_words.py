"""Which of a question's words the sentences and rows that may answer it have, and whether they count what it counts."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from models.synonyms import expand
from models.words import english_stop_words, search_terms, stop_words, word_terms, words_in
from search.amounts import counted_things, measure_asked, numbers_end

COUNTED_WITHIN = 3
"""Words after a number among which that which it counts stands."""
LONGEST_AFTER = 60
"""Letters after a number in which those words are looked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that one stretch of text shares with a question."""

    share: float
    """Of the question's words, weighed by how rare they are among the stretches: 0 … 1. Synonyms count in part."""
    most: bool
    """Whether no other stretch has more."""
    of_name: float
    """Share of the words of the stretch, or of the row's name, that the question has: 0 … 1."""
    counted: bool
    """Whether a number stands before what the question asks the number of."""


def words_of(question: str, query: str, stretches: Sequence[str], *, english: bool) -> list[Words]:
    """One for each stretch; `query` is what is looked for, without filters."""
    asked = search_terms(query)
    wanted = expand(query, english=english) | asked
    terms = [search_terms(stretch).keys() & wanted.keys() for stretch in stretches]
    seen = Counter(term for found in terms for term in found)
    rarity = {term: math.log(1 + len(stretches) / (1 + seen[term])) for term in wanted}
    # What no stretch has is asked for all the same, but English words never stand in Swedish text.
    total = sum(weight * rarity[term] for term, weight in asked.items() if not english or seen[term]) or 1.0
    shares = [min(1.0, sum(wanted[term] * rarity[term] for term in sorted(found)) / total) for found in terms]
    most = max(shares, default=0.0)
    counted = _counted(question, english=english)
    return [
        Words(share, share >= most, _of_name(stretch, found), bool(counted) and _counts(stretch, counted))
        for stretch, found, share in zip(stretches, terms, shares, strict=True)
    ]


def _of_name(stretch: str, shared: set[str]) -> float:
    name = stretch.partition(":")[0]
    terms = {term for term in search_terms(name) if not term[0].isdigit()}
    return len(terms & shared) / len(terms) if terms else 0.0


def _counted(question: str, *, english: bool) -> frozenset[str]:
    """The terms of the first word after "hur många" that says something, with its synonyms."""
    if measure_asked(question) != "count":
        return frozenset()
    common = stop_words() | english_stop_words() if english else stop_words()
    thing = next((word for word in words_in(counted_things(question)) if word.lower() not in common), "")
    return frozenset(search_terms(thing)) | frozenset(expand(thing, english=english))


def _counts(stretch: str, things: frozenset[str]) -> bool:
    return any(
        not things.isdisjoint(term for term, _ in word_terms(word))
        for end in numbers_end(stretch)
        for word in words_in(stretch[end : end + LONGEST_AFTER])[:COUNTED_WITHIN]
    )
