"""Made-up words in place of a text's rare ones, so that copies of it use as many words as so much text would.

A real archive that is 30 times as large has far more words, nearly all of them rare (Heaps' law); plain copies have no
new word, and each rare one in every copy. A made-up word is as long as the one it stands for: offsets stay right.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from random import Random

_WORD = re.compile(r"[^\W\d_]{4,}")
_VOWELS, _CONSONANTS = "aeiouyåäö", "bcdfghjklmnpqrstvwxz"


def rare_words(texts: Iterable[str], most: int, spared: Iterable[str]) -> frozenset[str]:
    """The words, in small letters, that are in `most` of the texts at most, but for those in the `spared` texts."""
    held = Counter(word for text in texts for word in {match[0].lower() for match in _WORD.finditer(text)})
    kept = {match[0].lower() for text in spared for match in _WORD.finditer(text)}
    return frozenset(word for word, count in held.items() if count <= most and word not in kept)


class Dialect:
    """One way to say the rare words; number 0 says them as they are."""

    def __init__(self, number: int, rare: frozenset[str]) -> None:
        self._number = number
        self._rare = rare
        self._said = lru_cache(maxsize=None)(self._made_up)

    def say(self, text: str) -> str:
        """The text with the rare words of this dialect, as long as it was."""
        return text if self._number == 0 else _WORD.sub(lambda match: self._said(match[0]), text)

    def _made_up(self, word: str) -> str:
        if word.lower() not in self._rare:
            return word
        random = Random(f"{self._number} {word.lower()}")  # noqa: S311
        return "".join(_like(letter, random) for letter in word)


def _like(letter: str, random: Random) -> str:
    """A vowel for a vowel, a consonant for a consonant, as large or small."""
    small = letter.lower()
    kind = _VOWELS if small in _VOWELS else _CONSONANTS if small in _CONSONANTS else small
    other = random.choice(kind)
    return other if letter == small else other.upper()
