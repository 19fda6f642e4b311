"""Header rows that are printed over many lines: "Indikator Periodens / utfall / Utfall / män/ / pojkar …"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.block import Block
from ingest.columns import Column, NamedKind, column_of, known_headings, name_headings, squash
from ingest.printed_line import may_open_table

_MAX_LINES = 60
_MAX_LINE = 300
"""A longer line is no part of a header."""


@dataclass(frozen=True, slots=True)
class PrintedHeader:
    """A header row."""

    start: int
    end: int
    """Half-open range of block indexes."""
    kind: NamedKind
    columns: tuple[Column, ...]


def printed_header(blocks: Sequence[Block], start: int) -> PrintedHeader | None:
    """The header row that begins at `blocks[start]`: the longest run of lines made of known headings, two at least."""
    if blocks[start].cells is not None or not may_open_table(blocks[start]):
        return None
    printed, found = "", None
    for index in range(start, min(start + _MAX_LINES, len(blocks))):
        block = blocks[index]
        if not block.text:
            continue
        if block.cells is not None:
            break
        if len(block.text) > _MAX_LINE:
            break
        printed += "".join(block.text.split())
        squashed = squash(printed)
        complete = _headings(squashed)
        if complete is not None and len(complete) > 1:
            found = (index + 1, complete, printed)
        if not _may_go_on(squashed):
            break
    if found is None:
        return None
    end, headings, text = found
    return PrintedHeader(start, end, name_headings()[headings[0]], _columns(headings, text))


def _columns(headings: tuple[str, ...], printed: str) -> tuple[Column, ...]:
    """Columns for squashed headings; years are taken from the printed text, which has the same digits in order."""
    digits = iter(character for character in printed if character.isdigit())
    columns = [Column(headings[0].capitalize(), "name")]
    for heading in headings[1:]:
        filled = "".join(next(digits, "0") if character == "0" else character for character in heading)
        columns.append(column_of(filled))
    return tuple(columns)


@lru_cache(maxsize=1024)
def _headings(squashed: str, first: bool = True) -> tuple[str, ...] | None:
    """`squashed` as a row of known headings, the first one a name heading; None when it is none."""
    if not squashed:
        return None if first else ()
    for heading in _choices(first):
        if squashed.startswith(heading):
            rest = _headings(squashed[len(heading) :], False)
            if rest is not None:
                return (heading, *rest)
    return None


@lru_cache(maxsize=1024)
def _may_go_on(squashed: str, first: bool = True) -> bool:
    """Whether more text could make `squashed` a row of known headings."""
    if not squashed:
        return True
    return any(
        heading.startswith(squashed) or (squashed.startswith(heading) and _may_go_on(squashed[len(heading) :], False))
        for heading in _choices(first)
    )


@cache
def _choices(first: bool) -> tuple[str, ...]:
    return tuple(sorted(name_headings() if first else known_headings(), key=len, reverse=True))
