"""Words of a text, and its names as one tag a word (IOB2) and back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.ner.corpora import LABELS, Span
from models.registry import Label

WORD = re.compile(r"\w+(?:[-:'’‑]\w+)*|[^\w\s]")
"""A word with its hyphens and genitive colons, or one other sign: what a tag stands for."""
TAGS: tuple[str, ...] = ("O", *(f"{prefix}-{label}" for label in LABELS for prefix in ("B", "I")))


@dataclass(frozen=True, slots=True)
class Found:
    """A name with the model's confidence (0–1), that of its least certain word."""

    start: int
    end: int
    label: Label
    confidence: float


def word_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each word."""
    return [match.span() for match in WORD.finditer(text)]


def first_pieces(words: Sequence[tuple[int, int]], pieces: Sequence[tuple[int, int]]) -> list[int]:
    """For each word the index of the first piece that has a character of it, -1 when none has (cut off)."""
    firsts = []
    at = 0
    for start, end in words:
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        firsts.append(at if at < len(pieces) and pieces[at][0] < end and pieces[at][1] > pieces[at][0] else -1)
    return firsts


def tags(words: Sequence[tuple[int, int]], entities: Sequence[Span]) -> list[int]:
    """The index in `TAGS` of each word. A word that a name covers in part is taken whole."""
    result = [0] * len(words)
    for start, end, label in entities:
        inside = [index for index, word in enumerate(words) if word[0] < end and word[1] > start]
        for index in inside:
            result[index] = TAGS.index(f"{'B' if index == inside[0] else 'I'}-{label}")
    return result


def spans(words: Sequence[tuple[int, int]], found: Sequence[int], confidences: Sequence[float]) -> list[Found]:
    """Names from the tag of each word. An I that follows no name of its label begins one."""
    names: list[Found] = []
    open_label = ""
    for (start, end), tag, confidence in zip(words, found, confidences, strict=True):
        prefix, _, label = TAGS[tag].partition("-")
        if prefix == "O":
            open_label = ""
        elif prefix == "I" and label == open_label:
            last = names[-1]
            names[-1] = Found(last.start, end, last.label, min(last.confidence, confidence))
        else:
            names.append(Found(start, end, LABELS[LABELS.index(label)], confidence))
            open_label = label
    return names
