"""Which words of a passage to mark for a query."""

from functools import lru_cache

from models.words import may_have_term, search_terms, stop_words, tokenize, word_terms, words_in


def highlights(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the words in `text` that share a search term with the query; stop words never."""
    wanted = _wanted(query)
    marked = {word for word in set(words_in(text)) if _shares(word, wanted)}
    return tuple((token.start, token.end) for token in tokenize(text) if token.text in marked) if marked else ()


@lru_cache(maxsize=1024)
def _wanted(query: str) -> frozenset[str]:
    return frozenset(term for term in search_terms(query) if len(term) > 2)


@lru_cache(maxsize=8192)
def _shares(word: str, wanted: frozenset[str]) -> bool:
    if word.lower() in stop_words() or not may_have_term(word, wanted):
        return False
    return any(term in wanted for term, _ in word_terms(word))


def has_all_words(query: str, text: str) -> bool:
    """Whether `text` has every word of `query`, in any form and as parts of compounds; stop words do not count."""
    wanted = _alternatives(query)
    return bool(wanted) and all(not words_of(text).isdisjoint(terms) for terms in wanted)


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The search terms of a text: its words in their base forms and the parts of its compounds."""
    return frozenset(search_terms(text))


@lru_cache(maxsize=1024)
def _alternatives(query: str) -> tuple[frozenset[str], ...]:
    """For each word of a query that is no stop word, the terms of which one is enough."""
    skip = stop_words()
    words = [token.text for token in tokenize(query) if token.text.lower() not in skip]
    return tuple(frozenset(search_terms(word)) for word in words)
