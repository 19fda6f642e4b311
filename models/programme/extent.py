"""From where a name begins to where it ends."""

import re

from models.programme.words import WORD, cues, everyday, is_verb

LONGEST = 9
"""Words of a name."""
LONGWORD = 7
"""Letters from which one small word may be a name after a word that says so."""
_ENGLISH = ("of", "for", "and", "the", "in", "to")
_DEFINITE = ("en", "et", "na", "nas", "ens", "ets")
_ALSO_INSIDE = ("vid", "mellan")
"""Small words that may stand inside the name of a document, and end other names."""
_GAP = re.compile(r"\s{1,2}|\s?-\s?|\s?–\s?")


def extent(text: str, start: int, *, small: bool = False, said: bool = False) -> tuple[int, int] | None:
    """From where a name begins to where it ends: capitalised words and the small words that go on with it.

    `small` takes a name that begins in small letters; `said` one that the word before says to be a name, which may then
    go on with a place: `Läslust i Farsta`. A verb, a point or a word such as `som` ends it.
    """
    end = last = start
    joint = False
    for count, match in enumerate(WORD.finditer(text, start)):
        gap, last = text[last : match.start()], match.end()
        word, lower = match[0], match[0].lower()
        if count == 0 and match.start() != start:
            return None
        if count and (not _GAP.fullmatch(gap) or _ends(text[start:end], word, count, joint=joint, small=small)):
            break
        if count == 1 and not small and word.islower() and _is_own(text[start:end], lower):
            break
        joint = bool(count) and (lower in cues().joins_name or (small and lower in _ALSO_INSIDE))
        in_place = said and lower == "i" and count == 1 and everyday(text[start:end])
        if joint and not _goes_on(text, match, small=small, capital=text[start].isupper() and not in_place):
            break
        if not joint:
            end = match.end()
        if count + 1 >= LONGEST or (count and word.isdigit()):
            break
    return (start, end) if end > start else None


def _is_own(name: str, following: str) -> bool:
    """True for one unusual word before an everyday one: `Viewpoint för målgruppen`, `Trefas används`."""
    return following not in _ENGLISH and (everyday(following) or following in cues().joins_name) and not everyday(name)


def _ends(name: str, word: str, count: int, *, joint: bool, small: bool) -> bool:
    """True when a name of `count` words is complete before `word`."""
    lower = word.lower()
    if lower in cues().ends_name and not (small and lower in _ALSO_INSIDE):
        return True
    if small and lower in ("på", "till"):
        return True
    if not joint and is_verb(word):
        return True
    if count == 1 and word.islower() and name[0].isupper() and name.endswith("s") and not everyday(name):
        return True  # the genitive of a name: "Skolfams utbildning"
    return word[0].isdigit() and not re.fullmatch(r"20\d\d(?:-20\d\d)?|2\.0", word)


def _goes_on(text: str, joint: re.Match[str], *, small: bool, capital: bool) -> bool:
    """True when what follows a small word like `för` may still be of the name."""
    following = WORD.match(text, joint.end() + 1)
    if following is None:
        return False
    lower = following[0].lower()
    if lower in (*cues().ends_name, *cues().not_inside, "en", "ett", "att") or is_verb(following[0]):
        return False
    if small and joint[0].lower() == "i" and (not lower.islower() or lower.endswith(_DEFINITE)):
        return False  # "handlingsplanen för X i stadsdelen"
    new_name = following[0][0].isupper() and capital and not small
    return not (new_name and joint[0].lower() in ("och", "i", "på", "till", "med", "av"))


def small_extent(text: str, start: int) -> tuple[int, int] | None:
    """A name in small letters: up to four words, none a verb or a small word, that go on to the end of the phrase."""
    end, words = start, 0
    for match in WORD.finditer(text, start):
        if text[end : match.start()].strip(" ") not in ("", "-") or match[0].lower() in (
            *cues().ends_name,
            *cues().joins_name,
        ):
            break
        if not match[0].islower() or _predicate(match[0]):
            break
        end, words = match.end(), words + 1
    return (start, end) if 2 <= words <= 4 or (words == 1 and end - start >= LONGWORD) else None


def _predicate(word: str) -> bool:
    return is_verb(word) or word.endswith(("igt", "ligen", "vis"))
