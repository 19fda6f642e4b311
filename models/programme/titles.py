"""Names by their capitals inside a sentence: `Rätt stöd i rätt tid`, and names after words like `enligt`."""

import re
from collections.abc import Iterator
from functools import cache

from models.programme.extent import extent
from models.programme.sighting import Sighting
from models.programme.words import CAPITAL, cues, either, everyday


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<cue>{either(cues().cues)})\s+\Z", re.IGNORECASE)


def titles(text: str, starts: frozenset[int]) -> Iterator[Sighting]:
    """`starts` are where the sentences begin: a capital there says nothing."""
    taken = 0
    for match in re.finditer(rf"(?<![\w\-”\"“/.]){CAPITAL}", text):
        if match.start() < taken or match.start() in starts or not _inside_sentence(text, match.start()):
            continue
        if (
            match[0].lower() in (*cues().not_first, *cues().heads)
            or match[0].split("-")[0].upper() in cues().not_acronyms
        ):
            continue
        span = extent(text, match.start())
        if span is None:
            continue
        name = text[span[0] : span[1]]
        words = name.split()
        cue = _cue().search(text[max(0, span[0] - 40) : span[0]])
        several = len(words) > 1
        if several and any(word in ("of", "the", "and", "to") for word in words[1:]):
            taken = span[1]
            yield Sighting(*span, name, "english title")
        elif several and everyday(words[0]):
            taken = span[1]
            yield Sighting(*span, name, "title")
            if cue is not None:
                yield Sighting(*span, name, "cue")
        elif cue is not None and not (several and all(word[0].isupper() for word in words) and not words[0].isupper()):
            taken = span[1]
            strong = cue["cue"].lower() in cues().strong_cues
            yield Sighting(*span, name, "strong cue" if strong else "cue")
            if not several and name.isupper() and len(name) > 2:
                yield Sighting(*span, name, "acronym")
        elif not several and not everyday(name) and len(name) > 2:
            yield Sighting(*span, name, "acronym" if name.isupper() else "unknown")


def _inside_sentence(text: str, start: int) -> bool:
    """True when running text in small letters stands right before, so that a capital there marks a name."""
    before = text[max(0, start - 30) : start]
    return bool(re.search(r"[a-zåäö,)][ \n]\Z", before)) and not before.rstrip().endswith((":", ".", "!", "?"))
