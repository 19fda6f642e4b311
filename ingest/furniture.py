"""Leave out what stands on every page: running headers, footers, page numbers, and lists of contents."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from ingest.block import Block, Document
from ingest.cell_table import header_kind
from ingest.contents import find_contents
from ingest.parts import part_rule
from ingest.rules import furniture_rules
from ingest.status import is_status

_REACH = 8
"""A header leaked into running text spreads over at most so many printed lines."""
_MIN_REPEATS = 3
_WIDE_HEADER = 3
"""Pieces of a header set wide: the board, the title, the page."""
_OF_PAGES = re.compile(r"(?:Sida?\s*)?\d{1,3}\s*(?:\(\d{1,3}\)|av\s\d{1,3})", re.IGNORECASE)
_BESIDE = 2
"""Lines from a page number to a line that belongs to the same header."""
_MARK = re.compile(r"(\S+\s+)?\d{1,3}\s*(\(\d{1,3}\))$")
"""A page number of so many, with the word before it, at the end of a line."""
_MARGIN = 0.13
"""Headers and footers of a page stand in the outer part of its height."""
_PAGE_SHARE = 0.25
"""A line that stands at the same height on so many of the pages is furniture."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document's blocks without furniture."""

    blocks: tuple[Block, ...]
    """What is left, in order."""
    interrupted: frozenset[int]
    """Indexes in `blocks` of blocks with something dropped right before them."""
    titles: tuple[str, ...]
    """Titles in the list of contents, in order."""
    contents_end: Block | None = None
    """The last line of the list of contents, left out of `blocks`."""


def drop_furniture(document: Document) -> Cleaned:
    """Drop running headers, footers, page numbers and the entries of the list of contents."""
    dropped = page_lines(document.blocks)
    if document.format == "pdf":
        dropped |= _margin_lines(document.blocks)
        dropped |= _header_pieces(document.blocks, dropped)
    contents = find_contents(document.blocks, dropped)
    dropped |= contents.blocks
    blocks: list[Block] = []
    interrupted: set[int] = set()
    pending = False
    gap = 0.0
    for index, block in enumerate(document.blocks):
        if index in dropped:
            pending = pending or bool(block.text)
            gap = max(gap, block.gap)
            continue
        if pending and block.text:
            interrupted.add(len(blocks))
            block = replace(block, gap=max(block.gap, gap, 1.0))
            pending, gap = False, 0.0
        elif pending and blocks and blocks[-1].text and not block.runs:
            # Where text runs right up to a page header, the blank line below the header is the header's own.
            continue
        blocks.append(block)
    end = max((index for index in contents.blocks if document.blocks[index].runs), default=None)
    return Cleaned(
        tuple(blocks), frozenset(interrupted), contents.titles, None if end is None else document.blocks[end]
    )


