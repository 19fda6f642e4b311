"""Text folded to letters and digits: what the exhaustive scan compares before it looks closely."""

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Case folded, NFKC, everything but letters and digits removed: "SIG-unga:s" gives "sigungas"."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> tuple[str, ...]:
    """The words of `text`, each folded as by `letters`."""
    return tuple(word for word in _NOT_LETTERS.split(unicodedata.normalize("NFKC", text).casefold()) if word)
