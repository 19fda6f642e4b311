"""Find practices worth copying: those that the report calls good examples, and those whose results it reports."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from ingest.report import GoodExample, Passage, Section
from ingest.sentences import sentence_spans

_PROSE = ("paragraph", "list_item")
_MIN_LENGTH = 40
"""A shorter paragraph under "Goda exempel" is a heading that was not seen as one."""


class _Rules(BaseModel):
    """The shape of data/good_examples.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    headings: tuple[str, ...]
    headings_after: tuple[str, ...]
    phrases: tuple[str, ...]
    not_after: tuple[str, ...]
    practices: tuple[str, ...]
    results: tuple[str, ...]
    not_results: tuple[str, ...]
    evidence: tuple[str, ...]
    parts_of_intention: tuple[str, ...]
    unit_last: tuple[str, ...]
    unit_first: tuple[str, ...]
    unit_names: tuple[str, ...]


@cache
def _rules() -> _Rules:
    text = resources.files("ingest").joinpath("data/good_examples.yaml").read_text("utf-8")
    return _Rules.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Part of a passage's text."""

    passage: int
    start: int
    end: int


def find_good_examples(sections: Sequence[Section], passages: Sequence[Passage]) -> tuple[GoodExample, ...]:
    """The good examples in reading order; those not called so by the report have `explicit` False."""
    goals = {section.id: section.goal_number for section in sections}
    headed = _headed(passages)
    found: list[tuple[_Stretch, _Stretch, bool]] = []
    for index, passage in enumerate(passages):
        if passage.kind not in _PROSE:
            continue
        if index in headed:
            found += [(piece, piece, True) for piece in _paragraphs(index, passage)]
            continue
        named = list(_named(index, passages))
        found += [(*stretch, True) for stretch in named]
        if not named and passage.part not in _rules().parts_of_intention:
            found += [(piece, piece, False) for piece in _described(index, passage)]
    return tuple(_example(first, last, explicit, passages, goals) for first, last, explicit in found)


def _headed(passages: Sequence[Passage]) -> frozenset[int]:
    """Passages that stand under a heading "Goda exempel", up to the next heading that recurs in such reports."""
    found: set[int] = set()
    place: tuple[int, str | None] | None = None
    ended = False
    for index, passage in enumerate(passages):
        heads = any(_begins(heading, _rules().headings) for heading in (passage.part, passage.subheading))
        here = passage.section, passage.part
        if here != place:
            place, ended = (here, False) if heads else (None, True)
        if _begins(passage.subheading, _rules().headings):
            place, ended = here, False
        elif _begins(passage.subheading, _rules().headings_after):
            ended = True
        if place is not None and not ended:
            found.add(index)
    return frozenset(found)


def _begins(heading: str | None, openings: Sequence[str]) -> bool:
    return heading is not None and heading.casefold().startswith(tuple(opening.casefold() for opening in openings))


def _paragraphs(index: int, passage: Passage) -> Iterator[_Stretch]:
    """Each paragraph or list item that is long enough to say something."""
    for match in re.finditer(r"[^\n]+", passage.text):
        if len(match[0]) >= _MIN_LENGTH:
            yield _Stretch(index, match.start(), match.end())


def _named(index: int, passages: Sequence[Passage]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """From each sentence that says "ett gott exempel" to the paragraph's end, or to the next such sentence.

    A sentence that ends with a colon takes in the next paragraph, even in the next passage.
    """
    text = passages[index].text
    starts = [start for start, end in sentence_spans(text) if _says_so(text[start:end])]
    for number, start in enumerate(starts):
        limit = starts[number + 1] if number + 1 < len(starts) else len(text)
        stop = _paragraph_end(text, start, limit)
        last = _Stretch(index, start, stop)
        if text[:stop].rstrip().endswith(":"):
            if stop < limit:
                last = _Stretch(index, start, _paragraph_end(text, stop + 1, limit))
            elif _goes_on(passages, index):
                last = _Stretch(index + 1, 0, _paragraph_end(passages[index + 1].text, 0, None))
        yield (last if last.passage == index else _Stretch(index, start, stop)), last


def _paragraph_end(text: str, start: int, limit: int | None) -> int:
    end = text.find("\n", start)
    stop = len(text) if limit is None else limit
    return stop if end < 0 or end > stop else end


def _goes_on(passages: Sequence[Passage], index: int) -> bool:
    """Whether the next passage goes on in the same place of the report."""
    if index + 1 == len(passages):
        return False
    here, after = passages[index], passages[index + 1]
    return after.kind in _PROSE and (here.section, here.part) == (after.section, after.part)


def _says_so(sentence: str) -> bool:
    match = _words(_rules().phrases).search(sentence)
    if match is None:
        return False
    before = sentence[: match.start()].split()
    return not before or before[-1].casefold() not in _rules().not_after


def _described(index: int, passage: Passage) -> Iterator[_Stretch]:
    """Paragraphs where one sentence names a practice and the result that it has had."""
    for paragraph in _paragraphs(index, passage):
        text = passage.text[paragraph.start : paragraph.end]
        for start, end in sentence_spans(text):
            sentence = text[start:end]
            told = _words(_rules().results).search(sentence) and _words(_rules().practices).search(sentence)
            if told and not _words(_rules().not_results).search(sentence):
                yield paragraph
                break


@cache
def _words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases, as whole words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)


def _example(
    first: _Stretch, last: _Stretch, explicit: bool, passages: Sequence[Passage], goals: dict[int, str | None]
) -> GoodExample:
    stretches = [first] if first == last else [first, last]
    text = "\n".join(passages[s.passage].text[s.start : s.end] for s in stretches).strip()
    runs = [run for s in stretches for run in passages[s.passage].runs if run.start < s.end and run.end > s.start]
    lines = [run.line for run in runs if run.line is not None]
    pages = [run.box.page for run in runs if run.box is not None]
    section = passages[first.passage].section
    return GoodExample(
        section=section,
        goal_number=goals[section],
        text=text,
        unit=_unit(text),
        explicit=explicit,
        evidence=_evidence(text),
        passages=tuple(s.passage for s in stretches),
        line=min(lines, default=None),
        end_line=max(lines, default=None),
        page=min(pages, default=None) if pages else next(iter(passages[first.passage].pages), None),
    )


def _evidence(text: str) -> str | None:
    """The sentence that reports a result: one with the strongest words first, else one with any."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    for words in (_rules().results, _rules().evidence):
        for sentence in sentences:
            if _words(words).search(sentence):
                return sentence
    return None


def _unit(text: str) -> str | None:
    """The first unit that the text names: "Vällingby förskolor", "parkleken Starbo", "Ungdomsmottagningen"."""
    match = _unit_pattern().search(text)
    return match[0] if match else None


@cache
def _unit_pattern() -> re.Pattern[str]:
    rules = _rules()
    name = r"[A-ZÅÄÖ][\w’'-]*(?:[ /][A-ZÅÄÖ][\w’'-]*)*"
    preposition = r"(?!(?:I|På|Inom|Vid|Under|Hos|Från|Ett|En|Den|Det|De|Alla)\b)"
    last = "|".join(map(re.escape, sorted(rules.unit_last, key=len, reverse=True)))
    before = "|".join(map(re.escape, sorted(rules.unit_first, key=len, reverse=True)))
    own = "|".join(map(re.escape, sorted(rules.unit_names, key=len, reverse=True)))
    return re.compile(rf"\b(?:{preposition}{name} (?:{last})\b|(?:{before}) {name}|(?:{own})\b)")
