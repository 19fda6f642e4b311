"""Understand a question: its language, what kind of answer it wants, the names and the filters in it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from models.registry import Registry
from models.synonyms import is_english
from models.words import is_name, tokenize
from search.data_files import filter_words, question_words
from search.letters import letters
from search.records import ReportRecord
from search.schema import Filters
from search.when import find_years

Kind = Literal["mentions", "passages", "goal_status", "indicator", "good_examples"]
Language = Literal["sv", "en"]
LONGEST = 2000
"""Characters of a question that are looked at."""

_QUOTED = re.compile(r"[\"”“„»«]([^\"”“„»«]{1,200})[\"”“„»«]")
_BLANKS = re.compile(r"\s+")
_HOLE = re.compile(r"\x01(\d+)\x02")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that a question asks for."""

    text: str
    """As written."""
    name: str | None
    """Canonical name in the registry; None when it is in none."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood."""

    text: str
    language: Language
    kind: Kind
    filters: Filters
    """Given filters with those found in the question."""
    names: tuple[Asked, ...] = ()
    without: tuple[Asked, ...] = ()
    """Names that must not be mentioned."""
    all_names: bool = False
    """True when every name must be mentioned ("både X och Y")."""
    certain: bool = True
    """False when the names may be an ordinary phrase: without a mention, passages answer better."""
    query: str = ""
    """What passages are looked for: the question without the filters that it names."""
    subject: str | None = None
    """What indicators, or good examples, are asked for."""
    figures: bool = False
    """True when a number, a date or an activity is asked for, so that a table row may answer."""


def understand(
    text: str, given: Filters, reports: Sequence[ReportRecord], registry: Callable[[], Registry]
) -> Question:
    """Understand a question about an archive that holds `reports`."""
    clean = _clean(text)
    language = language_of(clean)
    body, quoted = _take_dated(*_take_quoted(clean), registry)
    body, filters = _take_filters(body, given, reports)
    body = _BLANKS.sub(" ", body).strip(" ?!.,;:")
    parsed = _mention_question(body)
    if parsed is None:
        parsed, filters = _area_question(body, filters, reports)
    if parsed is not None:
        names_text, strong = parsed
        found = _names(names_text, quoted, registry)
        one_word = len(names_text.split()) == 1
        if found is not None and (strong or found.looks_like_names or one_word):
            return Question(
                clean,
                language,
                "mentions",
                filters,
                names=found.wanted,
                without=found.unwanted,
                all_names=found.all_names,
                certain=found.looks_like_names or (strong and len(names_text.split()) <= 3),
            )
    kind, rest = _table_question(body)
    if kind == "goal_status" and not filters.status:
        filters = filters.model_copy(update={"status": _statuses(body)})
    subject = _strip_endings(_fill(rest, quoted)) if kind == "indicator" else None
    if kind == "good_examples":
        subject = _topic(_fill(rest, quoted))
    if kind is None:
        body, filters = _take_subject(body, filters, reports)
    # The mark belongs to the question as the model reads it: thresholds are measured on whole questions.
    mark = "?" if clean.endswith("?") else ""
    query = _fill(body, quoted) + mark if len(body.split()) > 1 else clean
    return Question(
        clean, language, kind or "passages", filters, query=query, subject=subject or None, figures=_asks_figures(clean)
    )


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


def language_of(text: str) -> Language:
    """Swedish or English, by its words; Swedish when they tell nothing."""
    return "en" if is_english(text) else "sv"


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    return _BLANKS.sub(" ", printable).strip()


def _take_quoted(text: str) -> tuple[str, tuple[str, ...]]:
    """Put a mark in place of each quoted name, so that nothing in it is read as a filter or a conjunction."""
    quoted: list[str] = []

    def hole(match: re.Match[str]) -> str:
        quoted.append(match[1].strip())
        return f"\x01{len(quoted) - 1}\x02"

    return _QUOTED.sub(hole, text), tuple(quoted)


