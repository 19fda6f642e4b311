"""Which words of a passage to mark for a query."""

from models.words import search_terms, stop_words, tokenize


def highlights(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the words in `text` that share a search term with the query; stop words never."""
    wanted = {term for term in search_terms(query) if len(term) > 2}
    if not wanted:
        return ()
    skip = stop_words()
    found: list[tuple[int, int]] = []
    for token in tokenize(text):
        if token.text.lower() not in skip and not wanted.isdisjoint(search_terms(token.text)):
            found.append((token.start, token.end))
    return tuple(found)


def has_all_words(query: str, text: str) -> bool:
    """Whether `text` has every word of `query`, in any form and as parts of compounds; stop words do not count."""
    there, skip = set(search_terms(text)), stop_words()
    words = [token.text for token in tokenize(query) if token.text.lower() not in skip]
    return bool(words) and all(not there.isdisjoint(search_terms(word)) for word in words)
