"""Find practices worth copying: those that the report calls good examples, and those whose results it reports."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from ingest.report import GoodExample, Passage, Section
from ingest.rules import load
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
    weak_phrases: tuple[str, ...]
    intention: tuple[str, ...]
    not_after: tuple[str, ...]
    practices: tuple[str, ...]
    results: tuple[str, ...]
    weak_results: tuple[str, ...]
    improvements: tuple[str, ...]
    not_results: tuple[str, ...]
    not_described: tuple[str, ...]
    evidence: tuple[str, ...]
    not_evidence: tuple[str, ...]
    parts_of_intention: tuple[str, ...]
    unit_last: tuple[str, ...]
    unit_first: tuple[str, ...]
    unit_names: tuple[str, ...]
    unit_not: tuple[str, ...]


@cache
def _rules() -> _Rules:
    return load("good_examples", _Rules)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Part of a passage's text."""

    passage: int
    start: int
    end: int


def find_good_examples(sections: Sequence[Section], passages: Sequence[Passage]) -> tuple[GoodExample, ...]:
    """The good examples in reading order; those not called so by the report have `explicit` False."""
    goals = {section.id: section.goal_number for section in sections}
    has_goals = any(goals.values())
    headed = _headed(passages)
    found: list[tuple[tuple[_Stretch, ...], bool]] = []
    index = 0
    while index < len(passages):
        passage = passages[index]
        end = index + 1
        if index in headed:
            while end in headed and _place(passages[end]) == _place(passage):
                end += 1
            found += [(stretches, True) for stretches in _under_heading(range(index, end), passages)]
        elif passage.kind in _PROSE:
            taken = found[-1][0][-1] if found else None
            named = list(_named(index, passages))
            found += [(stretches, True) for stretches in named]
            outside = has_goals and goals[passage.section] is None
            if not named and not outside and passage.part not in _rules().parts_of_intention:
                pieces = [piece for piece in _described(index, passage) if taken is None or _after(piece, taken)]
                found += [((piece,), False) for piece in pieces]
        index = end
    return tuple(_example(stretches, explicit, passages, goals) for stretches, explicit in found)


def ends_examples(heading: str) -> bool:
    """True for a heading that recurs in such reports and ends a part "Goda exempel"."""
    return _begins(heading, _rules().headings_after)


def heads_examples(label: str | None) -> bool:
    """True for the label of a part with good examples."""
    return _begins(label, _rules().headings)


def _place(passage: Passage) -> tuple[int, str | None, str | None]:
    return passage.section, passage.part, passage.subheading


def _after(one: _Stretch, other: _Stretch) -> bool:
    return (one.passage, one.start) >= (other.passage, other.end)


def _headed(passages: Sequence[Passage]) -> frozenset[int]:
    """Passages that stand under a heading "Goda exempel", up to the next heading that recurs in such reports."""
    found: set[int] = set()
    place: tuple[int, str | None] | None = None
    ended = False
    for index, passage in enumerate(passages):
        if passage.kind not in _PROSE:
            continue
        heads = heads_examples(passage.part) or heads_examples(passage.subheading)
        here = passage.section, passage.part
        if here != place:
            place, ended = (here, False) if heads else (None, True)
        if heads_examples(passage.subheading):
            place, ended = here, False
        elif passage.subheading is not None and ends_examples(passage.subheading):
            ended = True
        if place is not None and not ended:
            found.add(index)
    return frozenset(found)


def _begins(heading: str | None, openings: Sequence[str]) -> bool:
    return heading is not None and heading.casefold().startswith(tuple(opening.casefold() for opening in openings))