def page_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Page number lines, and the header lines that stand by them."""
    rules = furniture_rules()
    certain, repeated = _matcher(rules.page_lines), _matcher(rules.repeated)
    counts = Counter(_shape(block.text) for block in blocks if block.text)
    marks = Counter(_mark(block.text) for block in blocks if block.text)
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if not block.text:
            continue
        if certain.fullmatch(block.text) or (
            repeated.fullmatch(block.text)
            and max(counts[_shape(block.text)], marks[mark] if (mark := _mark(block.text)) else 0) >= _MIN_REPEATS
            and _alone(blocks, index)
        ):
            found.add(index)
    found |= _companions(blocks, found)
    return frozenset(found | _beside(blocks, found))


def is_header_text(text: str) -> bool:
    """True for a line of words that stand in page headers only: no title of anything."""
    rules = furniture_rules()
    return _matcher((*rules.page_lines, *rules.companions)).fullmatch(text) is not None


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _mark(text: str) -> str | None:
    """The page number that ends a line, the same on all pages whatever OCR makes of a logo before it."""
    match = _MARK.search(text)
    return f"{(match[1] or '').lower()}{match[2]}" if match else None


@cache
def _matcher(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _companions(blocks: Sequence[Block], found: Set[int]) -> set[int]:
    """Lines of header words that stand by lines already found."""
    near_by: set[int] = set()
    for index in found:
        for step in (-1, 1):
            for near in _neighbours(blocks, index, step):
                if not is_header_text(blocks[near].text):
                    break
                near_by.add(near)
    return near_by


def _beside(blocks: Sequence[Block], found: set[int]) -> set[int]:
    """Lines that stand right by a page number again and again: the board's name, the report's title."""
    beside: dict[str, set[int]] = defaultdict(set)
    for index in found:
        for step in (-1, 1):
            near = next((i for i in _neighbours(blocks, index, step) if i not in found), None)
            if near is not None and abs(near - index) <= _BESIDE and blocks[near].cells is None:
                beside[_shape(blocks[near].text)].add(near)
    counts = Counter(_shape(block.text) for block in blocks if block.text)
    enough = max(_MIN_REPEATS, len(found) // 4)
    return {
        index
        for shape, indexes in beside.items()
        if len(indexes) >= enough and 2 * len(indexes) > counts[shape] and not _divides(blocks[min(indexes)])
        for index in indexes
    }


def _divides(block: Block) -> bool:
    return is_status(block) or part_rule(block) is not None


def _alone(blocks: Sequence[Block], index: int) -> bool:
    """A bare number is a page number only when it stands by itself, outside tables."""
    block = blocks[index]
    if not block.text.isdigit():
        # A header set wide is read as a row: its last cell is the page number.
        filled = [cell.text for cell in block.cells or () if cell.text]
        return block.cells is None or (len(filled) <= _WIDE_HEADER and _OF_PAGES.fullmatch(filled[-1]) is not None)
    after = next((b for b in blocks[index + 1 : index + 2]), None)
    return block.cells is None and block.gap >= 2 and (after is None or not after.text)


def _neighbours(blocks: Sequence[Block], index: int, step: int) -> list[int]:
    """The nearest lines with text on one side."""
    reach = range(index + step, index + step * (_REACH + 1), step)
    return [near for near in reach if 0 <= near < len(blocks) and blocks[near].text]


def _margin_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines repeated at the same height of many pages (pdf); a table's header row is none, though it is repeated."""
    boxes = [block.runs[0].box if block.runs and not header_kind(block) else None for block in blocks]
    pages = {box.page for box in boxes if box is not None}
    if len(pages) < _MIN_REPEATS:
        return frozenset()
    bottom = max(box.y1 for box in boxes if box is not None)
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for block, box in zip(blocks, boxes, strict=True):
        if box is not None and _in_margin(box.y0, box.y1, bottom):
            places[_shape(block.text), round(box.y0 / 6)].add(box.page)
    enough = max(_MIN_REPEATS, _PAGE_SHARE * len(pages))
    return frozenset(
        index
        for index, (block, box) in enumerate(zip(blocks, boxes, strict=True))
        if box is not None
        and _in_margin(box.y0, box.y1, bottom)
        and len(places[_shape(block.text), round(box.y0 / 6)]) >= enough
    )


def _header_pieces(blocks: Sequence[Block], dropped: Set[int]) -> set[int]:
    """Pieces of a header that OCR gave as lines of their own: at the top of a page, all words those of the header."""
    boxes = [block.runs[0].box if block.runs else None for block in blocks]
    bottom = max((box.y1 for box in boxes if box is not None), default=0.0)
    tops = {index: box.page for index, box in enumerate(boxes) if box is not None and box.y1 < _MARGIN * bottom}
    pages: dict[str, set[int]] = defaultdict(set)
    for index in dropped & tops.keys():
        for word in _words(blocks[index].text):
            pages[word].add(tops[index])
    header = {word for word, on in pages.items() if len(on) >= _MIN_REPEATS}
    pieces = {
        index
        for index in tops.keys() - dropped
        if blocks[index].cells is None
        and not _divides(blocks[index])
        and (words := _words(blocks[index].text))
        and words <= header
    }
    return pieces | _companions(blocks, pieces)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{3,}", text.lower()))


def _in_margin(y0: float, y1: float, bottom: float) -> bool:
    return y1 < _MARGIN * bottom or y0 > (1 - _MARGIN) * bottom
