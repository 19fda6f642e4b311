"""Text folded to letters and digits: what the exhaustive scan compares before it looks closely."""

import re
import unicodedata

from models.fold import fold

_NOT_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Case and look-alikes folded, NFKC, everything but letters and digits removed: "SIG-unga:s" gives "sigungas"."""
    return _NOT_LETTERS.sub("", fold(unicodedata.normalize("NFKC", text)).casefold())
