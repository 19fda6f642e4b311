"""Join printed lines into running text: line-end hyphens, page breaks, and which line goes on from which."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.block import Block, Box, Run, SourceFormat
from ingest.rules import language_rules

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([\w-]*)-$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"""[.!?:…][)"'”»\]]*$""")
_WRAPPED_SHARE = 0.5
"""In wrapped text more than half of the long lines go on in the line right below."""
_WIDEST_WRAPPED = 140
"""Printed lines are no longer; text with a paragraph a line is."""
_FULL = 0.86
"""A line is full when it with the next line's first word would fill so much of the width."""
_STRIP = 60.0
"""Points: lines that begin so near each other stand in the same column of a page."""
_SLACK = 3.0
"""Points that a line may fall short of the edge."""
_MIN_BROKEN_LINE = 45
"""A line this long without a full stop may go on after a blank line (a page break)."""
_MIN_HANGING_LINE = 80
"""So long a line that ends in "och" or "med" goes on after a blank line even with a capital: titles are shorter."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How one document sets its lines."""

    words: Counter[str]
    """Words (lower case) as they stand inside lines."""
    lower: frozenset[str]
    """Words that the document also writes in small letters: a capital on them means a new sentence."""
    hyphenates: bool
    """Words are broken at line ends."""
    wrapped: bool
    """A block is a printed line of a paragraph, not a paragraph."""
    width: float
    """Characters of a full line."""
    edges: Mapping[tuple[int, int], float]
    """Right edge of the lines that begin in a strip of a page, by (page, number of the strip) (pdf)."""

    def joint(self, before: str, after: str) -> tuple[int, str]:
        """How `after` goes on from `before`: characters to drop from the end of `before`, and what to put between."""
        if not before.endswith("-"):
            return (0, "") if re.search(r"\w/$", before) else (0, " ")
        last = _LAST.search(before)
        first = _FIRST.match(after)
        if last is None or not last[1] or first is None:
            return (0, " ") if last is None or not last[1] or not after[:1].isdigit() else (0, "")
        left, right = last[1], first[0]
        rules = language_rules()
        if right.lower() in rules.keep_hyphen_before:
            return 0, " "
        keep = (0, "")
        if not right[0].islower() or left[-1].isdigit() or left.isupper() or len(left) == 1:
            return keep
        if left.lower() in rules.months or right in rules.months:
            return keep
        whole, parted = self.words[(left + right).lower()], self.words[f"{left}-{right}".lower()]
        if whole or parted:
            return (1, "") if whole >= parted else keep
        return (1, "") if self.hyphenates else keep

    def goes_on(self, before: Block, after: Block, following: Block | None, blank: bool) -> bool:
        """True when `after` continues the paragraph of `before`.

        `following` is the next line with text; `blank`: something empty or dropped lies between the two.
        """
        if before.cells or after.cells or not _same_style(before, after) or after.markup == "list_item":
            return False
        if before.markup == "heading" or after.markup == "heading":
            # A heading goes on in the next line only where the reader gives printed lines.
            both = before.markup == after.markup and before.size is not None and not blank
            return both and (after.text[:1].islower() or self.full(before, after))
        ended = _ENDS.search(before.text) is not None
        lower = after.text[:1].islower()
        last = _LAST.search(before.text)
        broken = last is not None and last[1] != ""
        if broken and (lower or not blank):
            return True
        if not self.wrapped or blank:
            if lower:
                return not ended and len(before.text) >= _MIN_BROKEN_LINE
            return hangs(before.text) and len(before.text) >= _MIN_HANGING_LINE
        if lower and not ended:
            return True
        if not self.full(before, after):
            return False
        # A short line without a full stop, after a sentence that filled its line, is a heading.
        short = following is not None and not _ENDS.search(after.text) and not self.full(after, following)
        return not (ended and short and not lower and not _begins_lower(following))

    def begins_sentence(self, before: Block, after: Block) -> bool:
        """True when `after` begins a sentence although `before` ends none: then `before` is a heading."""
        first = _FIRST.match(after.text)
        if first is None or not first[0][0].isupper() or _ENDS.search(before.text) or before.text.endswith(("-", ",")):
            return False
        return first[0].lower() in self.lower

    def full(self, before: Block, after: Block) -> bool:
        """True when the first word of `after` would not have fitted on the line of `before`."""
        word = after.text.split(" ", 1)[0]
        box = _last_box(before)
        if box is not None:
            letter = (box.x1 - box.x0) / max(len(before.text), 1)
            edge = max((self.edges.get((box.page, _column(box) + step), 0.0) for step in (-1, 0, 1)), default=0.0)
            return box.x1 + letter * (1 + len(word)) >= edge - _SLACK
        return before.indent + len(before.text) + 1 + len(word) >= _FULL * self.width


