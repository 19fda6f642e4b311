"""The names that a question about mentions asks for, and the names that stand in any question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from models.dictionary import is_known
from models.registry import Entry, Registry
from models.variants import name_keys
from models.words import compound_parts, is_name, tokenize
from search.data_files import question_words
from search.letters import letters
from search.limits import either

_QUOTED = re.compile(r"[\"”“„»«]([^\"”“„»«]{1,200})[\"”“„»«]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_PLACE = re.compile(r"\s(?:i|på|in)\s[A-ZÅÄÖ]")
_HOLE = re.compile(r"\x01(\d+)\x02 *")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that a question asks for."""

    text: str
    """As written."""
    name: str | None
    """Canonical name in the registry; None when it is in none."""
    capital: bool = False
    """True when only spellings with a capital are the name, since it is an everyday word too."""


@dataclass(frozen=True, slots=True)
class AskedNames:
    """The names of a question about mentions."""

    wanted: tuple[Asked, ...]
    unwanted: tuple[Asked, ...]
    all_names: bool
    """True for "både X och Y"."""
    looks_like_names: bool
    """False where it may be an ordinary phrase."""
    denied: bool = False
    """True when it asks who mentions none of them ("nämner inte X", "nämner varken X eller Y")."""


def proper_names(text: str, registry: Registry) -> tuple[Asked, ...]:
    """The names in a Swedish question: known ones, and other words with a capital that begin no sentence."""
    known = [mention for mention in registry.match(text) if not mention.compound and mention.text[:1].isupper()]
    found = [Asked(mention.text, mention.name) for mention in known]
    for token in tokenize(text)[1:]:
        inside = any(mention.start <= token.start < mention.end for mention in known)
        begins = text[: token.start].rstrip().endswith((".", "!", "?", ":"))
        if not inside and not begins and len(token.text) > 1 and is_name(token.text):
            found.append(Asked(token.text, None))
    return tuple(dict.fromkeys(found))


def take_quoted(text: str) -> tuple[str, tuple[str, ...]]:
    """Put a mark in place of each quoted name, as long as it, so that nothing in it is read as anything else."""
    quoted: list[str] = []

    def hole(match: re.Match[str]) -> str:
        mark = f"\x01{len(quoted)}\x02"
        if len(mark) > len(match[0]):
            return match[0]
        quoted.append(match[1].strip())
        return mark.ljust(len(match[0]))

    return _QUOTED.sub(hole, text), tuple(quoted)


def take_dated(text: str, quoted: tuple[str, ...], registry: Callable[[], Registry]) -> tuple[str, tuple[str, ...]]:
    """Known names with a year or a place in them are treated as quoted, so that "Agenda 2030" limits nothing to 2030
    and "Läslust i Farsta" nothing to Farsta."""
    if _YEAR.search(text) is None and _IN_PLACE.search(text) is None:
        return text, quoted
    taken = list(quoted)
    for mention in registry().match(text):
        if _YEAR.search(mention.text) or (mention.label == "PROGRAM" and _IN_PLACE.search(mention.text)):
            mark = f"\x01{len(taken)}\x02".ljust(mention.end - mention.start)
            text = f"{text[: mention.start]}{mark}{text[mention.end :]}"
            taken.append(mention.text)
    return text, tuple(taken)


def fill(text: str, quoted: Sequence[str]) -> str:
    """Put the quoted names back, without their quotation marks."""
    return re.sub(r"\s+", " ", _HOLE.sub(lambda match: quoted[int(match[1])] + " ", text)).strip()


def mention_question(body: str) -> tuple[str, bool] | None:
    """The words that hold the names of a question about mentions, and whether its verb asks for just that."""
    for pattern, strong in _mention_patterns():
        match = pattern.match(body)
        if match is not None:
            names = (match["names"] + (match.groupdict().get("denied") or "")).strip(" ?!.,;:")
            if names:
                return names, strong
    return None


@cache
def _mention_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    words = question_words()
    opening = rf"(?:(?:{either(words.openings)})\s+)*"
    filler = rf"(?:\s+(?:{either(words.fillers)}))*"
    joint = rf"\s*(?:,|{either(words.conjunctions_or)})\s+"
    subject = rf"(?:{either(words.subjects)})(?:{joint}(?:{either(words.subjects)}))*"
    verbs, passives = either(words.mention_verbs), either(words.mention_passives)
    anyone = rf"(?:{either(words.anyone)})"
    nouns, names = either(words.mention_nouns), r"\s+(?P<names>.+)"
    last_verb = rf"\s+(?P<names>.+?)\s+(?:ever\s+)?(?:{either(words.mention_verbs_last)})\b.*"
    given = (
        (rf"{opening}{subject}{filler}\s+(?:{verbs}){names}", True),
        (rf"{opening}{subject}{filler}\s+(?P<names>(?:{either(words.denials)})\s+)(?:{verbs})\s+(?P<denied>.+)", True),
        (rf"(?:{either(words.has_words)})\s+{anyone}{filler}\s+(?:{verbs}){names}", True),
        (rf"(?:{verbs})\s+{anyone}{names}", True),
        (rf"(?:finns det|is there|are there)\s+{anyone}{filler}\s+(?:{verbs}){names}", True),
        (rf"{opening}{subject}{filler}\s+(?:{passives}){names}(?:\s+(?:mentioned|nämnt|nämnda|omnämnda))", True),
        (rf"{opening}{subject}{filler}\s+(?:tas|togs|dyker|dök)\s+(?P<names>.+?)\s+upp\b.*", True),
        (rf"{opening}{subject}{filler}\s+(?:nämns|omnämns|förekommer|tas|nämndes){names}", True),
        (rf"{opening}(?:{subject}{filler}|{either(words.where_words)})\s+(?:do|does|did){last_verb}", True),
        (rf"(?:do|does|did){last_verb}", True),
        (rf"{opening}(?:{either(words.where_words)})\s+(?:{passives}){names}", True),
        (rf"{opening}(?:nämns|omnämns|nämndes|förekommer|står det något om|står det om){names}", True),
        (r"(?:is|are|was|were)" + names + r"\s+(?:ever\s+)?mentioned\b.*", True),
        (r"(?:is|are) there any mentions? of" + names, True),
        (r"finns" + names + r"\s+(?:nämnt|nämnd|nämnda|omnämnt|omnämnd|omnämnda)\b.*", True),
        (r"finns" + names + r"\s+med(?:\s+(?:i|på|någonstans)\b.*)?", True),
        (r"(?P<names>.+?)\s+(?:nämns|omnämns|förekommer)\s+i\s+vilk.*", True),
        (rf"{opening}(?:(?:alla|all|antal(?:et)?|hur många|how many|the)\s+)?(?:{nouns}){names}", True),
        (rf"{opening}{subject}{filler}\s+(?:{either(words.name_verbs)}){names}", False),
        (rf"{opening}i vilka\s+\w+\s+finns{names}", False),
        (r"(?:finns|används)" + names, False),
    )  # fmt: skip
    return tuple((re.compile(rf"{pattern}\Z", re.IGNORECASE | re.DOTALL), strong) for pattern, strong in given)


