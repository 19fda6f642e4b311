"""What the trained model takes for programmes: which of its votes stand."""

import re
from collections.abc import Sequence

from models.dictionary import is_known
from models.programme.sightings import sightings
from models.programme.words import cues, everyday
from models.sentences import sentences

AGREED = 0.45
"""How sure the model must be of a stretch that the patterns take for a name too."""

SURE = 0.9
"""The same of a single everyday word with a capital inside a sentence."""
LIKELY = 0.75
"""The same of several words in small letters that the patterns take for no name."""


def stands(text: str, start: int, end: int, confidence: float = 1.0) -> bool:
    """False for what the model saw at text[start:end] when it is no name of a programme by its words alone."""
    words = text[start:end].split()
    if not words or words[0].lower() in cues().joins_name or not re.search(r"[^\W\d]|\b\d{1,2}\b", text[start:end]):
        return False
    if words[0].lower() in cues().not_programmes or words[-1].lower().endswith(cues().places_and_units):
        return False
    if text[start:end].islower() and len(words) > 1:
        return confidence >= LIKELY or seen_too(text, [(start, end)])[0]
    if len(words) > 1:
        return True
    word = words[0]
    if word.partition("-")[0].upper() in cues().not_acronyms and word.lower().endswith(cues().head_endings):
        return False  # "ESF-projektet" says what pays for it
    if word.upper() in cues().not_acronyms or word.upper().rstrip("S") in cues().not_acronyms:
        return False
    if word.islower():
        return not is_known(word)
    if not word[1:].islower() or not is_known(word.lower()):
        return True
    begins = any(at == start for at, _ in sentences(text))
    return not begins and confidence >= SURE and not text.startswith("-", end)


def without_rest(text: str, start: int, end: int) -> int:
    """Where the name at text[start:end] ends: before what is told of it (`Viewpoint inom socialpsykiatrin`)."""
    if text[start - 1 : start] in ('"', "”", "“", "»"):
        return end
    for match in re.finditer(r"\s(?:om|inom|under|genom|enligt|via)\s", text[start:end]):
        name = text[start : start + match.start()]
        if " " in name or not everyday(name):
            return start + match.start()
    return end


def seen_too(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each stretch whether the patterns have a name that begins or ends where it does."""
    if not spans:
        return []
    found = sightings(text)
    return [any(one.start == start or one.end == end for one in found) for start, end in spans]
