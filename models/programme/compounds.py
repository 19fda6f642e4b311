"""Names that are one word by how they begin or end: `SAMS-modellen`, `Integrationspakten`, `Stockholmsmentor`."""

import re
from collections.abc import Iterator
from functools import cache

from models.dictionary import is_known
from models.programme.sighting import Sighting
from models.programme.words import CAPITAL, WORD, cues, either, everyday


def in_compounds(text: str, starts: frozenset[int]) -> Iterator[Sighting]:
    """Every kind; `starts` are where the sentences begin."""
    yield from _before_tails(text)
    yield from _for_audiences(text)
    yield from _by_ending(text, starts)
    yield from _of_the_city(text)


def _before_tails(text: str) -> Iterator[Sighting]:
    """`SAMS-modellen`, `BUS samverkan` (acronyms only without the hyphen)."""
    for match in re.finditer(rf"(?<![\w-])(?P<name>{CAPITAL})(?P<gap>\s?[-–]\s?|\s)(?P<tail>[a-zåäö]+)(?![\w-])", text):
        name, tail = match["name"], match["tail"]
        hyphen = match["gap"].strip() != ""
        if tail not in cues().tails:
            continue
        if (hyphen and _unusual(name) and len(name) > 1) or (
            name.isupper() and len(name) > 2 and tail.endswith(("modellen", "metoden", "samverkan"))
        ):
            yield Sighting(match.start("name"), match.end("name"), name, "tail")
    for match in re.finditer(
        rf"(?<![\w-])(?P<name>{CAPITAL}(?:\s[a-zåäö]+){{1,3}})\s?-\s?(?P<tail>[a-zåäö]+)(?![\w-])", text
    ):
        # "Skilda världar-grupper"
        first = match["name"].split()[0].lower()
        if match["tail"] in cues().tails and first not in (*cues().not_first, *cues().ends_name, *cues().joins_name):
            yield Sighting(match.start("name"), match.end("name"), match["name"], "tail")
    for match in re.finditer(rf"(?<![\w-])(?P<name>{CAPITAL}-[a-zåäö]+)(?![\w-])", text):
        head, _, tail = match["name"].rpartition("-")
        if tail in cues().tails and len(head) > 1 and _unusual(head):
            yield Sighting(match.start("name"), match.start("name") + len(head), head, "tail")


def _unusual(name: str) -> bool:
    return name.isupper() or not is_known(name.lower())


@cache
def _audiences() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])[A-ZÅÄÖ]{{3,6}}[ -](?:{either(cues().audiences)})(?![\w-])")


def _for_audiences(text: str) -> Iterator[Sighting]:
    """`SIG-anhörig`, `SIG unga`: a branch of a programme with an acronym."""
    for match in _audiences().finditer(text):
        yield Sighting(*match.span(), match[0], "tail")


def _by_ending(text: str, starts: frozenset[int]) -> Iterator[Sighting]:
    """`Integrationspakten`, `Bornholmsmodellen`, `6-16-gruppen`."""
    for match in re.finditer(r"(?<![\w-])\d{1,2}-\d{1,2}[- ]gruppen(?!\w)", text):
        yield Sighting(*match.span(), match[0], "ending")
    for match in WORD.finditer(text):
        word = match[0]
        small = word.lower()
        if word.partition("-")[0].upper() in cues().not_acronyms:
            continue  # "ESF-projektet" says what pays for it
        if (small.endswith(cues().endings_any_case) and small not in cues().not_endings_any_case) or (
            word[0].isupper()
            and small.endswith(cues().endings)
            and small not in cues().endings
            and (match.start() not in starts or small.endswith(cues().endings_at_start) or not everyday(word))
        ):
            yield Sighting(match.start(), match.end(), word, "ending")


def _of_the_city(text: str) -> Iterator[Sighting]:
    """`stockholmsjobb`, `Stockholmsmentor`: named after the city."""
    for match in re.finditer(r"(?<![\w-])[Ss]tockholms(?!k|bo)[a-zåäö]{3,}(?![\w-])", text):
        if not match[0].lower().endswith(cues().not_city_compounds):
            yield Sighting(*match.span(), match[0], "city")
