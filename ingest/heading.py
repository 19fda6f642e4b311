"""Tell headings from running text by their shape."""

import re

from ingest.rules import language_rules

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)(.+)$")
_STOPPED = re.compile(r"""[.,;:!?…][)"'”»]*$""")
_MAX_CHARACTERS = 170
_MAX_WORDS = 22
_AMOUNT = re.compile(r"^[\d\s.,%–-]+(?:mnkr|tkr|kr|st|%)?$")


def split_number(text: str) -> tuple[str | None, str]:
    """A heading's number without a final dot ("1.2. Title" → "1.2") and its title."""
    match = _NUMBER.match(text)
    return (match[1], match[2].strip()) if match else (None, text.strip())


def depth(number: str) -> int:
    """1 for "2", 2 for "2.1", …"""
    return number.count(".") + 1


def heading_shaped(text: str, *, numbered: bool = False) -> bool:
    """True when a line or two could be a heading: short, capital first, no full stop, no hanging word at its end.

    A `numbered` heading may end in any word ("… att bo och vistas i").
    """
    if not text or len(text) > _MAX_CHARACTERS or len(text.split()) > _MAX_WORDS:
        return False
    if _STOPPED.search(text) or _AMOUNT.match(text) or not re.search(r"[^\W\d_]{3}", text):
        return False
    first = text.lstrip("\"'”»(")[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    return numbered or text.split()[-1].lower() not in language_rules().no_heading_end
