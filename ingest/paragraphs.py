"""Put printed lines together to paragraphs, and tell which of them are headings."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.block import Block, SourceFormat
from ingest.flow import Flow, Text, hangs, join
from ingest.goals import GoalHeading
from ingest.heading import heading_shaped, split_number
from ingest.parts import part_rule
from ingest.rules import chapter_rules, key
from ingest.status import is_status
from ingest.table_region import TableRegion

_HEADING_LINES = 4
_MOST_HEADINGS_IN_A_ROW = 2
"""More lines of heading shape in a row are a list without marks."""
_LARGER = 0.4
"""Points above the body's size that make a line a heading."""
_SHORT_HEADING = 80
_LONG_TEXT = 150
"""Characters of a paragraph that is text beyond doubt."""
_ENUMERATED = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZÅÄÖ]")
_ENDED = re.compile(r"""[.!?:…][)"'”»\]]*$""")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one paragraph, list item, or heading outside the goal tree."""

    blocks: tuple[int, ...]
    text: str
    listed: bool
    """A list item."""
    heading: bool
    certain: bool
    """The heading is known by its markup or type, not by its shape alone."""


Element = Paragraph | GoalHeading | TableRegion


@dataclass(frozen=True, slots=True)
class Page:
    """How the document sets its body text and headings."""

    source: SourceFormat
    body: float | None
    """Size of the body text (pdf)."""
    typed: bool
    """Headings differ from the text in size, weight or markup."""


def measure_type(blocks: Sequence[Block], source: SourceFormat) -> Page:
    """Learn the body's size, and whether headings can be known by type."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size is not None:
            sizes[round(block.size * 2) / 2] += len(block.text)
    body = sizes.most_common(1)[0][0] if sizes else None
    text = [block for block in blocks if block.text and block.cells is None]
    marked = sum(_set_off(block, body) for block in text)
    return Page(source, body, typed=source != "txt" and marked > 0.01 * len(text))


def _set_off(block: Block, body: float | None) -> bool:
    larger = block.size is not None and body is not None and block.size > body + _LARGER
    return block.markup == "heading" or block.bold or larger


def find_elements(
    blocks: Sequence[Block],
    regions: Sequence[TableRegion],
    goals: Sequence[GoalHeading],
    flow: Flow,
    page: Page,
    known: frozenset[str],
) -> tuple[Element, ...]:
    """Goal headings, tables and paragraphs in reading order; every block with text belongs to exactly one.

    `known`: keys of titles that are headings wherever they stand alone.
    """
    special: dict[int, tuple[int, Element]] = {region.start: (region.end, region) for region in regions}
    special.update({goal.first: (goal.end, goal) for goal in goals})
    elements: list[Element] = []
    index = 0
    while index < len(blocks):
        if index in special:
            index, element = special[index]
            elements.append(element)
        elif not blocks[index].text:
            index += 1
        else:
            members = _paragraph(blocks, index, special, flow, known)
            elements.append(_describe(blocks, members, flow, page, known))
            index = members[-1] + 1
    return _without_lists(elements, blocks)


def _barrier(block: Block) -> bool:
    return is_status(block) or part_rule(block) is not None


def _paragraph(
    blocks: Sequence[Block],
    start: int,
    special: dict[int, tuple[int, Element]],
    flow: Flow,
    known: frozenset[str],
) -> tuple[int, ...]:
    members = [start]
    if _barrier(blocks[start]):
        return (start,)
    blank = False
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if index in special:
            break
        if not block.text:
            blank = True
            continue
        before = blocks[members[-1]]
        blank = blank or block.gap >= 1
        if len(members) < _HEADING_LINES and not blank and not block.cells:
            title = key(split_number(" ".join(blocks[member].text for member in members))[1])
            if title in known:
                break
            if any(name.startswith(f"{title} {key(block.text)}") for name in known):
                members.append(index)
                continue
        if (
            _barrier(block)
            or (_is_known(block.text, known) and not hangs(before.text))
            or _ENUMERATED.match(block.text)
            or _NUMBERED.match(block.text)
            or not flow.goes_on(before, block, _following(blocks, index), blank)
            or (flow.begins_sentence(before, block) and _is_title([blocks[member] for member in members]))
        ):
            break
        members.append(index)
        blank = False
    return tuple(members)


def _is_known(text: str, known: frozenset[str]) -> bool:
    """True for a whole line that is a known title, set as one."""
    return text[0].isupper() and text[-1].isalnum() and key(text) in known


def _is_title(lines: Sequence[Block]) -> bool:
    return len(lines) <= _HEADING_LINES and heading_shaped(" ".join(line.text for line in lines))


def _following(blocks: Sequence[Block], index: int) -> Block | None:
    """The line right below, if there is one."""
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    return after if after is not None and after.text and after.gap < 1 else None


def _describe(
    blocks: Sequence[Block], members: tuple[int, ...], flow: Flow, page: Page, known: frozenset[str]
) -> Paragraph:
    text = join([blocks[index] for index in members], flow).text
    first = blocks[members[0]]
    named = key(split_number(text)[1]) in known and first.cells is None and text[0] != text[0].lower()
    named = named or (key(split_number(text)[1]) in known and text[0].isdigit())
    certain = (named or _certain(first, text, page)) and len(members) <= _HEADING_LINES
    shaped = (
        len(members) <= _HEADING_LINES
        and heading_shaped(text)
        and first.markup != "list_item"
        and first.cells is None
        and not _ENUMERATED.match(text)
    )
    if page.typed and not certain:
        shaped = shaped and _set_off(first, page.body)
    return Paragraph(members, text, first.markup == "list_item", certain or shaped, certain)


