"""Join pieces of text and keep track of where each stands in the source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.block import Block, Cell, Run

_CONJUNCTION = re.compile(r"(?:och|eller|samt|respektive)\b")
_BROKEN = re.compile(rf"(?<=[^\W\d_])- (?!{_CONJUNCTION.pattern})(?=[a-zåäö])")


def cut(cell: Cell, start: int, end: int | None = None) -> Cell:
    """The part of `cell` between two offsets, outer white space left out, runs cut to match.

    A run that is cut keeps its whole `raw` unless text and raw are equally long.
    """
    stop = len(cell.text) if end is None else end
    while start < stop and cell.text[start].isspace():
        start += 1
    while stop > start and cell.text[stop - 1].isspace():
        stop -= 1
    runs = []
    for run in cell.runs:
        low, high = max(run.start, start), min(run.end, stop)
        if low >= high:
            continue
        piece = replace(run, start=low - start, end=high - start)
        if len(run.raw) == run.end - run.start:
            column = None if run.column is None else run.column + low - run.start
            piece = replace(piece, raw=run.raw[low - run.start : high - run.start], column=column)
        runs.append(piece)
    return Cell(cell.text[start:stop], tuple(runs))


def join(pieces: Iterable[Cell], between: str | None = None) -> Cell:
    """The pieces as one text; `between` stands between them, or by default what a broken line asks for."""
    builder = TextBuilder()
    for piece in pieces:
        if not piece.text:
            continue
        if builder.text:
            if between is None:
                builder.break_line(piece.text)
            else:
                builder.literal(between)
        builder.words(piece)
    return builder.cell()


def mended(heading: str) -> str:
    """A heading without the hyphens that a narrow column left inside its words ("Resultat- enhet")."""
    return _BROKEN.sub("", heading)


class TextBuilder:
    """A text that grows: words of the source, with their runs, and words of our own, without."""

    def __init__(self) -> None:
        self.text = ""
        self._runs: list[Run] = []

    def literal(self, text: str) -> None:
        """Add words of our own."""
        self.text += text

    def words(self, cell: Cell) -> None:
        """Add words of the source."""
        offset = len(self.text)
        self._runs.extend(replace(run, start=run.start + offset, end=run.end + offset) for run in cell.runs)
        self.text += cell.text

    def break_line(self, following: str) -> None:
        """Make ready for `following` after a line or page break: a blank, or nothing after a hyphen inside a word."""
        if self.text.endswith("-") and not self.text.endswith(" -") and following[:1].islower():
            if _CONJUNCTION.match(following):
                self.text += " "
            return
        self.text += " "

    def cell(self) -> Cell:
        """What has been built."""
        return Cell(self.text, tuple(self._runs))


def block_cell(block: Block) -> Cell:
    """The whole block as one cell."""
    return Cell(block.text, block.runs)


def stretches(blocks: Sequence[Block], indexes: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """`indexes` split where the source does not run on from one to the next (other text, or another page, between)."""
    found: list[list[int]] = []
    for index in indexes:
        if found and _runs_on(blocks, found[-1][-1], index):
            found[-1].append(index)
        else:
            found.append([index])
    return tuple(tuple(stretch) for stretch in found)


def _runs_on(blocks: Sequence[Block], before: int, after: int) -> bool:
    if any(blocks[index].text or blocks[index].runs for index in range(before + 1, after)):
        return False
    if blocks[before].page != blocks[after].page:
        return False
    last, first = _line(blocks[before], -1), _line(blocks[after], 0)
    # A printed line that was dropped shows as a larger step than blank lines explain.
    return last is None or first is None or first - last <= after - before or blocks[after].gap > 0


def _line(block: Block, which: int) -> int | None:
    return block.runs[which].line if block.runs else None
