"""Steering documents with a name of their own: `handlingsplanen för X`, `stadens miljöprogram`."""

import re
from collections.abc import Iterator
from functools import cache

from models.compounds import compound_parts
from models.programme.extent import extent
from models.programme.sighting import Sighting
from models.programme.words import WORD, cues, either

_YEARS = r"(?:\s20\d\d(?:\s?[-–]\s?20\d\d)?)?"
_HALF = r"(?:[a-zåäö]{3,}-?\s?[–-]?\s(?:och|samt)\s)?"
"""`miljö- och` before `klimathandlingsplan`."""


def documents(text: str) -> Iterator[Sighting]:
    """Every kind."""
    yield from _about_something(text)
    yield from _to_do_something(text)
    yield from _of_the_city(text)
    yield from _compounds(text)


@cache
def _document() -> re.Pattern[str]:
    before = either(cues().before_documents, capital=True)
    kinds = either(cues().documents, capital=True)
    return re.compile(
        rf"(?<![\w-])(?P<before>(?:{before})\s+)?(?P<kind>{kinds})\s+(?:för|mot)\s+(?!att\b|de[nt]?\b|dessa\b|detta\b|varje\b|alla\b|[åÅ]r\b|20\d\d|sina?\b)"
    )


def _about_something(text: str) -> Iterator[Sighting]:
    """`handlingsplanen för klimatanpassning vid skyfall`."""
    for match in _document().finditer(text):
        kind = match["kind"]
        lead = WORD.findall(text[max(0, match.start() - 40) : match.start()])
        if match["before"] is None and lead and lead[-1].lower() in cues().not_before_documents:
            continue
        definite = kind.endswith(("en", "n", "et")) and kind.lower() not in ("handlingsplan", "nollvision")
        if match["before"] is None and not definite and not kind[0].isupper():
            continue
        if kind.lower() in ("modell", "modellen") and not kind[0].isupper():
            continue
        tail = extent(text, match.end(), small=True)
        if tail is not None and len(text[match.end() : tail[1]].split()[0]) > 3:
            own = match["before"] is not None and "s" not in match["before"].split()[0][-2:]
            start = match.start("before" if own else "kind")
            yield Sighting(start, tail[1], text[start : tail[1]], "document")


@cache
def _purposes() -> re.Pattern[str]:
    owners, between = either(cues().owners, capital=True), either(cues().between_owner_and_document)
    plain, definite = either(cues().purpose_documents), either(cues().definite_purpose_documents)
    own = rf"(?:{owners})\s+(?:{between}|\s)*(?P<own>{plain})"
    return re.compile(rf"(?<![\w-])(?:{own}|(?P<known>{definite}))\s+för\s+att\s+")


def _to_do_something(text: str) -> Iterator[Sighting]:
    """`stadens program för att motverka hemlöshet`, `strategin för att minska risken`."""
    for match in _purposes().finditer(text):
        end = extent(text, match.end(), small=True)
        if end is not None and " " in text[match.end() : end[1]]:
            start = match.start("own") if match["own"] else match.start("known")
            yield Sighting(start, end[1], text[start : end[1]], "document")


@cache
def _city_documents() -> re.Pattern[str]:
    kinds = either(cues().city_documents)
    return re.compile(
        rf"(?<![\w-])(?:{either(cues().owners, capital=True)})\s+(?:{either(cues().between_owner_and_document)}|\s|,)*"
        rf"(?P<name>{_HALF}[a-zåäö-]{{3,}}(?:{kinds})|[\wåäö-]+(?:iska|liga)\s(?:program|programmet){_YEARS})(?![\w-])"
    )


def _of_the_city(text: str) -> Iterator[Sighting]:
    """`stadens kvalitetsprogram`, `stadens nya rese- och mötespolicy`, `stadens kulturstrategiska program`."""
    for match in _city_documents().finditer(text):
        if match["name"] not in (*cues().generic, *cues().not_documents):
            yield Sighting(*match.span("name"), match["name"], "document")


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<name>{_HALF}[A-ZÅÄÖa-zåäö-]{{3,}}(?:{either(cues().compound_documents)})){_YEARS}(?![\w-])"
    )


def _compounds(text: str) -> Iterator[Sighting]:
    """`kvinnofridsprogrammet`, `miljö- och klimathandlingsplanen`: what it is about is in the word."""
    for match in _compound().finditer(text):
        last = match["name"].split()[-1].lower()
        if last in cues().not_documents or last in cues().generic:
            continue
        if " " in match["name"] or compound_parts(last) or "-" in last:
            yield Sighting(match.start("name"), match.end("name"), match["name"], "document")
