"""Find the headings of the goal tree: inriktningsmål, mål för verksamhetsområdet, nämndmål."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.block import Block
from ingest.flow import Flow, join
from ingest.furniture import is_header_text
from ingest.goal_label import KINDS, GoalLabel, read_label
from ingest.heading import depth, heading_shaped, split_number
from ingest.parts import begins_board_goal, list_label, part_rule
from ingest.report import Status
from ingest.rules import GoalKind, chapter_rules, goal_rules, key, language_rules
from ingest.status import is_status, split_status

_TITLE_LINES = 7
_TITLE_REACH = 30
"""Blocks (mostly blank) between a label on its own line and the title."""
_EVIDENCE_REACH = 8
"""Lines with text after a heading in which its status or first part label is looked for."""
_MIN_SIGNS = 2
"""So many statuses and lists of expected results put a document without labels in Stockholm's form."""


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """One printed heading of a goal."""

    first: int
    """Index of its first block, the label line included."""
    start: int
    """Index of the block where the title (or label and title) begins."""
    end: int
    """One past the last block of the title."""
    kind: GoalKind
    number: str | None
    title: str
    status: Status | None = None
    """A judgement printed on the title's own line."""
    narrative: bool = False
    """A nämndmål's heading within its area goal's text, before the formal heading with status and parts."""


def find_goals(
    blocks: Sequence[Block],
    in_table: Sequence[bool],
    flow: Flow,
    titles: Sequence[str],
    interrupted: frozenset[int] = frozenset(),
) -> tuple[GoalHeading, ...]:
    """The headings of goals in order; none for a document that is not in Stockholm's form.

    `titles` are those of the list of contents, used to know where a title over several lines ends; `interrupted`
    are the blocks with a page header dropped right before them.
    """
    finder = _Finder(blocks, in_table, flow, frozenset(_plain(title) for title in titles), interrupted)
    labelled = finder.labelled()
    numbered = finder.numbered({index for goal in labelled for index in range(goal.first, goal.end)})
    if not labelled:
        return _unlabelled(numbered, finder)
    merged = _merged(labelled, numbered, finder)
    # A few lines that look like labels must not hide a tree that prints none.
    bare = _unlabelled(finder.numbered(set()), finder) if len(numbered) > len(merged) else ()
    return bare if len(bare) > 2 * len(merged) else merged


def _unmarked(block: Block) -> Block:
    """A title's line that begins with a dash was taken for a list item: the dash belongs to the title."""
    mark = block.runs[0].raw[:1] if block.runs and block.markup == "list_item" else ""
    return replace(block, text=f"{mark} {block.text}") if mark in ("-", "–") and mark else block


def _depth(kind: GoalKind) -> int:
    return KINDS.index(kind) + 1


def _plain(title: str) -> str:
    found = read_label(title)
    return key(found.title if found else title)