def asked_names(text: str, quoted: Sequence[str], registry: Callable[[], Registry]) -> AskedNames | None:
    """The names in the part of a question that holds them; None when there is none."""
    words = question_words()
    text = strip_endings(text)
    denial = re.match(rf"(?:{either(words.denials)})\s+", text, re.IGNORECASE)
    if denial is not None:
        text = text[denial.end() :]
    text = re.sub(
        rf"(?:,\s*)?\b(?:{either(words.not_words)})\s+(?:{either(words.earlier)})\s*\Z", "", text, flags=re.IGNORECASE
    )
    parts = re.split(rf"(?:,\s*)?\b(?:{either(words.not_words)})\b", text, maxsplit=1, flags=re.IGNORECASE)
    every = re.match(rf"(?:{either(words.both)})\b", parts[0].strip(), re.IGNORECASE) is not None
    wanted = _split(parts[0], quoted, registry())
    unwanted = _split(parts[1], quoted, registry()) if len(parts) > 1 else ()
    if not wanted:
        return None
    likely = all(asked.name is not None or _is_name(asked.text) or asked.text in quoted for asked in wanted)
    return AskedNames(wanted, unwanted, every and len(wanted) > 1, likely, denied=denial is not None)


def _split(text: str, quoted: Sequence[str], registry: Registry) -> tuple[Asked, ...]:
    """Names between conjunctions; a known name that holds a conjunction stays whole."""
    known: list[str] = []

    def shelter(match: str) -> str:
        known.append(match)
        return f"\x03{len(known) - 1}\x04"

    sheltered, last = "", 0
    for mention in registry.match(text):
        if mention.start < last:
            continue
        sheltered += text[last : mention.start] + shelter(text[mention.start : mention.end])
        last = mention.end
    sheltered += text[last:]
    pieces = re.split(
        rf"\s*[,;/]\s*(?:(?:{either(question_words().conjunctions_or)})\s+)?"
        rf"|\s+(?:{either(question_words().conjunctions_or)})\s+",
        sheltered,
        flags=re.IGNORECASE,
    )
    found: list[Asked] = []
    for piece in pieces:
        raw = re.sub(r"\x03(\d+)\x04", lambda m: known[int(m[1])], piece)
        name = _strip_openings(strip_endings(fill(raw, quoted)))
        if not letters(name):
            continue
        asked = _asked(name, registry)
        if (asked.name or asked.text) not in {other.name or other.text for other in found}:
            found.append(asked)
    return tuple(found)


def _asked(name: str, registry: Registry) -> Asked:
    entry = registry.find(name)
    if entry is None:
        inside = [m for m in registry.match(name) if letters(m.text) == letters(name)]
        return Asked(name, inside[0].name if inside else None)
    if not _needs_capital(entry):
        return Asked(name, entry.name)
    # Who writes an everyday word in small letters asks for the word.
    return Asked(name, None) if name.islower() else Asked(name, entry.name, capital=True)


def _needs_capital(entry: Entry) -> bool:
    """Whether a name is a word of the language that is the name only with a capital."""
    keys = name_keys(entry.name, entry.case)
    small = entry.name.lower()
    return len(keys) == 1 and keys[0].startswith("^") and (is_known(small) or bool(compound_parts(small)))


def _strip_openings(text: str) -> str:
    pattern = re.compile(rf"(?:{either(question_words().name_openings)})\s+", re.IGNORECASE)
    text = text.strip(" ?!.,;:'’‘\"")
    while (match := pattern.match(text)) is not None and match.end() < len(text):
        text = text[match.end() :]
    return text


def strip_endings(text: str) -> str:
    """Without the words after a name that do not belong to it."""
    pattern = re.compile(rf"(?:^|\s+)(?:{either(question_words().name_endings)})\Z", re.IGNORECASE)
    text = text.strip(" ?!.,;:")
    while (match := pattern.search(text)) is not None and match.start() > 0:
        text = text[: match.start()].strip(" ?!.,;:")
    return text


def _is_name(text: str) -> bool:
    """A capital or a digit in it, as in "SIG unga", "Kvinnokraft" and "iPrim"."""
    return any(c.isupper() or c.isdigit() for c in text)