def _under_heading(indexes: range, passages: Sequence[Passage]) -> Iterator[tuple[_Stretch, ...]]:
    """The examples under one heading: all of it when the heading is the example's own title, else each paragraph."""
    paragraphs: list[list[_Stretch]] = []
    for index in indexes:
        pieces = list(_paragraphs(index, passages[index]))
        if paragraphs and pieces and _same_paragraph(passages, index):
            paragraphs[-1].append(pieces.pop(0))
        paragraphs += [[piece] for piece in pieces]
    subheading = passages[indexes[0]].subheading
    if subheading is not None and not _begins(subheading, _rules().headings) and paragraphs:
        yield tuple(piece for pieces in paragraphs for piece in pieces)
        return
    for pieces in paragraphs:
        yield from _by_unit(pieces, passages)


def _paragraphs(index: int, passage: Passage) -> Iterator[_Stretch]:
    """Each paragraph or list item that is long enough to say something."""
    for match in re.finditer(r"[^\n]+", passage.text):
        if len(match[0]) >= _MIN_LENGTH:
            yield _Stretch(index, match.start(), match.end())


def _same_paragraph(passages: Sequence[Passage], index: int) -> bool:
    """Whether passage `index` begins inside the printed line that ends the passage before: a long paragraph was cut."""
    if index == 0 or not passages[index].runs or not passages[index - 1].runs:
        return False
    before, after = passages[index - 1].runs[-1], passages[index].runs[0]
    if _place(passages[index - 1]) != _place(passages[index]):
        return False
    if before.line is not None:
        return before.line == after.line
    return before.box is not None and after.box is not None and before.box.y0 == after.box.y0


def _by_unit(pieces: Sequence[_Stretch], passages: Sequence[Passage]) -> Iterator[tuple[_Stretch, ...]]:
    """One paragraph, parted where a printed line begins with a sentence about another unit."""
    part: list[_Stretch] = []
    for piece in pieces:
        text, start = passages[piece.passage].text, piece.start
        for cut, end in sentence_spans(text):
            inside = piece.start < cut < piece.end and _begins_line(passages[piece.passage], cut)
            opening = _unit_pattern().search(text[cut:end]) if inside else None
            if opening is not None and len(text[cut : cut + opening.start()].split()) <= 1:
                part.append(_Stretch(piece.passage, start, cut))
                yield tuple(part)
                part, start = [], cut
        part.append(_Stretch(piece.passage, start, piece.end))
    if part:
        yield tuple(part)


def _begins_line(passage: Passage, place: int) -> bool:
    """Whether a printed line of a text begins there; in a PDF paragraphs are known, and lines tell nothing."""
    return any(run.start == place and run.line is not None for run in passage.runs)


def _named(index: int, passages: Sequence[Passage]) -> Iterator[tuple[_Stretch, ...]]:
    """From each sentence that says "ett gott exempel" to the end of what it tells.

    That is the next such sentence, the paragraph's end, or a sentence that begins a printed line (a paragraph's sign
    in hard-wrapped text). A sentence that ends with a colon takes in the next paragraph, even in the next passage.
    """
    passage = passages[index]
    spans = sentence_spans(passage.text)
    starts = [start for start, end in spans if _says_so(passage.text[start:end])]
    for number, start in enumerate(starts):
        limit = starts[number + 1] if number + 1 < len(starts) else len(passage.text)
        stop = _told_to(passage, spans, start, limit)
        stretches = [_Stretch(index, start, stop)]
        if passage.text[:stop].rstrip().endswith(":"):
            if stop < limit:
                stretches = [_Stretch(index, start, _paragraph_end(passage.text, stop + 1, limit))]
            elif _goes_on(passages, index):
                stretches.append(_Stretch(index + 1, 0, _paragraph_end(passages[index + 1].text, 0, None)))
        elif stop == len(passage.text) and index + 1 < len(passages) and _same_paragraph(passages, index + 1):
            first = next(iter(sentence_spans(passages[index + 1].text)))
            stretches.append(_Stretch(index + 1, *first))
        yield tuple(stretches)


