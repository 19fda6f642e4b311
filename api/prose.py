"""Text of reports and answers as HTML: what is marked in it, what it cites, and where a long one is cut."""

import re
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from search.schema import EntityMention

LONG = 420
"""Characters; of a longer text whole sentences are shown, the rest on demand."""
SHORTEST = 240
"""Characters that are shown at least of a long text."""
_MARKS = re.compile(r"(?:\[\d{1,3}\]\s?)+\.?(?=\s|$)")


def marked(content: str, highlights: Sequence[tuple[int, int]], entities: Sequence[EntityMention] = ()) -> Markup:
    """`content` as HTML with its highlights in <mark> and its names underlined."""
    names = [(one.start, one.end) for one in entities if one.end <= len(content)]
    marks = [span for span in highlights if span[1] <= len(content)]
    edges = sorted({0, len(content), *(edge for span in (*marks, *names) for edge in span)})
    pieces = []
    for start, end in pairwise(edges):
        piece = escape(content[start:end])
        if _within(start, end, names):
            piece = Markup('<span class="name">{0}</span>').format(piece)
        pieces.append(Markup("<mark>{0}</mark>").format(piece) if _within(start, end, marks) else piece)
    return Markup("").join(pieces)


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def cited(content: str, sources: int) -> Markup:
    """`content` as HTML, each "[n]" of the `sources` numbered ones a link to it."""
    pieces = re.split(r"\[(\d{1,3})\]", content)
    linked = [escape(pieces[0])]
    for mark, after in zip(pieces[1::2], pieces[2::2], strict=True):
        known = 1 <= int(mark) <= sources
        linked += [Markup('<a class="ref" href="#k-{0}">[{0}]</a>').format(int(mark)) if known else escape(f"[{mark}]")]
        linked += [escape(after)]
    return Markup("").join(linked)


def statements(answer: str) -> list[str]:
    """An answer's lines, each cut after its marks of sources ("[1]"), so that every statement stands by itself."""
    found = []
    for line in answer.splitlines():
        start = 0
        for mark in _MARKS.finditer(line):
            found.append(line[start : mark.end()].strip())
            start = mark.end()
        found.append(line[start:].strip())
    return [piece for piece in found if piece]


def beginning(text: str) -> tuple[str, str]:
    """The text in two: whole sentences that are shown at once, and the rest; "" for a text that is not long."""
    if len(text) <= LONG:
        return text, ""
    ends = [SHORTEST + found.end() for found in re.finditer(r"[.!?]\s+(?=[A-ZÅÄÖ])", text[SHORTEST:])]
    end = max((end for end in ends if end <= LONG), default=min([*ends, len(text)]))
    return text[:end], text[end:]


def shifted(spans: Sequence[tuple[int, int]], cut: int) -> list[tuple[int, int]]:
    """The spans of a text's rest, counted from where it was cut."""
    return [(start - cut, end - cut) for start, end in spans if start >= cut]
