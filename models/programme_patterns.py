"""Stretches of running text that look like the name of a programme, method, project or plan, and why they do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.sentences import sentences

Evidence = Literal[
    "explained",
    "head",
    "weak head",
    "small head",
    "quoted",
    "small quoted",
    "tail",
    "ending",
    "document",
    "title",
    "english title",
    "list",
    "city",
    "strong cue",
    "cue",
    "acronym",
    "unknown",
]

LONGEST = 9
"""Words of a name."""
LONG_WORD = 7
"""Letters from which one small word may be a name after a word that says so."""
_CAPITAL = r"[A-ZÅÄÖÉ][\wåäöéÅÄÖ]*(?:[-:'’/&+][\wåäöéÅÄÖ]+)*\+?"
_WORD = re.compile(r"[\wåäöéÅÄÖ]+(?:[-:'’/&+][\wåäöéÅÄÖ]+)*\+?")
_GAP = re.compile(r"\s{1,2}|\s?-\s?|\s?–\s?")
_QUOTED = re.compile(r"[\"”“»](?P<name>[A-Za-zÅÄÖåäö0-9][^\"”“»«\n.!?]{2,90})[\"”“«]")
_BRACKETS = re.compile(r"\s\(\s?(?P<inside>[^()]{2,90}?)\s?\)")
_ACRONYM = re.compile(
    r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]?(?:[A-ZÅÄÖ0-9]|-[A-ZÅÄÖ]|[a-zåäö](?=[A-ZÅÄÖ]))*[A-ZÅÄÖ0-9](?:-mini)?|[A-ZÅÄÖ]{1,4}-[a-zåäö]{3,6}"
)


class Cues(Table):
    """`programme_cues.yaml`."""

    heads: tuple[str, ...]
    small_heads: tuple[str, ...]
    city_documents: tuple[str, ...]
    audiences: tuple[str, ...]
    list_nouns: tuple[str, ...]
    list_leads: tuple[str, ...]
    not_city_compounds: tuple[str, ...]
    weak_heads: tuple[str, ...]
    tails: tuple[str, ...]
    endings: tuple[str, ...]
    endings_any_case: tuple[str, ...]
    documents: tuple[str, ...]
    not_before_documents: tuple[str, ...]
    before_documents: tuple[str, ...]
    cues: tuple[str, ...]
    strong_cues: tuple[str, ...]
    ends_name: tuple[str, ...]
    joins_name: tuple[str, ...]
    verb_endings: tuple[str, ...]
    sentence_words: tuple[str, ...]
    program_heads: tuple[str, ...]
    not_first: tuple[str, ...]
    not_acronyms: tuple[str, ...]
    not_long_forms: tuple[str, ...]
    generic: tuple[str, ...]
    not_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch that looks like a programme's name; offsets are code points, half-open."""

    start: int
    end: int
    text: str
    evidence: Evidence
    long_form: str | None = None
    """What the acronym `text` stands for, when the text says so right here."""


@cache
def cues() -> Cues:
    """The words that the patterns go by."""
    return read_table(DATA / "programme_cues.yaml", Cues)


def sightings(text: str) -> list[Sighting]:
    """Everything in the text that looks like a programme's name, in order; stretches may overlap."""
    starts = frozenset(start for start, _ in sentences(text))
    found = [
        *_explained(text),
        *_explained_by_comma(text),
        *_after_small_heads(text),
        *_of_the_city(text),
        *_for_audiences(text),
        *_listed(text),
        *_city_compounds(text),
        *_after_heads(text),
        *_quoted(text),
        *_before_tails(text),
        *_by_ending(text, starts),
        *_documents(text),
        *_titles(text, starts),
    ]
    return sorted(set(found), key=lambda one: (one.start, -one.end, one.evidence))


def _explained(text: str) -> Iterator[Sighting]:
    """`Social insatsgrupp (SIG)` and `SIG (social insatsgrupp)`."""
    for match in _BRACKETS.finditer(text):
        inside = match["inside"]
        if _ACRONYM.fullmatch(inside):
            found = long_form(inside, _words_before(text, match.start()))
            if found is not None:
                start, end = found
                yield Sighting(match.start("inside"), match.end("inside"), inside, "explained", text[start:end])
                yield Sighting(start, end, text[start:end], "explained")
            continue
        before = re.search(rf"(?P<acronym>{_ACRONYM.pattern})\Z", text[: match.start()])
        if before is None:
            continue
        offset = match.start("inside")
        words = [(w.start() + offset, w.end() + offset, w[0]) for w in _WORD.finditer(inside)]
        found = long_form(before["acronym"], words)
        if found is not None and found[0] == words[0][0]:
            start, end = found
            yield Sighting(before.start(), before.end(), before["acronym"], "explained", text[start:end])
            yield Sighting(start, end, text[start:end], "explained")


