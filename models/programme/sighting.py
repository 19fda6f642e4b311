"""A stretch of running text that looks like a programme's name, and why."""

from dataclasses import dataclass
from typing import Literal

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
    "defined",
    "small defined",
    "beside",
    "model",
    "unit",
    "other label",
    "city",
    "strong cue",
    "cue",
    "acronym",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch that looks like a programme's name; offsets are code points, half-open."""

    start: int
    end: int
    text: str
    evidence: Evidence
    long_form: str | None = None
    """What the acronym `text` stands for, when the text says so right here."""
