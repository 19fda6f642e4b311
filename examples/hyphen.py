"""Breaking text into printed lines, with hyphens at line ends by the Swedish one-consonant rule."""

import re
from collections.abc import Callable

VOWELS = "aeiouyåäöé"
KEPT_TOGETHER = ("sch", "sk", "st", "sj", "tj", "kj", "ng", "ck", "ch", "sp")
MIN_PART = 4


def hyphenate(word: str) -> list[int]:
    """Where the word may be broken, as offsets, leftmost first.

    A break stands before the last consonant in front of a vowel (enkonsonantregeln, Svenska skrivregler),
    with at least four letters on each side.
    """
    if not re.fullmatch(r"[a-zåäöé]+[.,]?", word, re.IGNORECASE):
        return []
    letters = word.lower()
    places = []
    for at in range(MIN_PART, len(letters.rstrip(".,")) - MIN_PART + 1):
        starts_syllable = letters[at] not in VOWELS and letters[at + 1] in VOWELS
        after_syllable = any(letter in VOWELS for letter in letters[:at])
        joined = any(letters[: at + 1].endswith(group) for group in KEPT_TOGETHER)
        if starts_syllable and after_syllable and not joined:
            places.append(at)
    return places


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
        cut = _cut(word, line, width, measure) if hyphens else None
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


def _cut_anywhere(word: str, width: float, measure: Callable[[str], float]) -> tuple[str, str]:
    at = max(1, next((n for n in range(len(word), 0, -1) if measure(word[:n]) <= width), 1))
    return word[:at], word[at:]
