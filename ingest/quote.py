"""Verbatim quotes: what the source says at a stretch of a passage, so that a reader can find it there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.block import Run
from ingest.clean import clean_inline, clean_line

_BROKEN = re.compile(r"-[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A contiguous stretch of the source."""

    text: str
    """Verbatim; white space folded, words broken by a hyphen at a line end joined."""
    runs: tuple[Run, ...]
    """The runs (or parts of runs) that it was made of."""


@dataclass(frozen=True, slots=True)
class _Piece:
    run: Run
    text: str
    hyphen: Literal["kept", "dropped"] | None = None
    """Ends with a hyphen that the clean text keeps, or leaves out to join a broken word."""


def fold(text: str) -> str:
    """Fold a text for comparison: line-break hyphens joined, then white space to single blanks.

    A quote is verbatim when `fold(quote)` is found in `fold(source)`.
    """
    return re.sub(r"\s+", " ", _BROKEN.sub("", text.replace("\u00ad", ""))).strip()


def quote_of(runs: Sequence[Run], start: int, end: int) -> Quote:
    """The source of the characters `start` to `end` (half-open) of the text that `runs` belong to.

    Where the source is interrupted there (another page, something left out), the longest stretch is given.
    """
    stretches: list[list[_Piece]] = [[]]
    last: Run | None = None
    for run in runs:
        if run.start == run.end:
            if run.raw.strip():
                stretches.append([])
            continue
        if run.end <= start or run.start >= end:
            if stretches[-1]:
                stretches.append([])
            continue
        piece = _cut(run, start, end)
        if last is not None and _interrupted(last, run):
            stretches.append([])
        stretches[-1].append(piece)
        last = run
    best = max(stretches, key=lambda pieces: (_has_words(pieces), sum(len(piece.text) for piece in pieces)))
    quote = _joined(best)
    for piece in reversed(best):
        if not piece.run.raw.rstrip().endswith("-"):
            break
        quote = quote.removesuffix("-").rstrip()  # folding joins a hyphen at a line end to the next line
        if piece.run.raw.strip() != "-":
            break
    return Quote(quote, tuple(piece.run for piece in best))


def quote_all(runs: Sequence[Run]) -> Quote:
    """The quote of runs that stand next to each other in the source and belong to no text (a table row's own words)."""
    whole: list[Run] = []
    place = 0
    for run in runs:
        if run.raw.strip():
            whole.append(replace(run, start=place, end=place + len(run.raw)))
            place += len(run.raw) + 1
    bar = 0 if not whole or whole[0].raw.strip() != "|" else 1
    end = len(whole) - 1 if len(whole) > bar and whole[-1].raw.strip() == "|" else len(whole)
    return quote_of(whole[bar:end], 0, place)


def cut(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs of the characters `start` to `end` (half-open), with offsets into that stretch."""
    pieces = (
        run if run.start == run.end else _cut(run, start, end).run
        for run in runs
        if (run.start < end and run.end > start) or (run.start == run.end and start < run.start < end)
    )
    return tuple(replace(run, start=run.start - start, end=run.end - start) for run in pieces)


def _has_words(pieces: Sequence[_Piece]) -> bool:
    return any(char.isalnum() for piece in pieces for char in piece.text)


def _interrupted(before: Run, after: Run) -> bool:
    if before.box is not None and after.box is not None:
        if before.box.page != after.box.page:
            return True
        height = max(before.box.y1 - before.box.y0, 1.0)
        return after.box.y1 < before.box.y0 - height
    if before.line is not None and after.line is not None:
        return (after.line, after.column or 0) < (before.line, before.column or 0)
    return False


def _cut(run: Run, start: int, end: int) -> _Piece:
    """The part of a run that the range covers."""
    size = run.end - run.start
    if start <= run.start and run.end <= end and not run.raw.rstrip().endswith("-"):
        text = re.sub(r"\s+", " ", run.raw.replace("\u00ad", "")).strip()
        return _Piece(run, text)
    read = (clean(run.raw) for clean in (clean_inline, clean_line))
    clean = next((found for found in read if _fits(found.text, size)), None)
    first, last = max(start, run.start) - run.start, min(end, run.end) - run.start
    dropped = clean is not None and len(clean.text) == size + 1
    whole_end = last == size
    if clean is None or (first == 0 and whole_end):
        raw, column = run.raw, run.column
    else:
        raw_start = 0 if first == 0 else clean.starts[first]
        raw_end = len(run.raw) if whole_end else clean.ends[last - 1]
        raw = run.raw[raw_start:raw_end]
        column = None if run.column is None else run.column + raw_start
    text = re.sub(r"\s+", " ", raw.replace("\u00ad", "")).strip()
    part = Run(max(start, run.start), min(end, run.end), raw, run.line, column, run.box)
    if not whole_end or not text.endswith("-"):
        return _Piece(part, text)
    return _Piece(part, text[:-1], "dropped") if dropped else _Piece(part, text, "kept")


def _fits(text: str, size: int) -> bool:
    return len(text) == size or (len(text) == size + 1 and text.endswith("-"))


def _joined(pieces: Sequence[_Piece]) -> str:
    quote = ""
    for index, piece in enumerate(pieces):
        if index:
            before = pieces[index - 1]
            if before.hyphen is None or _same_line(before.run, piece.run):
                quote += " " if before.run.end < piece.run.start or _apart(before.run, piece.run) else ""
            elif before.hyphen == "kept":
                quote += "\n"
        quote += piece.text
    return quote


def _same_line(before: Run, after: Run) -> bool:
    return before.line is not None and before.line == after.line


def _apart(before: Run, after: Run) -> bool:
    """True when the source has white space between two runs even if the text has none."""
    if before.box is not None and after.box is not None:
        return abs(before.box.y0 - after.box.y0) > 1
    return before.line is not None and not _same_line(before, after)
