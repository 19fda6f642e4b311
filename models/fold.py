"""Folds letters so that the same name compares equal; never changes the number of characters."""

_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕ‐‑‒–—−’´`\u00a0\u2009\u202fİýÿíìîúùû",
    "ABEKMHOPCTYXIJSaeopcyxijs------'''   Iyyiiiuuu",
)
"""Cyrillic letters that look Latin, the dashes, apostrophes and spaces that printing mixes up, and marks that a scan
puts on letters that have none in Swedish."""
_MISREAD = str.maketrans("015", "ols")


def fold_marks(text: str) -> str:
    """Look-alike letters, dashes and spaces made one; capitals stay."""
    return text.translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """`fold_marks` in small letters."""
    return fold_marks(text).lower()


def fold_digits(text: str) -> str:
    """Digits that a scan may have read for letters, as those letters."""
    return text.translate(_MISREAD)


def mend_digits(word: str) -> str | None:
    """A word where a scan may have read o, l or s as a digit (`Sk0lfam`); None when it holds no such digit."""
    if word[:1].isalpha() and sum(map(str.isalpha, word)) >= 4 and any(digit in word for digit in "015"):
        return fold_digits(word)
    return None
