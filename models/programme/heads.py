"""Names after a word that says what follows: `projektet X`, `metoderna X, Y och Z`, `föräldragrupper som X och Y`."""

import re
from collections.abc import Iterator
from functools import cache

from models.programme.extent import extent, small_extent
from models.programme.quotes import QUOTED
from models.programme.sighting import Evidence, Sighting
from models.programme.words import CAPITAL, cues, either

_BETWEEN = re.compile(r"(?:,\s(?:(?:och|samt)\s)?|\s(?:och|samt|eller|respektive)\s(?:med\s)?|/)")
"""What stands between the names of a list."""
_OPEN = '"”“»'
_COMPOUND = r"[\wåäöÅÄÖ-]*?"


def after_heads(text: str) -> Iterator[Sighting]:
    """Every name after a head, by capital, quotation or, after some heads, in small letters."""
    yield from _after_one(text)
    yield from _listed(text)
    yield from _in_small_letters(text)


@cache
def _heads() -> re.Pattern[str]:
    endings = either((*cues().head_endings, *cues().weak_head_endings))
    return re.compile(
        rf"(?<![\w-])(?P<head>{either(cues().heads, capital=True)}|{_COMPOUND}(?P<ending>{endings})),?\s+"
        rf"(?=[{_OPEN}]?[A-ZÅÄÖ])"
    )


def _after_one(text: str) -> Iterator[Sighting]:
    """`projektet X`, `ESF-projektet ”X”`."""
    for match in _heads().finditer(text):
        evidence: Evidence = "weak head" if _is_weak(match) else "head"
        quoted = QUOTED.match(text, match.end())
        if quoted is not None:
            yield Sighting(*quoted.span("name"), quoted["name"], "head")
            continue
        if "," in text[match.end("head") : match.end()] and evidence == "weak head":
            continue
        span = extent(text, match.end(), said=evidence == "head")
        if span is None:
            continue
        name = text[slice(*span)]
        genitive = re.match(rf"(?P<name>{CAPITAL})s\s(?=[a-zåäö])", name)
        if genitive is not None:
            span, name = (span[0], span[0] + len(genitive["name"])), genitive["name"]
        yield Sighting(*span, name, evidence)


def _is_weak(match: re.Match[str]) -> bool:
    head = match["head"].lower()
    if head in cues().heads:
        return head in cues().weak_heads
    return (match["ending"] or "").endswith(cues().weak_head_endings)


@cache
def _plurals() -> re.Pattern[str]:
    nouns, leads = either(cues().list_nouns), either(cues().list_leads)
    definite = either(cues().definite_list_nouns)
    return re.compile(
        rf"(?<![\w-])(?:{_COMPOUND}(?P<definite>{definite})|(?i:{_COMPOUND}(?:{nouns})),?\s+(?P<lead>{leads}))\s+"
        rf"(?=[{_OPEN}]?[A-ZÅÄÖ])"
    )


def _listed(text: str) -> Iterator[Sighting]:
    """`modellerna ”X” och ”Y”`, `metoder som X och Y`."""
    for match in _plurals().finditer(text):
        names = list(names_from(text, match.end()))
        if match["lead"] == "som" and len(names) < 2 and names and not _phrase_ends(text, names[-1][1]):
            continue  # "metoder som Socialstyrelsen rekommenderar"
        for start, end in names:
            yield Sighting(start, end, text[start:end], "list")


def _phrase_ends(text: str, end: int) -> bool:
    return re.match(r"[\"”“«]?(?:[.,;)\n]|\s*\Z)", text[end:]) is not None


def names_from(text: str, start: int) -> Iterator[tuple[int, int]]:
    """(start, end) of each name of a list that begins at a place; each has a capital or stands in quotes."""
    while True:
        quoted = QUOTED.match(text, start)
        if quoted is not None:
            span, after = quoted.span("name"), quoted.end()
        elif text[start : start + 1].isupper():
            found = extent(text, start)
            if found is None:
                return
            span = _before_next(text, found)
            after = span[1]
        else:
            return
        yield span
        between = _BETWEEN.match(text, after)
        if between is None:
            return
        start = between.end()


def beside(text: str, names: re.Pattern[str]) -> Iterator[Sighting]:
    """What is named in one breath with a name: `X och Y` where X is known to be one."""
    for match in names.finditer(text):
        between = _BETWEEN.match(text, match.end())
        if between is not None:
            for start, end in names_from(text, between.end()):
                yield Sighting(start, end, text[start:end], "beside")


def _before_next(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The name cut before `och` with a new name after it."""
    cut = re.search(rf"\s(?:och|samt)\s(?=[{_OPEN}]?[A-ZÅÄÖ])", text[span[0] : span[1]])
    return (span[0], span[0] + cut.start()) if cut else span


@cache
def _small_heads() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{either(cues().small_heads, capital=True)})\s+(?=[a-zåäö])")


def _in_small_letters(text: str) -> Iterator[Sighting]:
    """`programmet äldrevänlig stad`, `satsningen på digital språkmentor`: names in small letters."""
    for match in _small_heads().finditer(text):
        span = small_extent(text, match.end())
        if span is not None:
            yield Sighting(*span, text[slice(*span)], "small head")
