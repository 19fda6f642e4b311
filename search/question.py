"""Understand a question: its language, what kind of answer it wants, the names and the filters in it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from models.registry import Registry
from models.sentences import sentences
from models.synonyms import is_english
from models.words import stop_words, tokenize
from search.amounts import asks_measured, types_asked
from search.areas import known_areas, read_areas
from search.asked_names import Asked, AskedNames, asked_names, fill, mention_question, take_dated, take_quoted
from search.compared import compared
from search.data_files import question_words
from search.filters import resolve
from search.inside import read_entities, read_goals, read_parts, read_statuses, read_types
from search.kinds import Kind, goal_limits, has_phrase, kind_of, says_nothing, starts_with, subject_of, trimmed
from search.limits import Limit, apply, blanked, either, lifted, merged, understood, whole_words
from search.records import ReportRecord
from search.row_order import end_asked
from search.schema import Filters, Spelling, Understood
from search.spelling import Correction, Vocabulary, corrections
from search.when import read_years

Language = Literal["sv", "en"]
Group = Literal["year", "district", "report", "goal"]
LONGEST = 2000
"""Characters of a question that are looked at."""
LONG_TEXT, ENOUGH_SAID = 60, 4
"""Words from which a text is more than a question, and how many that say something its questions must have to be asked
alone."""
FEW_WORDS = 6
"""Words of a question that may be the name of an indicator."""
_BLANKS = re.compile(r"\s+")
_ENDS = " ?!.,;:"
_OF_REPORTS = ("district", "board", "type", "year", "from_year", "to_year")
"""Filters that a whole report passes or not."""


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
    denied: bool = False
    """True when it asks who mentions none of the names."""
    of_reports: bool = False
    """True when "both" and "but not" are asked of single reports, not of districts with all their reports."""
    certain: bool = True
    """False when the names may be an ordinary phrase: without a mention, passages answer better."""
    query: str = ""
    """What passages are looked for: the question without the filters that it names."""
    empty: bool = False
    """True when no word of it says what to look for."""
    subject: str | None = None
    """What goals, indicators or good examples are asked for; None for all."""
    figures: bool = False
    """True when a number, a date or an activity is asked for, so that a table row may answer."""
    hinted: bool = False
    """True when it may ask for a figure without saying so ("Hur nöjda är …?", "index för …")."""
    about: bool = False
    """True for "vad säger rapporterna om …": whatever they say of the subject answers."""
    group: Group | None = None
    """"per år": how rows are to be grouped."""
    goal_kinds: tuple[str, ...] = ()
    """Kinds of goals that a question about goals limits itself to; () for all."""
    understood: tuple[Understood, ...] = ()
    """The stretches that became filters."""
    spelling: tuple[Spelling, ...] = ()
    """Words that were read as other words."""
    unused: tuple[Limit, ...] = ()
    """Stretches that were understood and could not be used; they are searched for as words."""

    @property
    def may_ask_figures(self) -> bool:
        return self.figures or self.hinted


def understand(
    text: str,
    given: Filters,
    reports: Sequence[ReportRecord],
    registry: Callable[[], Registry],
    vocabulary: Vocabulary | None = None,
) -> Question:
    """Understand a question about an archive that holds `reports`; with a vocabulary, misspelt too."""
    asked = _clean(text)
    language = language_of(asked)
    slips = corrections(_without_quotes(asked), vocabulary, english=language == "en") if vocabulary else ()
    mended, moved = _corrected(asked, slips)
    clean = _asking(mended)
    body, quoted = take_dated(*take_quoted(clean), registry)
    areas = known_areas(reports, registry) if any(c.isalpha() for c in body) else {}
    limits = [*read_years(body), *read_goals(body), *read_parts(body), *read_types(body)]
    limits += read_entities(body, registry, limits)
    limits += read_areas(body, areas, limits)
    group, group_limits = _group(body)
    limits += group_limits
    limits = _within_report(given, limits, reports, registry)
    filters, used = apply(given, [limit for limit in limits if limit.field != "group"])
    rest = merged(blanked(body, limits)).strip(_ENDS)
    kept = merged(blanked(body, [limit for limit in limits if not limit.keep])).strip(_ENDS)
    kind = kind_of(rest, body, limits)
    compares = has_phrase(clean, question_words().area_comparisons)
    several = kind == "goal_status" and compares and len(filters.district) > 1
    if group is None and (several or (kind == "good_examples" and end_asked(rest) is not None)):
        group = "district"

    shown = [*used, *group_limits]
    names: AskedNames | None = None
    strong = False
    if kind not in ("overview", "goal_status"):
        names, strong = _mentioned(rest, quoted, registry)
        if kind == "precedent" and not strong and not _all_names(names):
            names = None
    if names is None and kind == "goal_status" and not filters.status and _asks_which(rest):
        statuses = read_statuses(body)
        filters, also = apply(filters, statuses)
        shown += also
    of_goals = goal_limits(body) if names is None and kind == "goal_status" else []
    shown += of_goals
    question = Question(
        text=asked,
        language=language,
        kind="mentions" if names is not None else kind,
        filters=filters,
        figures=_asks_figures(clean),
        hinted=_hints_at_figures(clean) or compares,
        group=group,
        goal_kinds=tuple(dict.fromkeys(str(limit.values[0]) for limit in of_goals if limit.field == "goal_kind")),
        understood=_in_asked(asked, understood(clean, shown), moved),
        spelling=tuple(Spelling(word=s.word, used=s.other, start=s.start, end=s.end) for s in slips),
        unused=(
            *(limit for limit in limits if limit.note),
            *_without_reports(filters, reports, registry),
            *_nothing_said(kind, rest),
            *_not_earlier(rest),
            *_cut(mended, clean),
        ),
    )
    if names is not None:
        return _asking_for_names(question, names, strong, rest, slips)
    # The mark belongs to the question as the model reads it: thresholds are measured on whole questions.
    mark = "?" if clean.endswith("?") else ""
    if kind == "passages" and says_nothing(rest) and says_nothing(kept):
        return replace(question, query="", empty=True)
    if kind == "passages":
        about = starts_with(kept, question_words().about_leads)
        question = replace(question, about=bool(about))
        kept = about or _compared(filters, kept)
    query = fill(kept, quoted) + mark if len(kept.split()) > 1 else (fill(kept, quoted) or fill(clean, quoted))
    return replace(question, query=query, subject=subject_of(kind, fill(rest, quoted)))


def _nothing_said(kind: Kind, rest: str) -> tuple[Limit, ...]:
    """A note for an overview that nobody has asked for: "och i Farsta?"."""
    asked = starts_with(rest, question_words().overviews) is not None
    if kind != "overview" or asked or not rest or has_phrase(rest, _overview_words()):
        return ()
    return (Limit(0, 0, "", note="says_nothing"),)


def _without_reports(
    filters: Filters, reports: Sequence[ReportRecord], registry: Callable[[], Registry]
) -> tuple[Limit, ...]:
    """A note of the districts that the archive has no report from, where it has some from others that are asked of."""
    if len(filters.district) < 2:
        return ()
    missing = [one for one in filters.district if not resolve(Filters(district=(one,)), reports, registry).reports]
    if not missing or len(missing) == len(filters.district):
        return ()
    return (Limit(0, 0, "", note="no_district_reports", about=", ".join(missing)),)


def _compared(filters: Filters, kept: str) -> str:
    """What is compared where several areas or years are: "skillnader i arbetet mot skräp" is about the work."""
    words = question_words()
    if not compared(filters) or not has_phrase(kept, words.area_comparisons):
        return kept
    # Only the lead compares: a verb of the subject's own stays ("hur arbetar de, och vad skiljer?").
    return trimmed(kept, (*words.comparison_fillers, *words.area_comparisons)) or kept


def _not_earlier(rest: str) -> tuple[Limit, ...]:
    """A note for "sedan 2022 men inte före": the years before are not looked through for it."""
    words = question_words()
    found = re.search(rf"(?<!\w)(?:{either(words.not_words)})\s+(?:{either(words.earlier)})\W*\Z", rest, re.IGNORECASE)
    return () if found is None else (Limit(found.start(), found.end(), "", note="not_earlier", about=found[0].strip()),)


def _cut(whole: str, asked: str) -> tuple[Limit, ...]:
    """A note of what of a long text was asked."""
    return () if whole == asked else (Limit(0, 0, "", note="long_text", about=merged(asked)),)


def _overview_words() -> tuple[str, ...]:
    words = question_words()
    return (*words.overview_words, *words.lists_of_reports)


def _within_report(
    given: Filters, limits: Sequence[Limit], reports: Sequence[ReportRecord], registry: Callable[[], Registry]
) -> list[Limit]:
    """The limits that leave something of a report that is given. One that leaves nothing speaks of what the report
    tells of, such as an earlier year: its words are looked for, and the reader is told."""
    if not given.report:
        return list(limits)
    kept: list[Limit] = []
    for limit in limits:
        alone, _ = apply(Filters(report=given.report), [limit])
        if limit.field in _OF_REPORTS and not resolve(alone, reports, registry).reports:
            limit = replace(limit, field="", keep=True, note="not_this_report", about=", ".join(map(str, limit.values)))
        kept.append(limit)
    return kept


def language_of(text: str) -> Language:
    """Swedish or English, by its words; Swedish when they tell nothing."""
    return "en" if is_english(text) else "sv"


def _mentioned(body: str, quoted: Sequence[str], registry: Callable[[], Registry]) -> tuple[AskedNames | None, bool]:
    """The names of a question about mentions, and whether its verb asks for just that."""
    parsed = mention_question(body) or _one_area(body)
    if parsed is None:
        return None, False
    text, strong = parsed
    found = asked_names(text, quoted, registry)
    if found is None or not (strong or found.looks_like_names or len(text.split()) == 1):
        return None, False
    return found, strong


def _all_names(names: AskedNames | None) -> bool:
    """Whether nothing but names is asked for: "vilka har använt Trefas", not "vilka har ordnat Kulturnatten"."""
    return names is not None and all(one.name is not None or one.text[:1].isupper() for one in names.wanted)


def _one_area(body: str) -> tuple[str, bool] | None:
    """What is left of "Nämner Farsta Trefas?" once the district is a filter: "Nämner Trefas"."""
    for form in question_words().area_mentions:
        before, after = (rf"{_words(part)}\s+" if part.strip() else "" for part in form.split("…"))
        match = re.fullmatch(rf"{before}{after}(?P<names>.+)", body, re.IGNORECASE)
        if match is not None:
            return match["names"].strip(_ENDS), True
    return None


def _asking_for_names(
    question: Question,
    names: AskedNames,
    strong: bool,
    rest: str,
    slips: Sequence[Correction],
) -> Question:
    """A question about mentions. A name that was read as another is asked for as written, too, so that the answer
    tells which of them is mentioned."""
    wanted = list(names.wanted)
    if not names.all_names:
        for slip in slips:
            for one in names.wanted:
                if slip.other in one.text:
                    wanted.insert(0, Asked(one.text.replace(slip.other, slip.word), None))
    certain = names.looks_like_names or (strong and len(rest.split()) <= 6)
    return replace(
        question,
        names=tuple(dict.fromkeys(wanted)),
        without=names.unwanted,
        all_names=names.all_names,
        denied=names.denied,
        of_reports=question.group == "report" or has_phrase(question.text, question_words().report_words),
        certain=certain,
        query=question.text,
    )


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    return _BLANKS.sub(" ", printable).strip()


def _asking(text: str) -> str:
    """A long text with blanks in place of what is no question, where its questions say enough alone."""
    if len(text.split()) <= LONG_TEXT:
        return text
    spans = sentences(text)
    asking = [(start, end) for start, end in spans if text[start:end].rstrip(' ”")').endswith("?")]
    said = [
        word for start, end in asking for word in tokenize(text[start:end]) if word.text.lower() not in stop_words()
    ]
    if len(said) < ENOUGH_SAID:
        return text
    kept = [" "] * len(text)
    for start, end in asking:
        kept[start:end] = text[start:end]
    return "".join(kept)


def _without_quotes(text: str) -> str:
    """`text` with blanks in place of what stands in quotation marks: it is meant as written."""
    return re.sub(r"\x01\d+\x02 *", lambda m: " " * len(m[0]), take_quoted(text)[0])


def _corrected(text: str, slips: Sequence[Correction]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The question with its slips mended, and where offsets move: (position in it, how much longer from there)."""
    out, last, moved = "", 0, []
    for slip in slips:
        out += text[last : slip.start] + slip.other
        last = slip.end
        moved.append((len(out), len(out) - slip.end))
    return out + text[last:], tuple(moved)


