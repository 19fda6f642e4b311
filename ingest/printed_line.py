"""A printed line as words with the blanks between them, for tables that only blanks hold apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.block import Block, Cell, Run
from ingest.clean import visible
from ingest.columns import name_openings
from ingest.flow import Flow
from ingest.table_text import TextBuilder, cut


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a printed line."""

    cell: Cell
    gap: int
    """Blanks before it."""

    @property
    def text(self) -> str:
        return self.cell.text


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    block: int
    """Index of its block."""
    words: tuple[Word, ...]
    breaks_word: bool
    """True when the line ends inside a word, without a hyphen, so that nothing stands between it and the next."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def without_mark(self) -> "Line":
        """The line without the list mark that it begins with."""
        marked = len(self.words) > 1 and len(self.words[0].text) == 1 and not self.words[0].text.isalnum()
        return Line(self.block, self.words[1:], self.breaks_word) if marked else self


class Printer:
    """Gives the printed lines of a report's blocks."""

    def __init__(self, blocks: Sequence[Block], flow: Flow) -> None:
        self.blocks = blocks
        self.flow = flow
        ends = [block.runs[-1].raw[-1:].isspace() for block in blocks if block.runs and block.cells is None]
        # A source that prints a blank at line ends shows a broken word by leaving it out.
        self._blank_ends = sum(ends) > len(ends) / 2
        self._vocabulary: frozenset[str] | None = None

    def line(self, index: int) -> Line:
        """The line of block `index`; a hyphen that breaks a word at its end is left out."""
        line = self._line(index)
        if not line.words or not line.words[-1].text.endswith("-"):
            return line
        drop, between = self.flow.joint(line.text, self._following(index))
        if not drop or between:
            return line
        *before, last = line.words
        whole = Word(cut(last.cell, 0, len(last.text) - drop), last.gap)
        return Line(index, (*before, whole), breaks_word=True)

    def _following(self, index: int) -> str:
        return self.blocks[index + 1].text if index + 1 < len(self.blocks) else ""

    def _line(self, index: int) -> Line:
        block = self.blocks[index]
        words: list[Word] = []
        # The page's own margin is no blank of the text.
        printed_to = (block.runs[0].column or 0) - block.indent if block.runs else 0
        printed = " ".join(visible(" ".join(run.raw for run in block.runs)).split())
        # The mark of a list item is a dash inside a name or an empty value where a table stands.
        if block.text != printed and not (block.markup == "list_item" and printed[2:] == block.text):
            return Line(index, _clean_words(block), self._breaks_word(index))
        for run in block.runs:
            column = run.column or 0
            for match in re.finditer(r"\S+", run.raw):
                start, end = column + match.start(), column + match.end()
                text = visible(match[0])
                if not text:
                    continue
                place = Run(0, len(text), match[0], run.line, start if run.column is not None else None, run.box)
                words.append(Word(Cell(text, (place,)), start - printed_to))
                printed_to = end
            printed_to = printed_to if run.column is not None else 0
        return Line(index, tuple(words), self._breaks_word(index))

    def _breaks_word(self, index: int) -> bool:
        block = self.blocks[index]
        if self._blank_ends:
            # A dash between words ends a line without a blank too.
            broken = bool(block.runs) and not block.runs[-1].raw[-1:].isspace()
            return broken and not block.text.endswith((" -", " –"))
        left, right = re.search(r"[^\W\d]+$", block.text), re.match(r"[^\W\d]+", self._following(index))
        if left is None or right is None or not right[0].islower():
            return False
        known = self._words()
        whole = (left[0] + right[0]).casefold() in known
        return whole and not (left[0].casefold() in known and right[0].casefold() in known)

    def _words(self) -> frozenset[str]:
        """Words that stand inside lines, where nothing can have broken them."""
        if self._vocabulary is None:
            inner = (re.findall(r"[^\W\d]+", block.text)[1:-1] for block in self.blocks)
            self._vocabulary = frozenset(word.casefold() for words in inner for word in words)
        return self._vocabulary


def _clean_words(block: Block) -> tuple[Word, ...]:
    """The words of a line whose text is not as printed (markup, ligatures): what stood between them is not known."""
    first = block.runs[0] if block.runs else Run(0, 0, "")
    texts = block.text.split(" ")
    places = [Run(0, len(text), text, first.line, None, first.box) for text in texts]
    gaps = [block.indent, *(1 for _ in texts[1:])]
    return tuple(Word(Cell(text, (place,)), gap) for text, place, gap in zip(texts, places, gaps, strict=True))


def join_lines(lines: Iterable[Line]) -> Cell:
    """The lines as one text."""
    return join_words((line.breaks_word, line.words) for line in lines)


def join_words(lines: Iterable[tuple[bool, Sequence[Word]]]) -> Cell:
    """Words of several lines as one text; each line says whether it ends inside a word."""
    builder = TextBuilder()
    inside_word = False
    for breaks_word, words in lines:
        for place, word in enumerate(words):
            if builder.text and place:
                builder.literal(" ")
            elif builder.text and (not inside_word or word.gap):
                builder.break_line(word.text)
            builder.words(word.cell)
        inside_word = breaks_word
    return builder.cell()


def may_open_table(block: Block) -> bool:
    """Whether the block's first word could begin the heading of a table's first column."""
    return block.text.partition(" ")[0].casefold() in name_openings()
