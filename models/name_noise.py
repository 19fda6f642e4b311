"""Noise of print and of text recognition in names: one wrong letter, other marks on letters, a blank lost."""

import unicodedata
from collections.abc import Sequence

from models.compounds import compound_parts
from models.dictionary import is_known
from models.fold import fold_marks
from models.registry import folded_name

LONG_NAME = 16
"""Letters from which a name with one wrong letter is the same name, if the wrong word is no Swedish word."""
NOISY_WORD = 8
"""The same for a name of one word."""


def is_noise_of(name: str, target: str) -> bool:
    """True when `name` is `target` with wrong marks on letters or one wrong letter that makes it no Swedish word."""
    one, other = folded_name(name), folded_name(target)
    if one == other:
        return False  # two things with one acronym
    if len(one) >= NOISY_WORD and (_bare(one) == _bare(other) or one.replace(" ", "") == other.replace(" ", "")):
        return True  # other marks on letters, or a blank lost
    if len(one) >= NOISY_WORD and _binding_s(one, other):
        return True
    if abs(len(one) - len(other)) > 1 or _edits(one, other) != 1:
        return False
    if any(letter.isdigit() for letter in one + other):
        return False
    wrong = [(a, b) for a, b in zip(one.split(), other.split(), strict=False) if a != b]
    if len(wrong) != 1 or len(one.split()) != len(other.split()):
        return False
    bad, good = wrong[0]
    long_enough = len(one) >= LONG_NAME if len(one.split()) > 1 else len(bad) >= NOISY_WORD
    return (
        long_enough
        and min(len(bad), len(good)) >= 6
        and not _swedish(bad)
        and (_swedish(good) or len(one) >= LONG_NAME)
    )


def _binding_s(one: str, other: str) -> bool:
    """True for compounds of which one has lost the -s- between its parts: `stockholmentor`, `stockholmsmentor`."""
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[place] == "s" and long[:place] + long[place + 1 :] == short for place in range(4, len(long) - 4)
    )


def blocks(name: str, widths: Sequence[int] = (0,)) -> set[str]:
    """What a name shares with those one letter away: its first half or its second; and its letters without marks."""
    found = {"=" + _bare(name)}
    for width in widths:
        half = (len(name) + width) // 2
        found |= {"<" + name[: half - 1], ">" + name[len(name) - half + 1 :]} if half > 3 else set()
    return found


def _bare(text: str) -> str:
    """Without marks: `läslýftet` as `laslyftet`."""
    return "".join(c for c in unicodedata.normalize("NFD", fold_marks(text)) if not unicodedata.combining(c))


def _swedish(word: str) -> bool:
    return is_known(word) or bool(compound_parts(word))


def _edits(one: str, other: str) -> int:
    """Levenshtein distance, 2 for anything above 1."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 1:
        return 2
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (
        one[start + 1 :] == other[start + 1 :],
        one[start + 1 :] == other[start:],
        one[start:] == other[start + 1 :],
    )
    return 1 if any(rests) else 2
