"""Names that no list has, by the words around them and by their form. Meant for precision: a doubtful one is left."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import base_form, is_known
from models.registry import Label, read_entries
from models.sentences import sentences

CAPITALISED = r"[A-ZÅÄÖÉÜ][\wåäöéüÅÄÖ]*(?:[-:'’][\wåäöéüÅÄÖ]+)*"
_NAME = rf"{CAPITALISED}(?:\s(?:(?:i|och|för|av|på|till|den|det)\s)?{CAPITALISED}){{0,5}}"
_QUOTED = r"[\"”“»’][^\"”“»«’]{2,60}[\"”“«’]"
_CAPITAL_WORD = re.compile(rf"(?<![\w-]){CAPITALISED}(?![\w-])")
_TWO_NAMES = re.compile(rf"(?<![\w-])({CAPITALISED})((?:\s{CAPITALISED}){{1,2}})(?![\w-])")
_LAW_NUMBER = re.compile(
    r"\b(?:lag|lagen|förordning|förordningen) \((?:SFS )?\d{4}:\d+\)"
    r"(?: (?:om|med|mot) (?:(?!som\b|ska\b|är\b|har\b|gäller\b|samt\b|trädde\b|där\b)[a-zåäö-]+ ){0,9}"
    r"(?!som\b|ska\b|är\b|har\b|gäller\b|samt\b|trädde\b|där\b)[a-zåäö-]+)?"
)
_LAW_TITLE = re.compile(
    r"\b[Ll]agen om (?!att\b|den\b|det\b|detta\b|en\b|ett\b)[a-zåäö-]{4,}"
    r"(?: (?:och|av) (?!att\b|de[nt]?\b)[a-zåäö-]{4,})*"
    r"|\b(?:SFS|SOSFS|AFS|HSLF-FS|SKOLFS|MSBFS):?\s\d{4}:\d+"
)
_SMALL_WORD = re.compile(r"(?<![\w-])[a-zåäö]+(?![\w-])")
_PARENTHESIS = re.compile(r"\s\(([A-ZÅÄÖ][A-ZÅÄÖa-zåäö-]{1,7})\)")
_LAST_PART = re.compile(r"\w-([a-zåäö]+)$")
_WORD = re.compile(r"[\wåäöÅÄÖ-]+")
_LONGEST_LONG_FORM = 9


class _Cues(Table):
    person_titles: tuple[str, ...]
    surname_endings: tuple[str, ...]
    program_heads: tuple[str, ...]
    program_endings: tuple[str, ...]
    program_endings_any_case: tuple[str, ...]
    not_programs: tuple[str, ...]
    law_endings: tuple[str, ...]
    not_laws: tuple[str, ...]
    not_law_endings: tuple[str, ...]
    doubtful_law_endings: tuple[str, ...]
    one_word_laws: tuple[str, ...]
    unit_heads: tuple[str, ...]
    heads_inside: tuple[str, ...]
    unit_tail_endings: tuple[str, ...]
    unit_tails: tuple[str, ...]
    organisation_endings: tuple[str, ...]
    not_organisations: tuple[str, ...]
    not_organisation_endings: tuple[str, ...]
    place_tails: tuple[str, ...]
    place_endings: tuple[str, ...]
    long_form_organisations: tuple[str, ...]
    long_form_programs: tuple[str, ...]
    not_names: tuple[str, ...]
    not_last: tuple[str, ...]
    compound_heads: tuple[str, ...]


class _Names(Table):
    first: tuple[str, ...]
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that looks like a name; offsets are code points, half-open."""

    start: int
    end: int
    label: Label


@cache
def _cues() -> _Cues:
    return read_table(DATA / "entity_cues.yaml", _Cues)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(read_table(DATA / "person_names.yaml", _Names).first)


@cache
def _last_names() -> frozenset[str]:
    return frozenset(read_table(DATA / "person_names.yaml", _Names).last)


@cache
def _places() -> frozenset[str]:
    """Districts, neighbourhoods and municipalities whose name is one word."""
    entries = [
        entry for file in ("districts", "places", "municipalities") for entry in read_entries(DATA / f"{file}.yaml")
    ]
    return frozenset(name for entry in entries for name in (entry.name, *entry.members) if name.isalpha())


