"""Words that a narrow table column breaks, with or without a hyphen ("Stockholmarna|s nöjdhet"), put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.block import Block, Cell, Run
from ingest.flow import Flow, measure
from ingest.row import row_text

_WORD = re.compile(r"[^\W\d_]+")
_FRAGMENT = 3
"""Letters; longer ones are too often words that the document has only once."""
_VOWEL = re.compile("[aeiouyåäöé]")


def mend_cells(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken words in their cells joined.

    A line of a cell that is one word is joined to the next when both together make a word of the running text, when the
    next begins with what cannot be a word, or when neither is a word of the document, the line fills the cell and the
    next begins with a short fragment. A hyphen at a line's end goes as it does in running text.
    """
    flow = measure(blocks, "pdf")
    words = {
        word.lower()
        for block in blocks
        for text in ([block.text] if block.cells is None else _insides(block.cells))
        for word in _WORD.findall(text)
    }
    mended = []
    for block in blocks:
        if block.cells is not None:
            cells = tuple(_mend(_dehyphenated(cell, flow), words) for cell in block.cells)
            if cells != block.cells:
                text, runs = row_text(cells)
                block = replace(block, text=text, runs=runs, cells=cells)
        mended.append(block)
    return mended


def _insides(cells: Sequence[Cell]) -> list[str]:
    """What stands inside the lines of cells, without the words at either end, which may be broken."""
    return [
        " ".join(cell.text[run.start : run.end].split()[1:-1] if len(cell.runs) > 1 else [cell.text])
        for cell in cells
        for run in cell.runs
    ]


def _dehyphenated(cell: Cell, flow: Flow) -> Cell:
    """The cell with its lines joined as lines of running text are, where one ends with a hyphen or a slash."""
    text, runs = cell.text, list(cell.runs)
    for index in range(len(runs) - 1):
        left, right = runs[index], runs[index + 1]
        before, after = text[: left.end], text[right.start :]
        if right.start != left.end + 1 or before[-1:] not in ("-", "/"):
            continue
        drop, between = flow.joint(before, after)
        text = before[: left.end - drop] + between + after
        runs[index] = replace(left, end=left.end - drop)
        by = 1 + drop - len(between)
        runs[index + 1 :] = [replace(run, start=run.start - by, end=run.end - by) for run in runs[index + 1 :]]
    return cell if text == cell.text else Cell(text, tuple(runs))


def _mend(cell: Cell, words: set[str]) -> Cell:
    text, runs = cell.text, list(cell.runs)
    for index in range(len(runs) - 1):
        left, right = runs[index], runs[index + 1]
        before, after = text[left.start : left.end], _WORD.match(text[right.start : right.end])
        if not _WORD.fullmatch(before) or after is None or not after[0].islower() or right.start != left.end + 1:
            continue
        known = {before.lower(), after[0]} & words
        joined = (before + after[0]).lower() in words and len(known) < 2
        if (
            joined
            or not _VOWEL.search(after[0])
            or (not known and len(after[0]) <= _FRAGMENT and _fills(left, runs, len(before)))
        ):
            text = text[: left.end] + text[right.start :]
            runs[index + 1 :] = [replace(run, start=run.start - 1, end=run.end - 1) for run in runs[index + 1 :]]
    return cell if text == cell.text else Cell(text, tuple(runs))


def _fills(run: Run, runs: Sequence[Run], letters: int) -> bool:
    """Whether no line of the cell reaches half a letter farther to the right than this one."""
    if run.box is None or letters < 5:
        return False
    letter = (run.box.x1 - run.box.x0) / letters
    return run.box.x1 + letter / 2 >= max(other.box.x1 for other in runs if other.box)