def _take_dated(text: str, quoted: tuple[str, ...], registry: Callable[[], Registry]) -> tuple[str, tuple[str, ...]]:
    """Known names with a year in them are treated as quoted, so that "Agenda 2030" limits nothing to 2030."""
    if _YEAR.search(text) is None:
        return text, quoted
    out, last, taken = "", 0, list(quoted)
    for mention in registry().match(text):
        if mention.start >= last and _YEAR.search(mention.text):
            out += f"{text[last : mention.start]}\x01{len(taken)}\x02"
            taken.append(mention.text)
            last = mention.end
    return out + text[last:], tuple(taken)


def _take_filters(text: str, given: Filters, reports: Sequence[ReportRecord]) -> tuple[str, Filters]:
    """Years, report types, districts and boards that the question limits itself to; given filters go before."""
    when = find_years(text)
    rest, types = _take_types(when.rest)
    rest, districts = _take_areas(rest, [r.district for r in reports if r.district])
    rest, boards = _take_areas(rest, [r.board for r in reports if r.board and not r.district])
    changes: dict[str, object] = {}
    if (when.years or when.from_year or when.to_year) and not (given.year or given.from_year or given.to_year):
        changes |= {"year": when.years, "from_year": when.from_year, "to_year": when.to_year}
    if types and not given.type:
        changes["type"] = types
    if districts and not given.district:
        changes["district"] = districts
    if boards and not given.board:
        changes["board"] = boards
    return rest, given.model_copy(update=changes)


def _take_types(text: str) -> tuple[str, tuple[str, ...]]:
    for name, pattern in _type_patterns():
        match = pattern.search(text)
        if match is not None:
            return f"{text[: match.start()]} {text[match.end() :]}", (name,)
    return text, ()


@cache
def _type_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lead = r"\b(?:i|ur|från|enligt|in|from|according to)\s+(?:(?:sin|sina|deras|någon|några|any|the|their)\s+)?"
    return tuple(
        (name, re.compile(rf"{lead}(?:{_either(words)})\b", re.IGNORECASE))
        for name, words in filter_words().types.items()
        if name not in ("annat", "budget")
    )