def _told_to(passage: Passage, spans: Sequence[tuple[int, int]], start: int, limit: int) -> int:
    stop = _paragraph_end(passage.text, start, limit)
    after = (cut for cut, _ in spans if start < cut < stop and _begins_line(passage, cut))
    return next(after, stop)


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
    """Whether a sentence presents a good example, rather than speaking of good examples to be spread or sought."""
    rules = _rules()
    match = _words(rules.phrases).search(sentence)
    if match is None and not _words(rules.intention).search(sentence):
        match = _words(rules.weak_phrases).search(sentence)
    if match is None:
        return False
    before = sentence[: match.start()].rstrip().casefold()
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, rules.not_after))})$", before) is None


def _described(index: int, passage: Passage) -> Iterator[_Stretch]:
    """Paragraphs that name a practice and where one sentence tells the result that it has had."""
    for paragraph in _paragraphs(index, passage):
        text = passage.text[paragraph.start : paragraph.end]
        if _words(_rules().not_described).search(text) or not _words(_rules().practices).search(text):
            continue
        if any(_tells_result(text[start:end]) for start, end in sentence_spans(text)):
            yield paragraph


def _tells_result(sentence: str) -> bool:
    """Whether a sentence tells a good result: in so many words, or what it led to and what became better."""
    rules = _rules()
    if _words(rules.not_results).search(sentence):
        return False
    strong = _words(rules.results).search(sentence) is not None
    weak = _words(rules.weak_results).search(sentence) is not None
    return strong or (weak and _words(rules.improvements).search(sentence) is not None)


@cache
def _words(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases, as whole words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)


def _example(
    stretches: Sequence[_Stretch], explicit: bool, passages: Sequence[Passage], goals: dict[int, str | None]
) -> GoodExample:
    first = passages[stretches[0].passage]
    text = "\n".join(passages[s.passage].text[s.start : s.end].strip() for s in stretches)
    runs = [run for s in stretches for run in passages[s.passage].runs if run.start < s.end and run.end > s.start]
    lines = [run.line for run in runs if run.line is not None]
    pages = [run.box.page for run in runs if run.box is not None] or list(first.pages)
    return GoodExample(
        section=first.section,
        goal_number=goals[first.section],
        text=text,
        unit=_unit(text),
        explicit=explicit,
        evidence=_evidence(text),
        passages=tuple(dict.fromkeys(s.passage for s in stretches)),
        line=min(lines, default=None),
        end_line=max(lines, default=None),
        page=min(pages, default=None),
    )


def _evidence(text: str) -> str | None:
    """The sentence that reports a result: one that tells it first, else one with any word of result.

    Of either kind, a sentence about what was meant to be comes last.
    """
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    told = [sentence for sentence in sentences if _tells_result(sentence)]
    any_word = [sentence for sentence in sentences if _words(_rules().evidence).search(sentence)]
    meant = _words(_rules().not_evidence)
    done = [sentence for sentence in (*told, *any_word) if not meant.search(sentence)]
    return next(iter((*done, *told, *any_word)), None)


def _unit(text: str) -> str | None:
    """The first unit that the text names: "Vällingby förskolor", "parkleken Starbo", "Ungdomsmottagningen"."""
    match = _unit_pattern().search(text)
    return match["unit"] if match else None


@cache
def _unit_pattern() -> re.Pattern[str]:
    rules = _rules()
    name = r"[A-ZÅÄÖ][\w’'-]*(?:[ /][A-ZÅÄÖ][\w’'-]*)*"
    others = "|".join(map(re.escape, rules.unit_not))
    last = "|".join(map(re.escape, sorted(rules.unit_last, key=len, reverse=True)))
    before = "|".join(map(re.escape, sorted(rules.unit_first, key=len, reverse=True)))
    own = "|".join(map(re.escape, sorted(rules.unit_names, key=len, reverse=True)))
    return re.compile(rf"\b(?P<unit>(?!(?:{others})\b){name} (?:{last})|(?:{before}) {name}|(?:{own}))s?\b")