def _words_before(text: str, end: int) -> list[tuple[int, int, str]]:
    """(start, end, word) of the words right before a place."""
    return [(word.start(), word.end(), word[0]) for word in _WORD.finditer(text, max(0, end - 120), end)]


def long_form(acronym: str, words: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """(start, end) of the last words that the acronym's letters stand for.

    Each letter must be found, from the last backwards, in the words, the first at the beginning of a word, as in
    Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions", PSB 2003. Every content word must
    lend a letter.
    """
    letters = [letter.lower() for letter in acronym if letter.isalpha()]
    if acronym.endswith("mini"):
        letters = [letter.lower() for letter in acronym[:-4] if letter.isalpha()] + ["m"]
    most = min(len(letters) + 5, 2 * len(letters) + 1)
    for count in range(1, min(len(words), most, LONGEST) + 1):
        chosen = words[-count:]
        if _spells(letters, [word.lower() for _, _, word in chosen]):
            if len(chosen) == 1 and len(compound_parts(chosen[0][2].lower())) < 2:
                continue
            return chosen[0][0], chosen[-1][1]
    return None


def _spells(letters: list[str], words: list[str]) -> bool:
    """True when the letters are initials of all the words (small words may be skipped), or of a word's parts."""
    initials: list[tuple[str, bool]] = []
    for word in words:
        parts = [part for piece in word.split("-") for part in (compound_parts(piece) or (piece,))]
        small = word in cues().joins_name or word in ("samt", "eller", "som")
        initials += [(part[:1], small or place > 0) for place, part in enumerate(parts)]
    if not initials or initials[0][0] != letters[0]:
        return False

    def fits(letter: int, place: int) -> bool:
        if letter == len(letters):
            return all(optional for _, optional in initials[place:])
        return any(
            initials[there][0] == letters[letter] and fits(letter + 1, there + 1)
            for there in range(place, len(initials))
            if all(optional for _, optional in initials[place:there])
        )

    return fits(0, 0)


def _explained_by_comma(text: str) -> Iterator[Sighting]:
    """`stärkt tidigt stöd i samverkan, STIS, …`."""
    for match in re.finditer(
        r"(?<=[a-zåäö]),\s(?P<acronym>[A-ZÅÄÖ]{3,7}(?:-[A-ZÅÄÖ])?|[A-Z]-[A-ZÅÄÖ]{2,4})(?=[,.;)]|\s(?:som|har|är)\b)",
        text,
    ):
        found = long_form(match["acronym"], _words_before(text, match.start()))
        if found is not None:
            yield Sighting(*match.span("acronym"), match["acronym"], "explained", text[found[0] : found[1]])
            yield Sighting(*found, text[found[0] : found[1]], "explained")


@cache
def _small_heads() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_either(cues().small_heads, capital=True)})\s+(?=[a-zåäö])")


def _after_small_heads(text: str) -> Iterator[Sighting]:
    """`programmet äldrevänlig stad`, `satsningen på digital språkmentor`: names in small letters."""
    for match in _small_heads().finditer(text):
        span = small_extent(text, match.end())
        if span is not None:
            yield Sighting(*span, text[span[0] : span[1]], "small head")


def small_extent(text: str, start: int) -> tuple[int, int] | None:
    """A name in small letters: up to four words, none a verb or a small word, that go on to the end of the phrase."""
    end, words = start, 0
    for match in _WORD.finditer(text, start):
        if text[end : match.start()].strip(" ") not in ("", "-") or match[0].lower() in (
            *cues().ends_name,
            *cues().joins_name,
        ):
            break
        if not match[0].islower() or _predicate(match[0]):
            break
        end, words = match.end(), words + 1
    return (start, end) if 2 <= words <= 4 or (words == 1 and end - start >= LONG_WORD) else None


def _predicate(word: str) -> bool:
    return _verb(word) or word.endswith(("igt", "ligen", "vis"))


@cache
def _city_documents() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:[Ss]tadens|Stockholms stads)\s+(?:nya\s+|lokala\s+)?"
        rf"(?P<name>[a-zåäö-]{{3,}}(?:{_either(cues().city_documents)}))(?![\w-])"
    )


def _of_the_city(text: str) -> Iterator[Sighting]:
    """`stadens kvalitetsprogram`."""
    for match in _city_documents().finditer(text):
        if match["name"] not in cues().generic:
            yield Sighting(*match.span("name"), match["name"], "document")


