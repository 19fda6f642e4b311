"""Folds letters so that the same name compares equal; never changes the number of characters."""

import re
from collections.abc import Iterator
from itertools import islice, product

_ALIKE = "АВЕКМНОРСТУХІЈЅаеорсухіјѕ‐‑‒–—−’´`\u00a0\u2009\u202fİýÿíìîúùû"
_LOOK_ALIKES = dict(zip(_ALIKE, "ABEKMHOPCTYXIJSaeopcyxijs------'''   Iyyiiiuuu", strict=True))
"""Cyrillic letters that look Latin, the dashes, apostrophes and spaces that printing mixes up, and marks that a scan
puts on letters that have none in Swedish."""
_ANY_ALIKE = re.compile(f"[{_ALIKE}]")
"""Texts have few or none: to look for them takes a tenth of the time of `str.translate`."""
_MISREAD = str.maketrans("015", "ols")


def fold_marks(text: str) -> str:
    """Look-alike letters, dashes and spaces made one; capitals stay."""
    return _ANY_ALIKE.sub(lambda match: _LOOK_ALIKES[match[0]], text)


def fold(text: str) -> str:
    """`fold_marks` in small letters."""
    return fold_marks(text).lower()


def fold_digits(text: str) -> str:
    """Digits that a scan may have read for letters, as those letters."""
    return text.translate(_MISREAD)


def misread(word: str) -> Iterator[str]:
    """What `mend_digits` would mend to the word, itself left out; the first letter is a letter."""
    digits = {chr(letter): chr(digit) for digit, letter in _MISREAD.items()}
    written = product(word[:1], *((letter, digits[letter]) if letter in digits else letter for letter in word[1:]))
    yield from islice(map("".join, written), 1, None)


def mend_digits(word: str) -> str | None:
    """A word where a scan may have read o, l or s as a digit (`Sk0lfam`); None when it holds no such digit."""
    if word[:1].isalpha() and sum(map(str.isalpha, word)) >= 4 and any(digit in word for digit in "015"):
        return fold_digits(word)
    return None
