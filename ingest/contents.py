"""Find the printed list of contents: its lines are no headings, but its titles are evidence for them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.block import Block
from ingest.heading import split_number
from ingest.rules import chapter_rules, key

_LEADERS = re.compile(r"(?:\s*\.\s?){4,}\s*(\d{1,3})?\s*$")
_PAGE = re.compile(r"^(.*\S)\s+(\d{1,3})$")
_MIN_ENTRIES = 3
_MIN_BARE_ENTRIES = 4
_TITLE_BEGINNING = 30
"""So many characters tell titles apart; a heading may take more lines than its entry."""
_LOOKAHEAD = 3
"""A title in the list may take so many printed lines."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of contents of one document."""

    blocks: frozenset[int]
    """Indexes of its lines, its heading left out."""
    titles: tuple[str, ...]
    """Its entries in order, without leaders and page numbers."""


def find_contents(blocks: Sequence[Block], skipped: frozenset[int] = frozenset()) -> Contents:
    """The lists of contents in `blocks`: after a heading that says so, or several lines in a row with dot leaders.

    A list without page numbers (markdown, html) is known by its heading and by its lines, which all come again below;
    one with neither heading nor leaders by page numbers that rise and titles most of which come again below.

    Blocks in `skipped` (page headers) do not interrupt a list.
    """
    found: set[int] = set()
    titles: list[str] = []
    names = {key(name) for name in chapter_rules().contents}
    last = {_title(block.text)[:_TITLE_BEGINNING]: place for place, block in enumerate(blocks)}
    index = tried = 0
    while index < len(blocks):
        headed = key(blocks[index].text) in names
        if headed or _entry(blocks[index], False) is not None:
            end, entries = _run(blocks, index + 1 if headed else index, headed, skipped)
            if headed and len(entries) < _MIN_ENTRIES:
                end, entries = _run_without_pages(blocks, index + 1, skipped)
            if len(entries) >= _MIN_ENTRIES:
                found.update(range(index + 1 if headed else index, end))
                titles.extend(entries)
                index = end
                continue
        elif index >= tried and _page_number(blocks[index]) is not None:
            tried, _ = _run(blocks, index, True, skipped)
            start, end = _rising(blocks, index, tried)
            _, entries = _run(blocks[:end], start, True, skipped)
            if _come_again(entries, end, last):
                found.update(range(start, end))
                titles.extend(entries)
                index = end
                continue
        index += 1
    return Contents(frozenset(found), tuple(titles))


def _entry(block: Block, headed: bool) -> str | None:
    """The title of a line that ends a contents entry; "" for a line of leaders only; None for other lines."""
    text = block.text
    if leaders := _LEADERS.search(text):
        return text[: leaders.start()].strip(" .")
    if block.cells is not None:
        filled = [cell.text for cell in block.cells if cell.text]
        if len(filled) == 2 and filled[1].isdigit() and len(filled[1]) <= 3 and (headed or filled[0].endswith("....")):
            return filled[0].strip(" .")
        return None
    if headed and (match := _PAGE.match(text)) and not match[1][-1].isdigit():
        return match[1].strip(" .")
    return None


def _run(blocks: Sequence[Block], start: int, headed: bool, skipped: frozenset[int]) -> tuple[int, list[str]]:
    """End of the list that begins at `start`, and its titles."""
    entries: list[str] = []
    pending: list[str] = []
    end = index = start
    while index < len(blocks):
        block = blocks[index]
        if not block.text or index in skipped:
            index += 1
            continue
        title = _entry(block, headed)
        if title is not None:
            entries.append(" ".join([*pending, title]).strip())
            pending = []
            end = index + 1
        else:
            pending.append(block.text)
            if len(pending) > _LOOKAHEAD:
                break
        index += 1
    return end, entries


def _page_number(block: Block) -> int | None:
    """The page number that ends an entry of a list of contents."""
    if _entry(block, True) is None:
        return None
    last = re.search(r"\d+$", block.text)
    return int(last[0]) if last else None


def _rising(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """The longest stretch of a list, from entry to entry, whose page numbers never fall."""
    best = begun = start
    stop = start
    before = 0
    length = longest = 0
    for index in range(start, end):
        page = _page_number(blocks[index])
        if page is None:
            continue
        if page < before:
            begun, length = index, 0
        before, length = page, length + 1
        if length > longest:
            longest, best, stop = length, begun, index + 1
    return best, stop


def _come_again(entries: Sequence[str], end: int, last: Mapping[str, int]) -> bool:
    """Whether most of several titles stand again after block `end`; `last`: where each beginning stands last."""
    again = sum(last.get(_title(entry)[:_TITLE_BEGINNING], 0) >= end for entry in entries)
    return len(entries) >= _MIN_BARE_ENTRIES and 2 * again > len(entries)


def _run_without_pages(blocks: Sequence[Block], start: int, skipped: frozenset[int]) -> tuple[int, list[str]]:
    """End of a list whose lines all stand again further down, and its titles; a line met twice ends it."""
    later = Counter(_title(block.text) for block in blocks[start:] if block.text)
    titles: dict[str, str] = {}
    end = start
    for index in range(start, len(blocks)):
        block = blocks[index]
        if not block.text or index in skipped:
            continue
        title = _title(block.text)
        if block.cells is not None or title in titles or later[title] < 2:
            break
        titles[title] = block.text
        end = index + 1
    return end, list(titles.values())


def _title(text: str) -> str:
    """A heading without its number and without the label before it ("Nämndmål: 1.1.1 Title")."""
    return key(split_number(text.rpartition(": ")[2])[1])