def find_candidates(text: str) -> list[Candidate]:
    """Candidates in order; they may overlap."""
    starts = frozenset(start for start, _ in sentences(text))
    found = [
        *_laws(text),
        *_persons(text),
        *_after_heads(text),
        *_before_tails(text, starts),
        *_by_ending(text, starts),
    ]
    found += _explained_acronyms(text)
    return sorted(set(found), key=lambda candidate: (candidate.start, -candidate.end))


def _laws(text: str) -> Iterator[Candidate]:
    for pattern in (_LAW_NUMBER, _LAW_TITLE):
        yield from (Candidate(match.start(), match.end(), "LAW") for match in pattern.finditer(text))
    for match in re.finditer(r"(?<![\w-])[A-ZÅÄÖa-zåäö]+(?![\w-])", text):
        small = match[0].lower()
        others = _cues().not_law_endings + _cues().doubtful_law_endings
        if small.endswith(_cues().law_endings) and small not in _cues().not_laws and not small.endswith(others):
            yield Candidate(match.start(), match.end(), "LAW")


def _persons(text: str) -> Iterator[Candidate]:
    for match in _TWO_NAMES.finditer(text):
        words = match[0].split()
        for count in range(len(words), 1, -1):
            last = words[count - 1].removesuffix("s") if words[count - 1].endswith("ss") else words[count - 1]
            known_last = last in _last_names() or last.endswith(_cues().surname_endings) or last[:-1] in _last_names()
            before = text[: match.start()].rstrip(" :\t\n").lower()
            titled = before.endswith(_cues().person_titles)
            alone = text.strip(" .\n") == match[0]
            if words[0] in _first_names() and (known_last or titled or alone):
                yield Candidate(match.start(), match.start() + len(" ".join(words[:count])), "PER")
                break


@cache
def _heads() -> re.Pattern[str]:
    def words(items: tuple[str, ...]) -> str:
        return "|".join(sorted((f"[{item[0].upper()}{item[0]}]{item[1:]}" for item in items), key=len, reverse=True))

    programs, units = words(_cues().program_heads), words(_cues().unit_heads)
    return re.compile(rf"(?<![\w-])(?:(?P<program>{programs})|(?P<unit>{units}))\s(?P<name>{_QUOTED}|{_NAME})")


@cache
def _outside() -> frozenset[str]:
    return frozenset(_cues().program_heads + _cues().unit_heads) - frozenset(_cues().heads_inside)


def is_name(text: str) -> bool:
    """False for words such as `nämnden`, whatever their case and genitive, for `äldreboende` alone, and for no word."""
    word = text.lower()
    cues = _cues()
    if text.islower() and word in cues.unit_tails + cues.place_tails + cues.unit_tail_endings:
        return False
    return not {word, word.removesuffix("s"), word.removesuffix(":s")} & {"", *cues.not_names, *cues.not_last}


def may_be_law(text: str) -> bool:
    """False for one word in small letters that is none: `förfrågningsunderlagen`."""
    word = text.removesuffix("s")
    if " " in text or not text.islower():
        return True
    cues = _cues()
    return word.endswith(cues.one_word_laws) and word not in cues.not_laws and not word.endswith(cues.not_law_endings)


def may_be_event(text: str, *, first: bool) -> bool:
    """False for an everyday word alone that is in small letters or begins a sentence (`first`): `Sommarens`."""
    return not (is_known(text.lower()) and (first or text.islower()))


def is_compound(text: str) -> bool:
    """True for `Agenda 2030-mål`: a hyphen and a last part that is none of a name's."""
    last = _LAST_PART.search(text)
    return last is not None and last[1] not in _cues().compound_heads


def without_tail(text: str, start: int, end: int) -> int:
    """Where the name in text[start:end] ends: before words such as `för` and `sitt`."""
    while (blank := text.rfind(" ", start, end)) > start and text[blank + 1 : end] in _cues().not_last:
        end = blank
    return end


def without_head(text: str, start: int, end: int) -> int:
    """Where the name begins in text[start:end]: after `projektet`, `parkleken` or the like, and a quotation mark."""
    head, blank, name = text[start:end].partition(" ")
    if not (blank and name.strip() and head.lower() in _outside()):
        return start
    begin = start + len(head) + len(blank)
    return begin + 1 if text[begin] in '"”“»’' and end - begin > 1 else begin


