"""Finds what identifies a private person: personal identity numbers, telephone numbers, private e-mail addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from models.data_file import DATA, Table, read_table

Kind = Literal["personnummer", "telefon", "e-post"]

MASKS: dict[Kind, str] = {"personnummer": "[personnummer]", "telefon": "[telefonnummer]", "e-post": "[e-postadress]"}
COORDINATION_DAYS = 60
"""Added to the day of birth in a coordination number (samordningsnummer), Skatteverket SKV 707."""

_DASH = r"[-+–‐‑−\u00ad]"
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[:/-])(?:(?P<century>18|19|20)(?P<long>\d{{6}})\s?{_DASH}?\s?|(?P<short>\d{{6}})(?P<mark>\s?{_DASH}\s?|\s?))(?P<last>\d{{4}})"
    r"(?![\d/]|[:-]\d)"
)
_SAID = re.compile(r"(?:personnummer|samordningsnummer|persnr|pnr|p-nr|person-?nr|född)[\w.:]*\s*\Z", re.IGNORECASE)
"""Words that show that six digits, a blank and four digits are a number; else they may be two figures."""
_CASE = re.compile(
    r"(?:dnr|diarienummer|diarienr|ärendenummer|ärendenr|ärende|målnummer|mål nr)[.:\s]*[\w./ -]{0,12}\Z", re.IGNORECASE
)
"""Words before a case number, which is no telephone number."""
_BEFORE, _AFTER = r"(?<!\w)(?<!\d[:.,-])(?<!\D/)", r"(?!\w|:\d)(?!/\s?(?![0+])\w)"
"""A number may follow another after a slash; other figures with one are dates and case numbers."""
_ALONE = rf"{_BEFORE}(?<!\d\s)"
"""Digits with blanks only are the rest of a large number when figures stand before them."""
# A blank within a number is no tab: that parts the cells of a table.
_PHONE = re.compile(
    rf"(?<!\w)(?<!\d[:.-])(?:\+46|0046)(?:[^\S\t]|-)?(?:\(0\)[^\S\t]?)?\d{{1,3}}(?:(?:[^\S\t]|-)?\d{{2,3}}){{2,4}}{_AFTER}"
    rf"|{_BEFORE}0\d{{1,3}}[^\S\t]?[-–/][^\S\t]?\d{{2,3}}(?:[^\S\t]?\d{{2,3}}){{1,3}}{_AFTER}"
    rf"|{_ALONE}07\d[^\S\t]?\d{{3}}[^\S\t]?\d{{2}}[^\S\t]?\d{{2}}{_AFTER}"
    rf"|{_ALONE}0[1-9]\d{{0,2}}[^\S\t]\d{{2,3}}(?:\s\d{{2,3}}){{1,3}}{_AFTER}"
    rf"|{_ALONE}\(0\d{{1,3}}\)[^\S\t]?\d{{2,3}}(?:[^\S\t]?\d{{2,3}}){{1,3}}{_AFTER}"
)
_LOCAL = re.compile(
    r"\b(?:tel|tfn|telefon|telefonnr|telefonnummer|mobil|mobilnr)\b[.:\s]{0,3}"
    r"(?P<number>\d{2,3}(?:[^\S\t]|-)\d{2,3}(?:(?:[^\S\t]|-)?\d{2,3}){1,2})(?!\w|[:/]\d)",
    re.IGNORECASE,
)
"""A number without its area code is told by the word before it."""
_EMAIL = re.compile(
    r"(?P<box>[\w.+-]{1,64})(?:\s?(?:@|[(\[](?:at|a|snabel-?a)[)\]])\s?)(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63})+)",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")
FEWEST_DIGITS = 6
"""Of a telephone number; an identity number has more."""
_AT = re.compile(r"@|[(\[](?:at|a|snabel-?a)[)\]]", re.IGNORECASE)
"""What every address has: to look for it takes a hundredth of the time that `_EMAIL` takes."""


class _Functional(Table):
    domains: tuple[str, ...]
    """Domains of public bodies."""
    boxes: tuple[str, ...]
    """Beginnings of addresses that belong to an office, not a person."""


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """Something found; offsets are code points, half-open."""

    start: int
    end: int
    kind: Kind


@cache
def _functional() -> _Functional:
    return read_table(DATA / "functional_addresses.yaml", _Functional)


def find_personal_data(text: str) -> list[PersonalDatum]:
    """What identifies a private person, in order, without overlaps."""
    found: list[PersonalDatum] = []
    digits = len(_DIGIT.findall(text)) >= FEWEST_DIGITS
    numbers, phones = (_numbers(text), _phones(text)) if digits else ((), ())
    emails = _emails(text) if _AT.search(text) else ()
    for datum in sorted([*numbers, *emails, *phones], key=lambda item: item.start):
        if not found or datum.start >= found[-1].end:
            found.append(datum)
    return found


@lru_cache(maxsize=8192)
def mask(text: str) -> str:
    """The text with each finding replaced by what it is, in brackets."""
    parts, position = [], 0
    for datum in find_personal_data(text):
        parts += [text[position : datum.start], MASKS[datum.kind]]
        position = datum.end
    return "".join([*parts, text[position:]])


def is_personal_number(digits: str) -> bool:
    """True for ten digits (YYMMDDNNNC) whose date exists and whose last is the check digit of the others."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        date(2000 + year if year else 2000, month, day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return False
    return check_digit(digits[:9]) == int(digits[9])


def check_digit(digits: str) -> int:
    """The Luhn digit (modulus 10, ISO/IEC 7812-1) that makes `digits` complete."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return -sum(value - 9 if value > 9 else value for value in doubled) % 10


def _numbers(text: str) -> Iterator[PersonalDatum]:
    for match in _NUMBER.finditer(text):
        blank_only = match["mark"] is not None and match["mark"].isspace()
        if blank_only and not _SAID.search(text[max(0, match.start() - 30) : match.start()]):
            continue
        if is_personal_number((match["long"] or match["short"]) + match["last"]):
            yield PersonalDatum(match.start(), match.end(), "personnummer")


def _phones(text: str) -> Iterator[PersonalDatum]:
    for match in _PHONE.finditer(text):
        if not _CASE.search(text[max(0, match.start() - 40) : match.start()]):
            yield PersonalDatum(match.start(), match.end(), "telefon")
    for match in _LOCAL.finditer(text):
        yield PersonalDatum(match.start("number"), match.end("number"), "telefon")


def _emails(text: str) -> Iterator[PersonalDatum]:
    for match in _EMAIL.finditer(text):
        box, domain = match["box"].lower(), match["domain"].lower()
        public = any(domain == known or domain.endswith("." + known) for known in _functional().domains)
        personal_box = "." in box and not any(box.startswith(known) for known in _functional().boxes)
        if personal_box or not (public or any(box.startswith(known) for known in _functional().boxes)):
            yield PersonalDatum(match.start(), match.end(), "e-post")