def _take_areas(text: str, known: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Districts or boards after a preposition: "i Hässelby-Vällingby", "hos Socialnämnden", "in Järva and Farsta"."""
    names = sorted(set(known), key=lambda name: (-len(name), name))
    if not names:
        return text, ()
    tail = r"(?:s|:s)?(?:\s+(?:stadsdelsnämnd|stadsdelsområde|stadsdelsförvaltning|stadsdel|district|district board))?"
    one = rf"(?:{_either(names)}){tail}"
    lead = r"\b(?:i|hos|från|enligt|för|in|from|by|at)\s+(?:(?:stadsdelen|stadsdelarna|the district of)\s+)?"
    pattern = re.compile(rf"{lead}({one}(?:\s*(?:,|och|eller|and|or)\s+{one})*)(?![\w-])", re.IGNORECASE)
    match = pattern.search(text)
    if match is None:
        return text, ()
    said = match[1].lower()
    found = tuple(name for name in names if name.lower() in said)
    return f"{text[: match.start()]} {text[match.end() :]}", tuple(sorted(found))


def _take_subject(text: str, filters: Filters, reports: Sequence[ReportRecord]) -> tuple[str, Filters]:
    """A district or city-wide board that a question is about: "hur arbetar Farsta med …", "vad gör Socialnämnden"."""
    if filters.district or filters.board:
        return text, filters
    verbs = _either(question_words().doing)
    for field, known in _areas(reports):
        match = re.search(rf"\b(?:{verbs})\s+({_either(known)})(?:\s+stadsdelsnämnd)?(?![\w-])", text, re.IGNORECASE)
        if match is not None:
            name = _said(match[1], known)
            rest = f"{text[: match.start(1)]} {text[match.end() :]}"
            return _BLANKS.sub(" ", rest).strip(), filters.model_copy(update={field: (name,)})
    return text, filters


def _areas(reports: Sequence[ReportRecord]) -> tuple[tuple[str, frozenset[str]], ...]:
    """The filter's field and the names of the districts, and of the city-wide boards, that the archive has."""
    districts = frozenset(r.district for r in reports if r.district)
    boards = frozenset(r.board for r in reports if r.board and not r.district)
    return tuple((field, known) for field, known in (("district", districts), ("board", boards)) if known)


def _said(text: str, known: Iterable[str]) -> str:
    """The known name that `text` is, whatever its case and white space."""
    return next(name for name in known if name.lower() == " ".join(text.lower().split()))


def _mention_question(body: str) -> tuple[str, bool] | None:
    """The words that hold the names of a question about mentions, and whether its verb asks for just that."""
    for pattern, strong in _mention_patterns():
        match = pattern.match(body)
        if match is not None:
            names = match["names"].strip(" ?!.,;:")
            if names:
                return names, strong
    return None


def _area_question(
    body: str, filters: Filters, reports: Sequence[ReportRecord]
) -> tuple[tuple[str, bool] | None, Filters]:
    """A question whether one district or board mentions something: "Nämner Farsta Trefas?"."""
    for field, known in _areas(reports):
        for form in question_words().area_mentions:
            before, after = form.split("…")
            area = rf"(?P<area>{_either(known)})(?:\s+stadsdelsnämnd)?"
            pieces = [part for part in (_words(before), area, _words(after), "(?P<names>.+)") if part]
            match = re.fullmatch(r"\s+".join(pieces), body, re.IGNORECASE)
            if match is not None:
                if not (filters.district or filters.board):
                    filters = filters.model_copy(update={field: (_said(match["area"], known),)})
                return (match["names"], True), filters
    return None, filters


def _words(phrase: str) -> str:
    """A pattern of the words of a phrase."""
    return r"\s+".join(map(re.escape, phrase.split()))


@cache
def _mention_patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    words = question_words()
    opening = rf"(?:(?:{_either(words.openings)})\s+)*"
    filler = rf"(?:\s+(?:{_either(words.fillers)}))*"
    joint = rf"\s*(?:,|{_either(words.conjunctions_or)})\s+"
    subject = rf"(?:{_either(words.subjects)})(?:{joint}(?:{_either(words.subjects)}))*"
    verbs, passives = _either(words.mention_verbs), _either(words.mention_passives)
    nouns, names = _either(words.mention_nouns), r"\s+(?P<names>.+)"
    last_verb = rf"\s+(?P<names>.+?)\s+(?:ever\s+)?(?:{_either(words.mention_verbs_last)})\b.*"
    given = (
        (rf"{opening}{subject}{filler}\s+(?:{verbs}){names}", True),
        (rf"{opening}{subject}{filler}\s+(?:{passives}){names}(?:\s+(?:mentioned|nämnt|nämnda|omnämnda))", True),
        (rf"{opening}{subject}{filler}\s+(?:tas|togs|dyker|dök)\s+(?P<names>.+?)\s+upp\b.*", True),
        (rf"{opening}{subject}{filler}\s+(?:nämns|omnämns|förekommer|tas|nämndes){names}", True),
        (rf"{opening}(?:{subject}{filler}|{_either(words.where_words)})\s+(?:do|does|did){last_verb}", True),
        (rf"(?:do|does|did){last_verb}", True),
        (rf"{opening}(?:{_either(words.where_words)})\s+(?:{passives}){names}", True),
        (rf"{opening}(?:nämns|omnämns|nämndes|förekommer|står det något om|står det om){names}", True),
        (r"(?:is|are|was|were)" + names + r"\s+(?:ever\s+)?mentioned\b.*", True),
        (r"(?:is|are) there any mentions? of" + names, True),
        (r"finns" + names + r"\s+(?:nämnt|nämnd|nämnda|omnämnt|omnämnd|omnämnda|med)\b.*", True),
        (r"(?P<names>.+?)\s+(?:nämns|omnämns|förekommer)\s+i\s+vilk.*", True),
        (rf"{opening}(?:(?:alla|all|antal(?:et)?|hur många|how many|the)\s+)?(?:{nouns}){names}", True),
        (rf"{opening}{subject}{filler}\s+(?:{_either(words.name_verbs)}){names}", False),
        (rf"{opening}i vilka\s+\w+\s+finns{names}", False),
        (r"(?:finns|används)" + names, False),
    )  # fmt: skip
    return tuple((re.compile(rf"{pattern}\Z", re.IGNORECASE | re.DOTALL), strong) for pattern, strong in given)


@dataclass(frozen=True, slots=True)
class _Names:
    wanted: tuple[Asked, ...]
    unwanted: tuple[Asked, ...]
    all_names: bool
    looks_like_names: bool


def _names(text: str, quoted: Sequence[str], registry: Callable[[], Registry]) -> _Names | None:
    words = question_words()
    text = _strip_endings(text)
    parts = re.split(rf"(?:,\s*)?\b(?:{_either(words.not_words)})\b", text, maxsplit=1, flags=re.IGNORECASE)
    every = re.match(rf"(?:{_either(words.both)})\b", parts[0].strip(), re.IGNORECASE) is not None
    wanted = _split(parts[0], quoted, registry())
    unwanted = _split(parts[1], quoted, registry()) if len(parts) > 1 else ()
    if not wanted:
        return None
    likely = all(asked.name is not None or _is_name(asked.text) or asked.text in quoted for asked in wanted)
    return _Names(wanted, unwanted, every and len(wanted) > 1, likely)


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
        rf"\s*[,;/]\s*(?:(?:{_either(question_words().conjunctions_or)})\s+)?"
        rf"|\s+(?:{_either(question_words().conjunctions_or)})\s+",
        sheltered,
        flags=re.IGNORECASE,
    )
    found: list[Asked] = []
    for piece in pieces:
        raw = re.sub(r"\x03(\d+)\x04", lambda m: known[int(m[1])], piece)
        name = _strip_openings(_strip_endings(_fill(raw, quoted)))
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
    return Asked(name, entry.name)