def _in_asked(asked: str, found: Sequence[Understood], moved: Sequence[tuple[int, int]]) -> tuple[Understood, ...]:
    """Stretches of the mended question as stretches of the question asked."""

    def back(position: int) -> int:
        longer = [change for start, change in moved if start <= position]
        return min(max(position - (longer[-1] if longer else 0), 0), len(asked))

    if not moved:
        return tuple(found)
    changed = [(one, back(one.start), back(one.end)) for one in found]
    return tuple(
        one.model_copy(
            update={"start": start, "end": end, "text": asked[start:end].strip(), "lifted": lifted(asked, start, end)}
        )
        for one, start, end in changed
    )


def _group(body: str) -> tuple[Group | None, list[Limit]]:
    for name, phrases in question_words().groups.items():
        match = whole_words(phrases).search(body)
        if match is not None:
            return name, [Limit(match.start(), match.end(), "group", (name,))]
    return None, []


def _asks_which(rest: str) -> bool:
    """Whether it asks which goals or boards, rather than how one goal is judged."""
    words = question_words()
    return starts_with(rest, words.goal_lists) is not None


def _asks_figures(text: str) -> bool:
    return has_phrase(text, _figure_words()) or bool(types_asked(text)) or asks_measured(text)


def _hints_at_figures(text: str) -> bool:
    """Whether words of comparison or of measurement stand in it, or it is but a few words, like a row's name."""
    few = not text.endswith("?") and len(text.split()) <= FEW_WORDS
    return few or has_phrase(text, question_words().figure_hints)


def _figure_words() -> tuple[str, ...]:
    words = question_words()
    return (*words.figures, *words.counts, *words.shares, *words.amounts)


def _words(phrase: str) -> str:
    """A pattern of the words of a phrase."""
    return r"\s+".join(map(re.escape, phrase.split()))
