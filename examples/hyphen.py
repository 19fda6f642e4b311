"""Breaking text into printed lines, with hyphens at line ends by the Swedish one-consonant rule."""

import re
from collections.abc import Callable

VOWELS = "aeiouyåäöé"
KEPT_TOGETHER = ("st", "sk", "sp", "sj", "tj", "kj", "ng", "ck", "ch")
"""Pairs where the rule often breaks a word in the wrong place: no break."""
MIN_PART = 4


def hyphenate(word: str) -> list[int]:
    """Where the word may be broken, as offsets, leftmost first.

    A break stands before the last consonant in front of a vowel (enkonsonantregeln, Svenska skrivregler),
    with at least four letters on each side.
    """
    if not re.fullmatch(r"[a-zåäöé]+[.,]?", word, re.IGNORECASE):
        return []
    letters = word.lower()
    last = len(letters.rstrip(".,")) - MIN_PART
    return [
        at
        for at in range(MIN_PART, last + 1)
        if letters[at] not in VOWELS
        and letters[at + 1] in VOWELS
        and any(letter in VOWELS for letter in letters[:at])
        and not letters[: at + 1].endswith(KEPT_TOGETHER)
    ]


def break_lines(text: str, width: float, measure: Callable[[str], float], *, hyphens: bool) -> list[str]:
    """Lines no wider than `width`; a word too wide for a line is cut."""
    lines: list[str] = []
    line = ""
    words = text.split(" ")
    while words:
        word = words.pop(0)
        candidate = f"{line} {word}" if line else word
        if measure(candidate) <= width:
            line = candidate
            continue
        cut = _cut_at_slash(word, line, width, measure) or (_cut(word, line, width, measure) if hyphens else None)
        if cut is None and not line:
            cut = _cut_anywhere(word, width, measure)
        if cut is not None:
            head, tail = cut
            lines.append(f"{line} {head}" if line else head)
            words.insert(0, tail)
        else:
            lines.append(line)
            words.insert(0, word)
        line = ""
    return [*lines, line] if line else lines


def _cut(word: str, line: str, width: float, measure: Callable[[str], float]) -> tuple[str, str] | None:
    for at in reversed(hyphenate(word)):
        head = f"{word[:at]}-"
        if measure(f"{line} {head}" if line else head) <= width:
            return head, word[at:]
    return None


def _cut_at_slash(word: str, line: str, width: float, measure: Callable[[str], float]) -> tuple[str, str] | None:
    head, slash, tail = word.partition("/")
    fits = tail and measure(f"{line} {head}/" if line else f"{head}/") <= width
    return (head + slash, tail) if fits else None


def _cut_anywhere(word: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    at = max(1, next((n for n in range(len(word), 0, -1) if measure(word[:n]) <= width), 1))
    return word[:at], word[at:]