def measure(blocks: Sequence[Block], source: SourceFormat) -> Flow:
    """Learn from the blocks how the document sets its lines."""
    words: Counter[str] = Counter()
    lower: set[str] = set()
    for block in blocks:
        found = _WORD.findall(block.text)
        lower.update(word for word in found if word.islower())
        words.update(word.lower() for word in (found[:-1] if block.text.endswith("-") else found))
    pairs = list(_pairs(blocks))
    whole = parted = 0
    for before, after in pairs:
        last, first = _LAST.search(before.text), _FIRST.match(after.text)
        if last and last[1] and first and first[0][0].islower() and not last[1][-1].isdigit():
            whole += words[(last[1] + first[0]).lower()] > 0
            parted += words[f"{last[1]}-{first[0]}".lower()] > 0
    lengths = sorted(b.indent + len(b.text) for b in blocks if b.text and b.cells is None)
    long = [length for length in lengths if length > 40] or [80]
    width = long[int(0.9 * (len(long) - 1))]
    near = sum(1 for before, after in pairs if len(before.text) > 40 and not after.gap and before.cells is None)
    wrapped = source == "pdf" or (
        source in ("txt", "md") and width <= _WIDEST_WRAPPED and near > _WRAPPED_SHARE * len(long)
    )
    edges: dict[tuple[int, int], float] = {}
    for block in blocks:
        if (box := _last_box(block)) is not None and block.cells is None:
            place = (box.page, _column(box))
            edges[place] = max(edges.get(place, 0.0), box.x1)
    return Flow(words, frozenset(lower), whole >= parted, wrapped, float(width), edges)


def _last_box(block: Block) -> Box | None:
    return block.runs[-1].box if block.runs else None


def _column(box: Box) -> int:
    return int(box.x0 // _STRIP)


def _begins_lower(block: Block | None) -> bool:
    return block is not None and block.text[:1].islower()


def hangs(text: str) -> bool:
    """True for text that breaks off after a word that no sentence ends with."""
    last = _LAST_WORD.search(text)
    return last is not None and last[0].lower() in language_rules().hanging


def _pairs(blocks: Sequence[Block]) -> Iterable[tuple[Block, Block]]:
    filled = [block for block in blocks if block.text]
    return pairwise(filled)


def _same_style(before: Block, after: Block) -> bool:
    if before.size is not None and after.size is not None and abs(before.size - after.size) > 0.6:
        return False
    return before.bold == after.bold or before.size is None


@dataclass(frozen=True, slots=True)
class Text:
    """Running text with its places in the source."""

    text: str
    runs: tuple[Run, ...]


def join(blocks: Sequence[Block], flow: Flow, interrupted: Sequence[bool] = ()) -> Text:
    """One running text of the blocks. `interrupted[i]`: something was left out right before block i."""
    text = ""
    runs: list[Run] = []
    for index, block in enumerate(blocks):
        if index:
            drop, between = flow.joint(text, block.text)
            if drop:
                text = text[:-drop]
                runs = [replace(run, end=min(run.end, len(text))) for run in runs]
            text += between
            if index < len(interrupted) and interrupted[index]:
                runs.append(gap_run(len(text)))
        runs.extend(shifted(block.runs, len(text)))
        text += block.text
    return Text(text, tuple(runs))


def gap_run(place: int) -> Run:
    """A run of no width: here the source has something that the text leaves out, so a quote may not reach across."""
    return Run(place, place, "…")


def shifted(runs: Iterable[Run], by: int) -> Iterable[Run]:
    """The runs moved to the right in their owner's text."""
    return (replace(run, start=run.start + by, end=run.end + by) for run in runs)
