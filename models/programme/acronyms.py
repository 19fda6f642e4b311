"""Acronyms and what they stand for, where the text says it: `Social insatsgrupp (SIG)`."""

import re
from collections.abc import Iterator

from models.compounds import compound_parts
from models.programme.extent import LONGEST
from models.programme.sighting import Sighting
from models.programme.words import WORD, cues

_BRACKETS = re.compile(r"\s\(\s?(?P<inside>[^()]{2,90}?)\s?\)")
_ACRONYM = re.compile(
    r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]?(?:[A-ZÅÄÖ0-9]|-[A-ZÅÄÖ]|[a-zåäö](?=[A-ZÅÄÖ]))*[A-ZÅÄÖ0-9](?:-mini)?|[A-ZÅÄÖ]{1,4}-[a-zåäö]{3,6}"
)
_CAPITALS = r"[A-ZÅÄÖ]{2,7}(?:-[A-ZÅÄÖ]+)?|[A-Z]-[A-ZÅÄÖ]{2,4}"
_BEFORE_LONG_FORM = re.compile(rf"(?<![\w-])(?P<acronym>{_CAPITALS})(?:\)?,|\s[-–]|-|:)\s(?=[A-ZÅÄÖa-zåäö])")
_AFTER_LONG_FORM = re.compile(
    r"(?<=[a-zåäö])(?:,|\s[-–])\s(?P<acronym>[A-ZÅÄÖ]{3,7}(?:-[A-ZÅÄÖ])?|[A-Z]-[A-ZÅÄÖ]{2,4})"
    r"(?=[,.;)]|\s(?:som|har|är)\b|\Z)"
)
_PHRASE_ENDS = re.compile(
    r"[\"”]?(?:[.,;:)\n]|\s[-–(]|\s?\Z|\s(?:är|som|har|ska|kan|och|för|i|med|på|genom|vid|inom|samt|till)\b)"
)
_LONGEST_WINDOW = 120
"""Characters in which a long form is looked for."""


def explained(text: str) -> Iterator[Sighting]:
    """Acronyms and long forms that stand side by side, in either order."""
    for acronym, long in (*_in_brackets(text), *_side_by_side(text)):
        short, meaning = text[slice(*acronym)], text[slice(*long)]
        if short.upper() not in cues().not_acronyms:
            yield Sighting(*acronym, short, "explained", meaning)
            yield Sighting(*long, meaning, "explained")
    yield from _of_units(text)


def _of_units(text: str) -> Iterator[Sighting]:
    """`Vinsta företagarförening (VF)`: by the word before the brackets the acronym is no programme's."""
    for match in _BRACKETS.finditer(text):
        before = WORD.findall(text[max(0, match.start() - 40) : match.start()])
        if _ACRONYM.fullmatch(match["inside"]) and before and before[-1].lower().endswith(cues().not_long_forms):
            yield Sighting(*match.span("inside"), match["inside"], "unit")


Span = tuple[int, int]


def _in_brackets(text: str) -> Iterator[tuple[Span, Span]]:
    """`Social insatsgrupp (SIG)` and `SIG (social insatsgrupp)`."""
    for match in _BRACKETS.finditer(text):
        inside = match["inside"]
        if _ACRONYM.fullmatch(inside):
            found = long_form(inside, _words_before(text, match.start()))
            if found is not None:
                yield match.span("inside"), found
            continue
        before = re.search(rf"(?P<acronym>{_ACRONYM.pattern})\Z", text[: match.start()])
        if before is None:
            continue
        offset = match.start("inside")
        words = [(w.start() + offset, w.end() + offset, w[0]) for w in WORD.finditer(inside)]
        found = long_form(before["acronym"], words)
        if found is not None and found[0] == words[0][0]:
            yield before.span(), found


def _side_by_side(text: str) -> Iterator[tuple[Span, Span]]:
    """`stärkt tidigt stöd i samverkan, STIS, …`, `IPS - individuell placering och stöd`."""
    for match in _AFTER_LONG_FORM.finditer(text):
        found = long_form(match["acronym"], _words_before(text, match.start()))
        if found is not None:
            yield match.span("acronym"), found
    for match in _BEFORE_LONG_FORM.finditer(text):
        found = long_form_after(match["acronym"], _words_after(text, match.end()))
        if found is not None and _PHRASE_ENDS.match(text, found[1]):
            yield match.span("acronym"), found


def _words_before(text: str, end: int) -> list[tuple[int, int, str]]:
    """(start, end, word) of the words right before a place."""
    return [(word.start(), word.end(), word[0]) for word in WORD.finditer(text, max(0, end - _LONGEST_WINDOW), end)]


def _words_after(text: str, start: int) -> list[tuple[int, int, str]]:
    """(start, end, word) of the words right after a place, as far as the sentence goes on without a stop."""
    stop = re.compile(r"[.;:()\n]").search(text, start)
    end = min(stop.start() if stop else len(text), start + _LONGEST_WINDOW)
    return [(word.start(), word.end(), word[0]) for word in WORD.finditer(text, start, end)]


def long_form(acronym: str, words: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """(start, end) of the last words that the acronym's letters stand for.

    Each letter must be found, from the last backwards, in the words, the first at the beginning of a word, as in
    Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003. Every content word must
    lend a letter.
    """
    return next((span for count in _counts(acronym, words) if (span := _spelt(acronym, words[-count:]))), None)


def long_form_after(acronym: str, words: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """The same for the first words."""
    return next((span for count in _counts(acronym, words) if (span := _spelt(acronym, words[:count]))), None)


def _counts(acronym: str, words: list[tuple[int, int, str]]) -> range:
    letters = sum(map(str.isalpha, acronym))
    return range(1, min(len(words), letters + 5, 2 * letters + 1, LONGEST) + 1)


def _spelt(acronym: str, chosen: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    letters = [letter.lower() for letter in acronym if letter.isalpha()]
    if acronym.endswith("mini"):
        letters = [letter.lower() for letter in acronym[:-4] if letter.isalpha()] + ["m"]
    if not _spells(letters, [word.lower() for _, _, word in chosen]):
        return None
    if len(chosen) == 1 and len(compound_parts(chosen[0][2].lower())) < 2:
        return None
    return chosen[0][0], chosen[-1][1]


def _spells(letters: list[str], words: list[str]) -> bool:
    """True when the letters are initials of all the words (small words may be skipped), or of a word's parts."""
    initials: list[tuple[str, bool]] = []
    for word in words:
        parts = [part for piece in word.split("-") for part in (compound_parts(piece) or (piece,))]
        small = word in cues().joins_name or word in ("samt", "eller", "som")
        initials += [(part[:1], small or place > 0) for place, part in enumerate(parts)]
    if not initials or initials[0][0] != letters[0]:
        return False

    def fits(letter: int, place: int) -> bool:
        if letter == len(letters):
            return all(optional for _, optional in initials[place:])
        return any(
            initials[there][0] == letters[letter] and fits(letter + 1, there + 1)
            for there in range(place, len(initials))
            if all(optional for _, optional in initials[place:there])
        )

    return fits(0, 0)
