"""Names in quotation marks: a title, no sentence."""

import re
from collections.abc import Iterator

from models.programme.extent import LONGEST
from models.programme.sighting import Sighting
from models.programme.words import cues

QUOTED = re.compile(r"[\"”“»](?P<name>[A-Za-zÅÄÖåäö0-9][^\"”“»«\n.!?]{2,90})[\"”“«]")
_LONGEST_SMALL = 4
"""Words of a name that begins in small letters."""


def in_quotes(text: str) -> Iterator[Sighting]:
    """`”Hållbar förskola”`."""
    for match in QUOTED.finditer(text):
        name = match["name"].strip(" ,")
        words = name.split()
        said = {word.lower() for word in words}
        if (
            1 <= len(words) <= LONGEST + 3
            and words[-1].lower() not in (*cues().ends_name, *cues().joins_name)
            and not said & set(cues().sentence_words)
        ):
            start = match.start("name")
            if name[0].isupper():
                yield Sighting(start, start + len(name), name, "quoted")
            elif len(words) <= _LONGEST_SMALL and words[0] not in cues().ends_name:
                yield Sighting(start, start + len(name), name, "small quoted")
