"""Words that a narrow table column breaks without a hyphen ("Stockholmarna|s nöjdhet"), put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.block import Block, Cell
from ingest.row import row_text

_WORD = re.compile(r"[^\W\d_]+")


def mend_cells(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with broken words in their cells joined.

    A line of a cell that is one word is joined to the next when both together make a word of the running text.
    """
    words = {word.lower() for block in blocks if block.cells is None for word in _WORD.findall(block.text)}
    mended = []
    for block in blocks:
        if block.cells is not None:
            cells = tuple(_mend(cell, words) for cell in block.cells)
            if cells != block.cells:
                text, runs = row_text(cells)
                block = replace(block, text=text, runs=runs, cells=cells)
        mended.append(block)
    return mended


def _mend(cell: Cell, words: set[str]) -> Cell:
    text, runs = cell.text, list(cell.runs)
    for index in range(len(runs) - 1):
        left, right = runs[index], runs[index + 1]
        before, after = text[left.start : left.end], _WORD.match(text[right.start : right.end])
        if not _WORD.fullmatch(before) or after is None or not after[0].islower() or right.start != left.end + 1:
            continue
        if (before + after[0]).lower() in words and not {before.lower(), after[0]} <= words:
            text = text[: left.end] + text[right.start :]
            runs[index + 1 :] = [replace(run, start=run.start - 1, end=run.end - 1) for run in runs[index + 1 :]]
    return cell if text == cell.text else Cell(text, tuple(runs))
