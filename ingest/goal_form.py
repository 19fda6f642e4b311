"""Tell by its form that a goal begins at a line: what ends tables and running text, whatever the goal is called."""

from collections.abc import Sequence

from ingest.block import Block
from ingest.goal_label import read_label
from ingest.heading import heading_shaped, split_number
from ingest.parts import begins_board_goal, part_rule
from ingest.status import is_status

_TITLE_LINES = 4


def begins_goal(blocks: Sequence[Block], index: int) -> bool:
    """True when the line at `index` is a goal's label, or a title by itself right above a status or "Beskrivning".

    A title carries a number or stands after a blank line; a title over at most four lines is known.
    """
    first = blocks[index]
    if not first.text or first.cells is not None or first.markup == "list_item":
        return False
    label = read_label(first.text)
    if label is not None and not label.everyday:
        return True
    if is_status(first) or part_rule(first) is not None or not first.text[0].isalnum() or first.text[0].islower():
        return False
    number = split_number(first.text)[0]
    if (first.gap < 1 and number is None) or not any(letter.isalpha() for letter in first.text):
        return False
    title: list[str] = []
    for block in blocks[index : index + 4 * _TITLE_LINES]:
        if not block.text:
            continue
        if is_status(block) or begins_board_goal(block):
            any_end = number is not None or is_status(block)
            return bool(title) and heading_shaped(" ".join(title).rstrip("."), numbered=any_end)
        if block.cells is not None or len(title) == _TITLE_LINES:
            return False
        if title and (block.gap >= 1 or read_label(block.text) or "." in (split_number(block.text)[0] or "")):
            return False
        title.append(block.text)
    return False
