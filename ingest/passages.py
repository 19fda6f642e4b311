"""Cut a report's text into passages fit for finding and citing."""

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from ingest.block import Block, Run
from ingest.flow import Flow, gap_run, shifted
from ingest.paragraphs import Paragraph, cut_between, joined, text_of
from ingest.quote import cut, quote_all, quote_of
from ingest.report import Passage, PassageKind
from ingest.sentences import sentence_spans
from ingest.structure import Item, JudgedHeading
from ingest.table_region import TableKind, TableRow

SHORT = 300
"""A passage shorter than this takes in its neighbour when it can. Characters, as the others."""
LONG = 900
"""A passage is not made longer than this, and a longer paragraph is split at sentence ends."""
_KINDS: dict[TableKind, PassageKind] = {"indicator": "indicator", "activity": "activity"}


@dataclass(frozen=True, slots=True)
class Cut:
    """The passages of a report."""

    passages: tuple[Passage, ...]
    placed: tuple[tuple[int, Item], ...]
    """(index in `passages`, item) of every table row."""

    def rows(self, kind: TableKind) -> Iterator[tuple[int, int, TableRow]]:
        """(index in `passages`, section id, row) of the rows of tables of one kind; those without a name are none."""
        for passage, item in self.placed:
            row = item.content
            if item.region is not None and item.region.kind == kind and isinstance(row, TableRow) and row.name:
                yield passage, item.section, row


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph, a list item, or a piece of a long paragraph."""

    text: str
    runs: tuple[Run, ...]
    listed: bool
    first: int
    last: int
    """First and last block index."""


def cut_passages(items: Sequence[Item], blocks: Sequence[Block], flow: Flow, interrupted: frozenset[int]) -> Cut:
    """Passages in reading order: neighbouring short paragraphs together, long ones split, a table row by itself."""
    passages: list[Passage] = []
    placed: list[tuple[int, Item]] = []
    cuts = {run.line for index in interrupted for run in blocks[index].runs[:1] if run.line is not None}
    for _, group in groupby(items, key=_place):
        members = list(group)
        if isinstance(members[0].content, TableRow):
            for item in members:
                placed.append((len(passages), item))
                passages.append(_row_passage(item, blocks, cuts))
            continue
        if isinstance(members[0].content, JudgedHeading):
            passages.extend(_goal_passage(item, blocks, flow, interrupted) for item in members)
            continue
        units = [unit for item in members for unit in _units(item, blocks, flow, interrupted)]
        told = (chunk for chunk in _chunks(units) if any(char.isalnum() for unit in chunk for char in unit.text))
        passages.extend(_passage(members[0], chunk, blocks, interrupted) for chunk in told)
    return Cut(tuple(passages), tuple(placed))


def _place(item: Item) -> tuple[int, str | None, str | None, type]:
    return item.section, item.part, item.subheading, type(item.content)


def _units(item: Item, blocks: Sequence[Block], flow: Flow, interrupted: frozenset[int]) -> Iterator[_Unit]:
    paragraph = item.content
    assert isinstance(paragraph, Paragraph)
    text = text_of(paragraph, blocks, flow, interrupted)
    first, last = paragraph.blocks[0], paragraph.blocks[-1]
    for start, end in _pieces(text.text):
        whole = (start, end) == (0, len(text.text))
        runs = text.runs if whole else cut(text.runs, start, end)
        yield _Unit(text.text[start:end], runs, item.listed, first, last)


def _pieces(text: str) -> list[tuple[int, int]]:
    """Ranges of about equal length, none longer than LONG unless a sentence is."""
    if len(text) <= LONG:
        return [(0, len(text))]
    target = len(text) / math.ceil(len(text) / LONG)
    pieces: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if pieces:
            begin, stop = pieces[-1]
            middle = (start + end) / 2 - begin
            if end - begin <= LONG and (middle <= target or stop - begin < SHORT):
                pieces[-1] = (begin, end)
                continue
        pieces.append((start, end))
    if len(pieces) > 1 and pieces[-1][1] - pieces[-1][0] < SHORT and pieces[-1][1] - pieces[-2][0] <= LONG:
        pieces[-2:] = [(pieces[-2][0], pieces[-1][1])]
    return pieces


def _chunks(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Neighbours put together until they are long enough; a lead-in stays with what it leads in."""
    chunks: list[list[_Unit]] = []
    for unit in units:
        if chunks:
            size = sum(len(other.text) + 1 for other in chunks[-1])
            fits = size + len(unit.text) <= LONG
            last = chunks[-1][-1]
            leads = last.text.endswith(":") or (unit.listed and last.listed)
            if fits and (size < SHORT or leads):
                chunks[-1].append(unit)
                continue
        chunks.append([unit])
    for index in range(len(chunks) - 1, 0, -1):
        size = _size(chunks[index])
        if size < SHORT and size + _size(chunks[index - 1]) + 1 <= LONG:
            chunks[index - 1 : index + 1] = [chunks[index - 1] + chunks[index]]
    yield from chunks