def _certain(block: Block, text: str, page: Page) -> bool:
    if len(text) > 200 or block.cells is not None or block.markup == "list_item":
        return False
    if block.markup == "heading":
        return True
    if (block.bold or block.italic) and page.source == "txt":
        return heading_shaped(text)
    larger = block.size is not None and page.body is not None and block.size > page.body + 2 * _LARGER
    return larger and heading_shaped(text)


def _without_lists(elements: Sequence[Element], blocks: Sequence[Block]) -> tuple[Element, ...]:
    """Take back headings that are lines of a list, or that follow an unfinished sentence."""
    result: list[Element] = []
    for index, element in enumerate(elements):
        if not isinstance(element, Paragraph) or not element.heading or element.certain:
            if isinstance(element, Paragraph) and _names_attachment(elements, index):
                element = _as_text(element)
            result.append(element)
            continue
        before = result[-1] if result else None
        unfinished = (
            isinstance(before, Paragraph)
            and not before.heading
            and not _ENDED.search(before.text)
            and not before.listed
            and part_rule(blocks[before.blocks[0]]) is None
            and not is_status(blocks[before.blocks[0]])
        )
        after = elements[index + 1] if index + 1 < len(elements) else None
        unfinished = unfinished and not _stands_above_text(element, after, blocks)
        lonely = after is None or isinstance(after, GoalHeading) or _goes_on_below(after, blocks)
        lonely = lonely or (isinstance(after, Paragraph) and part_rule(blocks[after.blocks[0]]) is not None)
        row = 1 + _headings(elements[index + 1 :], blocks) + _headings(elements[:index][::-1], blocks)
        numbered = split_number(element.text)[0] is not None
        labelled = part_rule(blocks[element.blocks[0]]) is not None
        plain = (unfinished or lonely or row > _MOST_HEADINGS_IN_A_ROW) and not numbered and not labelled
        result.append(element if not plain else _as_text(element))
    return tuple(result)


def _names_attachment(elements: Sequence[Element], index: int) -> bool:
    """True for a heading that only names an attachment ("Bilaga 2: …"), with the name of another right beside it."""
    near = elements[max(index - 1, 0) : index + 2]
    named = [isinstance(one, Paragraph) and _attachment().match(one.text) is not None for one in near]
    return named[min(index, 1)] and sum(named) > 1


@cache
def _attachment() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, chapter_rules().attachments))})\s+\d{{1,2}}\b")


def _goes_on_below(after: Element, blocks: Sequence[Block]) -> bool:
    """True when the next line stands right below and begins with a small letter: a name over a title in a signature."""
    if not isinstance(after, Paragraph):
        return False
    first = blocks[after.blocks[0]]
    return first.gap < 1 and not after.listed and after.text[0].islower()


def _stands_above_text(heading: Paragraph, after: Element | None, blocks: Sequence[Block]) -> bool:
    """True for a short line between blank lines, or in bold, over a long paragraph: that above lacks its full stop."""
    if not isinstance(after, Paragraph) or after.heading or after.listed:
        return False
    first, below = blocks[heading.blocks[0]], blocks[after.blocks[0]]
    apart = first.gap >= 1 and (below.gap >= 1 or (first.bold and not below.bold))
    full = len(after.text) >= _LONG_TEXT and after.text[0].isupper() and _ENDED.search(after.text) is not None
    return apart and full and len(heading.blocks) == 1 and len(heading.text) <= _SHORT_HEADING


def _headings(elements: Sequence[Element], blocks: Sequence[Block]) -> int:
    """How many headings known by shape alone come first; a judgement or the label of a part is none."""
    count = 0
    for element in elements[: _MOST_HEADINGS_IN_A_ROW + 1]:
        if not isinstance(element, Paragraph) or not element.heading or element.certain:
            break
        if _barrier(blocks[element.blocks[0]]):
            break
        count += 1
    return count


def _as_text(paragraph: Paragraph) -> Paragraph:
    return Paragraph(paragraph.blocks, paragraph.text, paragraph.listed, heading=False, certain=False)


def text_of(paragraph: Paragraph, blocks: Sequence[Block], flow: Flow, interrupted: frozenset[int]) -> Text:
    """The paragraph's text with its runs."""
    return joined(paragraph.blocks, blocks, flow, interrupted)


def joined(members: Sequence[int], blocks: Sequence[Block], flow: Flow, interrupted: frozenset[int]) -> Text:
    """One running text of the blocks at these indexes."""
    cuts = [False, *(cut_between(*pair, blocks, interrupted) for pair in pairwise(members))]
    return join([blocks[index] for index in members], flow, cuts)


def cut_between(before: int, after: int, blocks: Sequence[Block], interrupted: frozenset[int]) -> bool:
    """Whether the source has words between two blocks, also such as were dropped."""
    held = any(blocks[near].runs for near in range(before + 1, after))
    return held or any(near in interrupted for near in range(before + 1, after + 1))