def _after_heads(text: str) -> Iterator[Candidate]:
    """`projektet X`, `förskolan X`: the name only."""
    for match in _heads().finditer(text):
        start, end = match.span("name")
        if not text[start].isalnum():
            start, end = start + 1, end - 1
        elif match["program"] and " " not in match["name"] and is_known(match["name"].lower()):
            continue
        elif match["unit"] and match["unit"].lower() in _cues().heads_inside:
            start = match.start()
        yield Candidate(start, end, "PROGRAM" if match["program"] else "ORG")


@cache
def _tails() -> re.Pattern[str]:
    endings = "|".join(_cues().unit_tail_endings)
    units = "|".join([*_cues().unit_tails, rf"[a-zåäö]*(?:{endings})", "AB"])
    places = "|".join(_cues().place_tails)
    return re.compile(
        rf"(?<![\w-])(?P<name>{CAPITALISED}(?:\s{CAPITALISED}){{0,2}})\s(?:(?P<unit>{units})|(?P<place>{places}))s?(?![\w-])"
    )


def _before_tails(text: str, starts: frozenset[int]) -> Iterator[Candidate]:
    """`X förskola`, `X torg`: name and tail, unless the name is an everyday word that begins a sentence."""
    for match in _tails().finditer(text):
        start, words = match.start(), match["name"].split()
        if start in starts and len(words) > 1 and _everyday(words[0]) and words[0] not in _places():
            start, words = start + len(words[0]) + 1, words[1:]
        everyday = _everyday(words[0]) if start in starts else is_known(words[0].lower())
        if not everyday or {words[0], words[0].removesuffix("s")} & _places():
            yield Candidate(start, match.end(), "ORG" if match["unit"] else "LOC")


def _by_ending(text: str, starts: frozenset[int]) -> Iterator[Candidate]:
    """`Storskogsparken`, `Bornholmsmodellen`, `Energimyndigheten`."""
    cues = _cues()
    for match in _CAPITAL_WORD.finditer(text):
        word = match[0].lower().removesuffix("s") if match[0].endswith("ns") else match[0].lower()
        if match.start() in starts and _everyday(word):
            continue
        if word in cues.program_endings + cues.organisation_endings + cues.place_endings + cues.not_programs:
            continue
        if word.endswith(cues.program_endings):
            yield Candidate(match.start(), match.end(), "PROGRAM")
        elif (
            word.endswith(cues.organisation_endings)
            and match.start() not in starts
            and not word.endswith(cues.not_organisation_endings)
            and word not in cues.not_organisations
        ):
            yield Candidate(match.start(), match.end(), "ORG")
        elif word.endswith(cues.place_endings) and not is_known(word):
            yield Candidate(match.start(), match.end(), "LOC")
    for match in _SMALL_WORD.finditer(text):
        if match[0].endswith(cues.program_endings_any_case) and match[0] not in cues.not_programs:
            yield Candidate(match.start(), match.end(), "PROGRAM")


def _everyday(word: str) -> bool:
    """True for a word, or a compound of words, that the dictionary knows with a small letter."""
    small = word.lower()
    return is_known(small) or bool(compound_parts(small))


def _explained_acronyms(text: str) -> Iterator[Candidate]:
    """`Långt namn (LN)`: both, when the capitals are the words' first letters and the last word says what it is."""
    for match in _PARENTHESIS.finditer(text):
        acronym = "".join(filter(str.isupper, match[1]))
        words = list(_WORD.finditer(text, 0, match.start()))[-_LONGEST_LONG_FORM:]
        for count in range(len(words), 1, -1):
            long_form = words[-count:]
            if len(acronym) > 1 and _initials(long_form, acronym):
                last = base_form(long_form[-1][0].lower())
                label = _long_form_label(long_form[-1][0].lower(), last)
                if label:
                    yield Candidate(long_form[0].start(), long_form[-1].end(), label)
                    yield Candidate(match.start(1), match.end(1), label)
                break


def _initials(words: list[re.Match[str]], acronym: str) -> bool:
    small = [word[0] for word in words if word[0].lower() not in ("och", "i", "för", "av", "om", "med", "på", "till")]
    first = words[0][0][0].upper() == acronym[0]
    return first and "".join(word[0].upper() for word in small) == acronym


def _long_form_label(word: str, base: str) -> Label | None:
    if word.endswith(_cues().long_form_organisations):
        return "ORG"
    if base.endswith(_cues().long_form_programs):
        return "PROGRAM"
    return None