@cache
def _lists() -> re.Pattern[str]:
    nouns, leads = _either(cues().list_nouns), _either(cues().list_leads)
    name = rf"{_CAPITAL}(?:\s(?!och\b|samt\b|eller\b)[\wåäö]+){{0,3}}?"
    return re.compile(
        rf"(?<![\w-])(?:[a-zåäö]*(?:{nouns})),?\s+(?:{leads})\s+"
        rf"(?P<names>{name}(?:,\s{name})*(?:\s(?:och|samt|eller)\s{name})?)(?=[.,;)\n]|\s(?:{_either(cues().ends_name)})\b|\Z)"
    )


def _listed(text: str) -> Iterator[Sighting]:
    """`föräldragrupper så som ABC och KOMET`."""
    for match in _lists().finditer(text):
        offset = match.start("names")
        for name in re.finditer(r"(?:(?!,\s|\s(?:och|samt|eller)\s).)+", match["names"]):
            words = name[0].removeprefix("och ").removeprefix("samt ").strip()
            start = offset + name.start() + name[0].find(words)
            if words and words[0].isupper():
                yield Sighting(start, start + len(words), words, "list")


def _city_compounds(text: str) -> Iterator[Sighting]:
    """`stockholmsjobb`, `Stockholmsmentor`: named after the city."""
    for match in re.finditer(r"(?<![\w-])[Ss]tockholms(?!k|bo)[a-zåäö]{3,}(?![\w-])", text):
        if not match[0].lower().endswith(cues().not_city_compounds):
            yield Sighting(*match.span(), match[0], "city")


@cache
def _audiences() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])[A-ZÅÄÖ]{{3,6}}[ -](?:{_either(cues().audiences)})(?![\w-])")


def _for_audiences(text: str) -> Iterator[Sighting]:
    """`SIG-anhörig`, `SIG unga`: a branch of a programme with an acronym."""
    for match in _audiences().finditer(text):
        yield Sighting(*match.span(), match[0], "tail")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<head>{_either(cues().heads, capital=True)})\s+(?=[\"”“»]?[A-ZÅÄÖ])")


def _after_heads(text: str) -> Iterator[Sighting]:
    """`projektet X`."""
    for match in _heads().finditer(text):
        quoted = _QUOTED.match(text, match.end())
        span = quoted.span("name") if quoted else extent(text, match.end())
        if span is None:
            continue
        name = text[span[0] : span[1]]
        genitive = re.match(rf"(?P<name>{_CAPITAL})s\s(?=[a-zåäö])", name)
        if genitive is not None:
            span, name = (span[0], span[0] + len(genitive["name"])), genitive["name"]
        weak = match["head"].lower() in cues().weak_heads
        yield Sighting(*span, name, "weak head" if weak and not quoted else "head")


def _quoted(text: str) -> Iterator[Sighting]:
    """`”Hållbar förskola”`: a title, no sentence."""
    for match in _QUOTED.finditer(text):
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
            elif len(words) <= 4 and words[0] not in cues().ends_name:
                yield Sighting(start, start + len(name), name, "small quoted")


def _before_tails(text: str) -> Iterator[Sighting]:
    """`SAMS-modellen`, `BUS samverkan` (acronyms only without the hyphen)."""
    for match in re.finditer(
        rf"(?<![\w-])(?P<name>{_CAPITAL})(?P<gap>\s?[-–]\s?|\s)(?P<tail>[a-zåäö]+)(?![\w-])", text
    ):
        name, tail = match["name"], match["tail"]
        hyphen = match["gap"].strip() != ""
        if tail not in cues().tails:
            continue
        unusual = name.isupper() or not is_known(name.lower())
        if (hyphen and unusual and len(name) > 1) or (
            name.isupper() and len(name) > 2 and tail.endswith(("modellen", "metoden", "samverkan"))
        ):
            yield Sighting(match.start("name"), match.end("name"), name, "tail")
    for match in re.finditer(rf"(?<![\w-])(?P<name>{_CAPITAL}-[a-zåäö]+)(?![\w-])", text):
        head, _, tail = match["name"].rpartition("-")
        if tail in cues().tails and len(head) > 1 and (head.isupper() or not is_known(head.lower())):
            yield Sighting(match.start("name"), match.start("name") + len(head), head, "tail")


def _by_ending(text: str, starts: frozenset[int]) -> Iterator[Sighting]:
    """`Integrationspakten`, `Bornholmsmodellen`, `6-16-gruppen`."""
    for match in re.finditer(r"(?<![\w-])\d{1,2}-\d{1,2}[- ]gruppen(?!\w)", text):
        yield Sighting(*match.span(), match[0], "ending")
    for match in _WORD.finditer(text):
        word = match[0]
        small = word.lower()
        if (small.endswith(cues().endings_any_case) and small not in cues().endings_any_case[:2]) or (
            word[0].isupper()
            and small.endswith(cues().endings)
            and small not in cues().endings
            and not (match.start() in starts and _everyday(word))
        ):
            yield Sighting(match.start(), match.end(), word, "ending")


@cache
def _document() -> re.Pattern[str]:
    before = _either(cues().before_documents, capital=True)
    kinds = _either(cues().documents, capital=True)
    return re.compile(
        rf"(?<![\w-])(?P<before>(?:{before})\s+)?(?P<kind>{kinds})\s+(?:för|mot)\s+(?!att\b|de[nt]?\b|dessa\b|detta\b|varje\b|alla\b|[åÅ]r\b|20\d\d|sina?\b)"
    )


def _documents(text: str) -> Iterator[Sighting]:
    """`handlingsplanen för klimatanpassning vid skyfall`: a steering document with a name of its own."""
    for match in _document().finditer(text):
        kind = match["kind"]
        lead = _WORD.findall(text[max(0, match.start() - 40) : match.start()])
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
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<cue>{_either(cues().cues)})\s+\Z", re.IGNORECASE)


