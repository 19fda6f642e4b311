"""Tell headings from running text by their shape."""

import re

from ingest.columns import table_rules
from ingest.rules import language_rules

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)(.+)$")
_STOPPED = re.compile(r"""[.,;:!?…][)"'”»]*$""")
_MAX_CHARACTERS = 170
_MAX_WORDS = 25
_FIGURES = re.compile(r"(?:\s[-−–]?\d[\d ]*,\d+){2,}$")
"""What ends a row of an economy table."""
_DATES = re.compile(r"\d{4}-\d{2}-\d{2}")
_SUM = re.compile(r"\d\s?(%|[^\W\d_]+)")
_MOST_WORDS_WITH_SUM = 9
"""A longer line that names a sum of money or a share says something about it: a sentence."""
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
    if _in_table(text) or (_names_sum(text) and len(text.split()) > _MOST_WORDS_WITH_SUM):
        return False
    first = text.lstrip("\"'”»(")[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    if text.split()[0].lower() in language_rules().no_heading_beginning:
        return False
    return numbered or text.split()[-1].lower() not in language_rules().no_heading_end


def _in_table(text: str) -> bool:
    """True for a row of figures, or the column headings of an economy table on one line."""
    words = [word for word in text.split()[1:] if word[0].isupper() and word.lower() in table_rules().economy_words]
    return len(words) > 1 or len(_DATES.findall(text)) > 1 or _FIGURES.search(text) is not None


def _names_sum(text: str) -> bool:
    return any(match[1].lower() in language_rules().sums for match in _SUM.finditer(text))