@dataclass(frozen=True, slots=True)
class _Finder:
    blocks: Sequence[Block]
    in_table: Sequence[bool]
    flow: Flow
    titles: frozenset[str]
    interrupted: frozenset[int]

    def labelled(self) -> list[GoalHeading]:
        """Headings that carry a label."""
        goals: list[GoalHeading] = []
        for index, block in enumerate(self.blocks):
            if not block.text or self.in_table[index]:
                continue
            found = read_label(block.text)
            if found is None:
                continue
            start = index if found.title else self.next_text(index)
            if start is None or (not found.title and read_label(self.blocks[start].text)):
                continue
            text = found.title or f"{found.number} {self.blocks[start].text}".strip()
            goal = self.goal(index, start, found.kind, text)
            if goal.title and not is_header_text(goal.title) and self.credible(goal, found):
                goals.append(goal)
        return goals

    def credible(self, goal: GoalHeading, label: GoalLabel) -> bool:
        """True when a line with a label is a goal's heading and no running text."""
        if goal.number is not None and label.shared and depth(goal.number) != _depth(goal.kind):
            return False
        if label.everyday:
            return self.direct_evidence(goal.end) and (goal.number is None or depth(goal.number) > 1)
        if label.certain or (not label.title and goal.number is not None):
            return True
        if goal.title.endswith("."):
            # A sentence can begin with a goal's name: "Verksamhetsområdesmål 1.4 … bedöms nås under året."
            return self.direct_evidence(goal.end)
        if self.evidence(goal.end):
            return True
        near = self.next_text(goal.end - 1)
        apart = self.blocks[goal.first].gap >= 1 and (near is None or self.blocks[near].gap >= 1)
        return apart and (near is None or not self.blocks[near].text[:1].islower())

    def numbered(self, taken: set[int]) -> list[GoalHeading]:
        """Headings with a number like a goal's but no label."""
        goals: list[GoalHeading] = []
        for index, block in enumerate(self.blocks):
            if not block.text or self.in_table[index] or index in taken or block.markup == "list_item":
                continue
            number, title = split_number(block.text)
            if number is None or depth(number) > len(KINDS) or not title[:1].isupper():
                continue
            goal = self.goal(index, index, KINDS[depth(number) - 1], block.text)
            if heading_shaped(goal.title.rstrip("."), numbered=True):
                goals.append(goal)
        return goals

    def goal(self, first: int, start: int, kind: GoalKind, text: str) -> GoalHeading:
        """The heading whose title begins with `text` on block `start`, over as many lines as it takes."""
        end = self.title_end(start, text)
        blocks = [replace(self.blocks[start], text=text), *map(_unmarked, self.blocks[start + 1 : end])]
        blocks = [block for block in blocks if block.text]
        title, status = split_status(join([replace(block, runs=()) for block in blocks], self.flow).text)
        number, title = split_number(title)
        return GoalHeading(first, start, end, kind, number, title, status)

    def next_text(self, index: int) -> int | None:
        """The next block with text."""
        stop = min(len(self.blocks), index + 1 + _TITLE_REACH)
        for near in range(index + 1, stop):
            if self.blocks[near].text:
                return None if self.in_table[near] else near
        return None

    def title_end(self, start: int, text: str) -> int:
        """One past the last block of a title."""
        end = start + 1
        known = key(text)
        for _ in range(_TITLE_LINES - 1):
            index = self.after_header(end)
            if index is None or not self.may_be_title(index, start) or split_status(text)[1] is not None:
                break
            block = self.blocks[index]
            longer = key(f"{known} {block.text}")
            if known in self.titles or key(split_number(text)[1]) in self.titles:
                break
            in_contents = any(title.startswith(longer) for title in self.titles)
            if not in_contents and not self.title_goes_on(index, text):
                break
            known, end, text = longer, index + 1, f"{text} {block.text}"
        return end

    def after_header(self, index: int) -> int | None:
        """The block at `index`, or the one after a page header that was dropped there; None at the end."""
        near = next((i for i in range(index, min(index + _TITLE_REACH, len(self.blocks))) if self.blocks[i].text), None)
        if near is None:
            return None
        return near if near in self.interrupted or near == index else None

    def may_be_title(self, index: int, start: int) -> bool:
        block, first = self.blocks[index], self.blocks[start]
        if not block.text or self.in_table[index]:
            return False
        if index in self.interrupted:
            if not block.text[0].islower():
                return False
        elif block.gap >= 1:
            return False
        if is_status(block) or part_rule(block) or read_label(block.text) or block.symbol:
            return False
        if block.markup == "list_item" and not block.text[0].islower():
            return False
        if first.size is not None and block.size is not None:
            return abs(first.size - block.size) <= 0.6 and first.bold == block.bold
        return True

    def title_goes_on(self, index: int, title: str) -> bool:
        before, block = self.blocks[index - 1], self.blocks[index]
        if block.text[:1].islower() or title.endswith("-"):
            return True
        if title.split()[-1].lower() in language_rules().never_title_end:
            return True
        hanging = title.split()[-1].lower() in language_rules().no_heading_end
        if hanging and len(split_number(title)[1].split()) == 1:
            return True
        if not hanging and not self.flow.full(before, block):
            return False
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if after is None or not after.text or after.gap >= 1 or is_status(after) or part_rule(after) is not None:
            return True
        return hanging and after.text[0].islower()

    def evidence(self, end: int) -> bool:
        """True when a status, a part label or a goal table follows before the next goal."""
        seen = 0
        for index in range(end, len(self.blocks)):
            block = self.blocks[index]
            if not block.text:
                continue
            if is_status(block) or part_rule(block) is not None:
                return True
            seen += 1
            number, _ = split_number(block.text)
            if seen > _EVIDENCE_REACH or read_label(block.text) or (number is not None and "." in number):
                return False
        return False

    def in_form(self) -> bool:
        """True when the document speaks of Stockholm's goals and has several statuses or lists of expected results."""
        words = [label.lower() for labels in goal_rules().labels.values() for label in labels]
        named = any(word in block.text.lower() for block in self.blocks for word in words)
        signs = sum(is_status(block) or list_label(block.text) for block in self.blocks if block.text)
        return named and signs >= _MIN_SIGNS

    def bare(self, reach: range, taken: set[int]) -> list[GoalHeading]:
        """Headings of nämndmål with neither label nor number: a status or "Beskrivning" comes right below."""
        goals: list[GoalHeading] = []
        for index in reach:
            block = self.blocks[index]
            if not block.text or self.in_table[index] or index in taken or not self.stands_alone(index):
                continue
            if is_status(block) or part_rule(block) is not None or block.markup == "list_item" or block.cells:
                continue
            goal = self.goal(index, index, "namndmal", block.text)
            near = self.next_text(goal.end - 1)
            if near is None or goal.number is not None or is_header_text(goal.title):
                continue
            # No sentence goes on with a judgement: right above one, a title may end in any word.
            if not heading_shaped(goal.title.rstrip("."), numbered=is_status(self.blocks[near])):
                continue
            if is_status(self.blocks[near]) or begins_board_goal(self.blocks[near]):
                goals.append(goal)
                taken.update(range(goal.first, goal.end))
        return goals

    def stands_alone(self, index: int) -> bool:
        """True when the line before is blank, a table, or the end of a sentence."""
        if index == 0 or self.in_table[index - 1] or self.blocks[index].gap >= 1:
            return True
        return not self.flow.full(self.blocks[index - 1], self.blocks[index])

    def direct_evidence(self, end: int) -> bool:
        """True when the very next line with text is a status or a part label."""
        near = self.next_text(end - 1)
        return near is not None and (is_status(self.blocks[near]) or part_rule(self.blocks[near]) is not None)

    def closing_chapter(self, after: int) -> int:
        """Index of the first chapter heading after the goals."""
        names = {key(name) for name in chapter_rules().chapters}
        for index in range(after, len(self.blocks)):
            if not self.in_table[index] and key(self.blocks[index].text) in names:
                return index
        return len(self.blocks)