def _size(chunk: Sequence[_Unit]) -> int:
    return sum(len(unit.text) for unit in chunk) + len(chunk) - 1


def _passage(item: Item, chunk: Sequence[_Unit], blocks: Sequence[Block], interrupted: frozenset[int]) -> Passage:
    text = ""
    runs: list[Run] = []
    for index, unit in enumerate(chunk):
        if index:
            text += "\n"
            if cut_between(chunk[index - 1].last, unit.first, blocks, interrupted):
                runs.append(gap_run(len(text)))
        runs.extend(shifted(unit.runs, len(text)))
        text += unit.text
    kind: PassageKind = "list_item" if all(unit.listed for unit in chunk) else "paragraph"
    quote = quote_of(runs, 0, len(text)).text
    pages = [block.page for unit in chunk for block in blocks[unit.first : unit.last + 1] if block.text]
    return _made(item, kind, text, tuple(runs), quote, pages)


def _goal_passage(item: Item, blocks: Sequence[Block], flow: Flow, interrupted: frozenset[int]) -> Passage:
    judged = item.content
    assert isinstance(judged, JudgedHeading)
    heading = joined(judged.blocks, blocks, flow, interrupted)
    text, runs = heading.text, list(heading.runs)
    members = judged.blocks
    if judged.below is not None:
        members = (*members, judged.below)
        text += "\n"
        if cut_between(judged.blocks[-1], judged.below, blocks, interrupted):
            runs.append(gap_run(len(text)))
        runs.extend(shifted(blocks[judged.below].runs, len(text)))
        text += blocks[judged.below].text
    elif judged.meant is not None:
        text += f"\n{judged.meant}"
    quote = quote_of(runs, 0, len(text)).text
    return _made(item, "goal", text, tuple(runs), quote, [blocks[index].page for index in members])


def _row_passage(item: Item, blocks: Sequence[Block], cuts: Set[int]) -> Passage:
    row = item.content
    assert isinstance(row, TableRow)
    assert item.region is not None
    quote = max((quote_all(runs).text for runs in _uncut(row.quote_runs, cuts)), key=len)
    pages = [blocks[index].page for index in row.blocks]
    runs = tuple(_with_gaps(row.runs, blocks[row.first_block : row.last_block + 1]))
    return _made(item, _KINDS.get(item.region.kind, "table_row"), row.sentence, runs, quote, pages)


def _uncut(runs: Sequence[Run], cuts: Set[int]) -> list[list[Run]]:
    """The runs in stretches, a new one at each line with a page header dropped right before it."""
    stretches: list[list[Run]] = [[]]
    for run in runs:
        if run.line in cuts and stretches[-1] and stretches[-1][-1].line != run.line:
            stretches.append([])
        stretches[-1].append(run)
    return stretches


def _with_gaps(runs: Sequence[Run], blocks: Sequence[Block]) -> Iterator[Run]:
    """A row's runs, with a gap wherever the source has words between two of them."""
    source = [run for block in blocks for run in block.runs]
    for index, run in enumerate(runs):
        if index and _parted(runs[index - 1], run, source):
            yield gap_run(run.start)
        yield run


def _parted(before: Run, after: Run, source: Sequence[Run]) -> bool:
    """True when words stand between two runs, or when the places are not known well enough to tell."""
    if before.line is None or before.column is None or after.line is None or after.column is None:
        return True
    start, end = (before.line, before.column + len(before.raw)), (after.line, after.column)
    for run in source:
        if run.line is None or run.column is None or not start[0] <= run.line <= end[0]:
            continue
        first = start[1] - run.column if run.line == start[0] else 0
        last = end[1] - run.column if run.line == end[0] else len(run.raw)
        if run.raw[max(first, 0) : max(last, 0)].strip(" |\t"):
            return True
    return False


def _made(
    item: Item, kind: PassageKind, text: str, runs: tuple[Run, ...], quote: str, pages: Sequence[int | None]
) -> Passage:
    boxed = {run.box.page for run in runs if run.box is not None}
    known = boxed or {page for page in pages if page is not None}
    lines = [run.line for run in runs if run.line is not None]
    return Passage(
        item.section,
        item.part,
        item.subheading,
        kind,
        text,
        runs,
        quote,
        tuple(sorted(known)),
        (min(lines), max(lines)) if lines else None,
    )
