"""Names that the text says what they are: `X, en metod för …`, `X är ett verktyg som …`."""

import re
from collections.abc import Iterator
from functools import cache

from models.programme.extent import extent
from models.programme.sighting import Sighting
from models.programme.words import CAPITAL, cues, either, everyday


@cache
def _said() -> re.Pattern[str]:
    """After a name: a comma, a dash or a verb, an article, at most four words, and what it is."""
    kinds = either(cues().kinds)
    return re.compile(
        rf"[\"”“«]?(?:\s?\([^()]{{2,60}}\))?(?P<sign>,|\s[-–]|(?:,\ssom\s[^.,;\n]{{3,60}},)?\s(?:är|var|blev)|)\s(?:även\s|också\s)?"
        rf"(?:(?:ett|en)\s(?:[\wåäö-]+\s){{0,4}}?|[Nn]ationell?t?\s)[\wåäö-]*?(?:{kinds})(?![\w-])"
    )


def says_what(after: str) -> bool:
    """Whether the words right after a name say what it is: `, en metod för …`, ` är ett verktyg …`."""
    said = _said().match(after)
    return said is not None and said["sign"] != ""


def defined(text: str) -> Iterator[Sighting]:
    """A single everyday word is weak evidence even so: `Feriejobb är en insats`."""
    taken = 0
    for match in re.finditer(rf"(?<![\w\-/.]){CAPITAL}", text):
        if match.start() < taken:
            continue
        span = extent(text, match.start())
        if span is None:
            continue
        said = _said().match(text, span[1])
        if said is None:
            continue
        name = text[slice(*span)]
        taken = span[1]
        several = " " in name
        if not several and everyday(name) and not said["sign"]:
            continue  # "Under året en satsning"
        yield Sighting(*span, name, "small defined" if everyday(name.split()[0]) and not several else "defined")