def _merged(
    labelled: Sequence[GoalHeading], numbered: Sequence[GoalHeading], finder: _Finder
) -> tuple[GoalHeading, ...]:
    """Labelled headings, and those without a label that belong among them."""
    kinds = {goal.kind for goal in labelled}
    stop = finder.closing_chapter(labelled[-1].end)
    goals = list(labelled)
    for goal in numbered:
        if not labelled[0].start < goal.start < stop or goal.number is None:
            continue
        above = [other for other in labelled if other.start < goal.start]
        area = next((other for other in reversed(above) if other.kind == "verksamhetsomradesmal"), None)
        same = [other for other in labelled if other.number == goal.number]
        if same:
            inside = area is not None and area.number is not None and goal.number.startswith(area.number + ".")
            before = not any(other.start < goal.start for other in same)
            if goal.kind == "namndmal" and inside and before and key(same[0].title) == key(goal.title):
                goals.append(replace(goal, narrative=True))
            continue
        parent = goal.number.rpartition(".")[0]
        fits = not parent or any(other.number == parent for other in above)
        if goal.kind == "namndmal" and area is not None and area.number != parent:
            fits = False
        strong = finder.evidence(goal.end)
        if (fits and parent and (strong or goal.kind not in kinds)) or (fits and finder.direct_evidence(goal.end)):
            goals.append(goal)
    # A nämndmål may have lost its label although other goals have kept theirs.
    taken = {index for goal in goals for index in range(goal.first, goal.end)}
    goals.extend(finder.bare(range(labelled[0].start, stop), taken))
    return tuple(sorted(goals, key=lambda goal: goal.start))


def _unlabelled(numbered: Sequence[GoalHeading], finder: _Finder) -> tuple[GoalHeading, ...]:
    """The goals of a document in Stockholm's form that prints no labels: known by numbers, statuses and parts."""
    if not finder.in_form():
        return ()
    tops = [goal for goal in numbered if goal.kind != "namndmal"]
    goals = [
        goal
        for goal, after in pairwise(tops)
        if goal.kind == "inriktningsmal" and (after.number or "").startswith(f"{goal.number}.")
    ]
    if not goals:
        return ()
    stop = finder.closing_chapter(max(goal.end for goal in goals))
    begin = goals[0].start
    for goal in numbered:
        assert goal.number is not None
        above = [other.number for other in goals if other.start < goal.start]
        fits = begin < goal.start < stop and goal.number.rpartition(".")[0] in above
        if goal.kind != "inriktningsmal" and fits:
            goals = sorted([*goals, goal], key=lambda other: other.start)
    taken = {index for goal in goals for index in range(goal.first, goal.end)}
    goals.extend(finder.bare(range(begin, stop), taken))
    return tuple(sorted(_narratives(goals), key=lambda goal: goal.start))


def _narratives(goals: Sequence[GoalHeading]) -> list[GoalHeading]:
    """Of a nämndmål printed twice, the first is the one in its area goal's text."""
    last = {goal.number: goal.start for goal in goals}
    return [
        replace(goal, narrative=goal.kind == "namndmal" and goal.number is not None and goal.start < last[goal.number])
        for goal in goals
    ]
