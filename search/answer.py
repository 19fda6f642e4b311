"""Answers made only of what the archive says."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.sentences import sentences
from search.citation import cite_stretch
from search.data_files import phrases
from search.highlight import highlights
from search.hits import Found, hit
from search.printed_rows import is_printed_row, printed_rows
from search.question import Question
from search.schema import Coverage, Hit
from search.wording import count, filters_text

SENTENCES = 4
"""Quotes in an answer at most."""
PASSAGES = 5
"""Best passages whose sentences are weighed."""
SHORTEST_SENTENCE = 25
"""Characters; shorter sentences say nothing alone."""
ENDINGS = (".", "!", "?", ":", "…", "”", '"', ")")
"""How a whole sentence ends; headings and lines cut off do not."""
MOST_DIGITS = 0.15
"""Share of digits in running text; tables read as text have more."""
NEAREST = 3
"""Passages shown when the archive does not answer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage that may answer."""

    found: Found
    start: int
    end: int
    score: float
    printed: bool = False
    """Whether it is a row of a table that came as lines of text."""


def sentences_of(found: Found) -> list[tuple[int, int]]:
    """Ranges of a passage's sentences; a table row is one, also where it came as lines of text."""
    if found.passage.kind not in ("paragraph", "list_item"):
        return [(0, len(found.passage.text))]
    text = found.passage.text
    cut = [span for whole in sentences(text) for span in printed_rows(text, *whole)]
    spans = [(a, b) for a, b in cut if b - a >= SHORTEST_SENTENCE or is_printed_row(text[a:b])]
    return spans or [(0, len(text))]


def reads_well(found: Found, start: int, end: int, *, figures: bool) -> bool:
    """Whether a stretch is a whole sentence of running text, or, where `figures` are asked for, a table row."""
    if found.passage.kind not in ("paragraph", "list_item"):
        return figures
    text = found.passage.text[start:end].strip()
    opening = text.lstrip("-–•*”\"'( ")
    digits = sum(letter.isdigit() for letter in text)
    whole = opening[:1].isupper() or opening[:1].isdigit()
    return whole and text.endswith(ENDINGS) and (figures or digits <= MOST_DIGITS * len(text))


def quote_hits(question: str, chosen: Sequence[Sentence], nearest_only: bool = False) -> tuple[Hit, ...]:
    """Each sentence as a hit whose citation is the sentence alone; a table row is quoted whole, with its name."""
    built: list[Hit] = []
    for rank, sentence in enumerate(chosen, 1):
        found = sentence.found
        whole = hit(found, rank, sentence.score, highlights(question, found.passage.text), nearest_only)
        if found.passage.kind in ("paragraph", "list_item"):
            citation = cite_stretch(found.report, found.section, found.passage, sentence.start, sentence.end)
            whole = whole.model_copy(update={"citation": citation})
        built.append(whole)
    return tuple(built)


def passages_text(question: Question, hits: Sequence[Hit]) -> str:
    """The quotes with their marks, led in by a phrase."""
    quotes = " ".join(f"”{hit.citation.quote}” [{hit.rank}]" for hit in hits)
    return f"{phrases(question.language).passages} {quotes}"


def unanswered_text(question: Question, coverage: Coverage, hits: Sequence[Hit], absent: Sequence[str] = ()) -> str:
    """That the archive does not say, what was searched, and which names of the question are nowhere."""
    words = phrases(question.language)
    if not coverage.reports_searched:
        limits = filters_text(question.filters)
        return words.no_reports.format(filters=f" ({limits})" if limits else "")
    said = words.unanswered.format(reports=count(coverage.reports_searched, words.report))
    if absent:
        said += " " + words.absent.format(names=", ".join(absent))
    return f"{said} {words.nearest}" if hits else said