def _titles(text: str, starts: frozenset[int]) -> Iterator[Sighting]:
    """Capitals inside a sentence on everyday words, `Rätt stöd i rätt tid`, and names after words like `enligt`."""
    taken = 0
    for match in re.finditer(rf"(?<![\w\-”\"“/.]){_CAPITAL}", text):
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
        elif several and _everyday(words[0]):
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
        elif not several and not _everyday(name) and len(name) > 2:
            yield Sighting(*span, name, "acronym" if name.isupper() else "unknown")


def extent(text: str, start: int, *, small: bool = False) -> tuple[int, int] | None:
    """From where a name begins to where it ends: capitalised words and the small words that go on with it.

    `small` takes a name that begins in small letters. A verb, a point or a word such as `som` ends it.
    """
    end = last = start
    joint = False
    for count, match in enumerate(_WORD.finditer(text, start)):
        gap, last = text[last : match.start()], match.end()
        word, lower = match[0], match[0].lower()
        if count == 0 and match.start() != start:
            return None
        if count and (not _GAP.fullmatch(gap) or _ends(text[start:end], word, count, joint=joint, small=small)):
            break
        joint = bool(count) and (lower in cues().joins_name or (small and lower == "vid"))
        if joint and not _goes_on(text, match, small=small, capital=text[start].isupper() and count > 0):
            break
        if not joint:
            end = match.end()
        if count + 1 >= LONGEST or (count and word.isdigit()):
            break
    return (start, end) if end > start else None


def _ends(name: str, word: str, count: int, *, joint: bool, small: bool) -> bool:
    """True when a name of `count` words is complete before `word`."""
    lower = word.lower()
    if lower in cues().ends_name and not (small and lower == "vid"):
        return True
    if small and lower in ("i", "på", "till"):
        return True
    if not joint and _verb(word) and not (small and word.endswith(("ar", "er"))):
        return True
    if count == 1 and word.islower() and name[0].isupper() and name.endswith("s") and not _everyday(name):
        return True  # the genitive of a name: "Skolfams utbildning"
    return word[0].isdigit() and not re.fullmatch(r"20\d\d|2\.0", word)


def _goes_on(text: str, joint: re.Match[str], *, small: bool, capital: bool) -> bool:
    """True when what follows a small word like `för` may still be of the name."""
    following = _WORD.match(text, joint.end() + 1)
    if following is None:
        return False
    lower = following[0].lower()
    if lower in cues().ends_name or lower in ("en", "ett", "att"):
        return False
    new_name = following[0][0].isupper() and capital and not small
    return not (new_name and joint[0].lower() in ("och", "i", "på", "till", "med", "av"))


def _verb(word: str) -> bool:
    """True for a small word that by its ending is a verb rather than a part of a name."""
    return word.islower() and len(word) > 3 and word.endswith(cues().verb_endings)


def _inside_sentence(text: str, start: int) -> bool:
    """True when running text in small letters stands right before, so that a capital there marks a name."""
    before = text[max(0, start - 30) : start]
    return bool(re.search(r"[a-zåäö,)][ \n]\Z", before)) and not before.rstrip().endswith((":", ".", "!", "?"))


def _everyday(word: str) -> bool:
    small = word.lower()
    return is_known(small) or bool(compound_parts(small))


def _either(words: Iterable[str], *, capital: bool = False) -> str:
    """A pattern of any of the words, the longest first; with `capital` also with a capital first letter."""
    escaped = (re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return "|".join(f"[{word[0]}{word[0].upper()}]{word[1:]}" if capital else word for word in escaped)