def _fill(text: str, quoted: Sequence[str]) -> str:
    return _HOLE.sub(lambda match: quoted[int(match[1])], text)


def _strip_openings(text: str) -> str:
    pattern = re.compile(rf"(?:{_either(question_words().name_openings)})\s+", re.IGNORECASE)
    text = text.strip(" ?!.,;:'’‘\"")
    while (match := pattern.match(text)) is not None and match.end() < len(text):
        text = text[match.end() :]
    return text


def _strip_endings(text: str) -> str:
    pattern = re.compile(rf"(?:^|\s+)(?:{_either(question_words().name_endings)})\Z", re.IGNORECASE)
    text = text.strip(" ?!.,;:")
    while (match := pattern.search(text)) is not None and match.start() > 0:
        text = text[: match.start()].strip(" ?!.,;:")
    return text


def _is_name(text: str) -> bool:
    """A capital or a digit in it, as in "SIG unga", "Kvinnokraft" and "iPrim"."""
    return any(c.isupper() or c.isdigit() for c in text)


def _table_question(body: str) -> tuple[Kind | None, str]:
    """The table that a question asks for, and what follows the words that say so."""
    words = question_words()
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("goal_status", words.goal_status),
        ("good_examples", words.good_examples),
        ("indicator", words.indicators),
    )
    for kind, phrases in kinds:
        matches = list(re.finditer(rf"(?<!\w)(?:{_either(phrases)})(?!\w)", body, re.IGNORECASE))
        if matches:
            return kind, body[matches[-1].end() :].strip(" ?!.,;:")
    return None, ""


def _topic(text: str) -> str:
    """What good examples are to be about: the words without those that every such question may have at its ends."""
    words, fillers = text.split(), {word for phrase in question_words().topic_fillers for word in phrase.split()}
    while words and words[0].strip(" ?!.,;:").lower() in fillers:
        words.pop(0)
    while words and words[-1].strip(" ?!.,;:").lower() in fillers:
        words.pop()
    return " ".join(words).strip(" ?!.,;:")


def _asks_figures(text: str) -> bool:
    return re.search(rf"(?<!\w)(?:{_either(question_words().figures)})(?!\w)", text, re.IGNORECASE) is not None


def _statuses(body: str) -> tuple[str, ...]:
    """The judgements that a question names: "vilka mål uppfylls delvis"."""
    found: list[str] = []
    for status, words in filter_words().statuses.items():
        if re.search(rf"(?<!\w)(?:{_either(words)})(?!\w)", body, re.IGNORECASE):
            found.append(status)
    return tuple(found)


def _either(words: Iterable[str]) -> str:
    """A pattern of any of the words or phrases, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
