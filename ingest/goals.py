"""Find the headings of the goal tree: inriktningsmål, mål för verksamhetsområdet, nämndmål."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ingest.block import Block
from ingest.flow import Flow, join
from ingest.heading import depth, heading_shaped, split_number
from ingest.parts import begins_board_goal, list_label, part_rule
from ingest.report import Status
from ingest.rules import GoalKind, chapter_rules, goal_rules, key
from ingest.status import is_status, split_status

_KINDS: tuple[GoalKind, ...] = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
_TITLE_LINES = 4
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


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that begins with a goal's label."""

    kind: GoalKind
    title: str
    """With the number; "" when the label stands alone."""
    number: str
    """A number that the label ends with, while the title stands on the next line; else ""."""
    certain: bool
    """A colon tells that a goal is meant."""
    shared: bool
    """The label tells no kind of its own."""
    everyday: bool
    """The label is an ordinary word too ("Mål")."""


@cache
def _label() -> re.Pattern[str]:
    rules = goal_rules()
    own = (f"(?P<{kind}>{_either(labels)})" for kind, labels in rules.labels.items())
    shared = (f"(?P<shared_{kind}>{_either(labels)})" for kind, labels in rules.shared_labels.items())
    return re.compile(rf"(?:{'|'.join((*own, *shared))})(?P<rest>(?!\w).*)$", re.IGNORECASE)


def _either(labels: Sequence[str]) -> str:
    """A pattern for any of the labels, however the genitive and the blanks are set ("KF:s", "KFs", "KF´s")."""
    patterns = (re.escape(label).replace(r"\ ", r"\s+") for label in sorted(labels, key=len, reverse=True))
    return "|".join(re.sub(r"KF:s", r"KF\\s?[:’'´`]?\\s?s", pattern) for pattern in patterns)


_REST = re.compile(
    r"\s*(?::\s*(?P<colon>.*)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\.?\s*(?:(?P<mark>[:–-])\s*)?(?P<numbered>.*)"
    r"|(?P<bare>[^\W\d_].*)?)$"
)


def _labelled(text: str) -> _Label | None:
    """What a line with a goal's label says; None for other lines."""
    match = _label().match(text)
    if match is None or text[0].islower():
        return None
    rest = _REST.match(match["rest"])
    if rest is None:
        return None
    shared = not any(match[kind] for kind in _KINDS)
    kind = next(
        kind for kind in _KINDS if match[f"shared_{kind}" if shared and kind in goal_rules().shared_labels else kind]
    )
    number, title = rest["number"] or "", rest["numbered"] or ""
    if (
        number
        and title
        and not (title[0].isupper() and (rest["mark"] or heading_shaped(title.rstrip("."), numbered=True)))
    ):
        return None
    bare = rest["bare"] or ""
    if bare and not (bare[0].isupper() and heading_shaped(bare.rstrip("."))):
        return None
    whole = (rest["colon"] or bare).strip() if not number else f"{number} {title}".strip() if title else ""
    printed = split_number(whole)[0] or number
    if shared and printed:
        kind = _KINDS[min(depth(printed), len(_KINDS)) - 1]
    everyday = match["shared_namndmal"] is not None
    return _Label(
        kind, whole, "" if title else number, rest["colon"] is not None or rest["mark"] is not None, shared, everyday
    )


def find_goals(
    blocks: Sequence[Block], in_table: Sequence[bool], flow: Flow, titles: Sequence[str]
) -> tuple[GoalHeading, ...]:
    """The headings of goals in order; none for a document that is not in Stockholm's form.

    `titles` are those of the list of contents, used to know where a title over several lines ends.
    """
    finder = _Finder(blocks, in_table, flow, frozenset(_plain(title) for title in titles))
    labelled = finder.labelled()
    numbered = finder.numbered({index for goal in labelled for index in range(goal.first, goal.end)})
    if labelled:
        return _merged(labelled, numbered, finder)
    return _unlabelled(numbered, finder)


def _depth(kind: GoalKind) -> int:
    return _KINDS.index(kind) + 1


def _plain(title: str) -> str:
    found = _labelled(title)
    return key(found.title if found else title)


@dataclass(frozen=True, slots=True)
class _Finder:
    blocks: Sequence[Block]
    in_table: Sequence[bool]
    flow: Flow
    titles: frozenset[str]

    def labelled(self) -> list[GoalHeading]:
        """Headings that carry a label."""
        goals: list[GoalHeading] = []
        for index, block in enumerate(self.blocks):
            if not block.text or self.in_table[index]:
                continue
            found = _labelled(block.text)
            if found is None:
                continue
            start = index if found.title else self.next_text(index)
            if start is None or (not found.title and _labelled(self.blocks[start].text)):
                continue
            text = found.title or f"{found.number} {self.blocks[start].text}".strip()
            goal = self.goal(index, start, found.kind, text)
            if goal.title and self.credible(goal, found):
                goals.append(goal)
        return goals

    def credible(self, goal: GoalHeading, label: _Label) -> bool:
        """True when a line with a label is a goal's heading and no running text."""
        if goal.number is not None and label.shared and depth(goal.number) != _depth(goal.kind):
            return False
        if label.everyday:
            return self.evidence(goal.end)
        if label.certain or (not label.title and goal.number is not None) or self.evidence(goal.end):
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
            if number is None or depth(number) > len(_KINDS) or not title[:1].isupper():
                continue
            goal = self.goal(index, index, _KINDS[depth(number) - 1], block.text)
            if heading_shaped(goal.title.rstrip("."), numbered=True):
                goals.append(goal)
        return goals

    def goal(self, first: int, start: int, kind: GoalKind, text: str) -> GoalHeading:
        """The heading whose title begins with `text` on block `start`, over as many lines as it takes."""
        end = self.title_end(start, text)
        blocks = [replace(self.blocks[start], text=text), *(b for b in self.blocks[start + 1 : end] if b.text)]
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
        while end < len(self.blocks) and end - start < _TITLE_LINES:
            block = self.blocks[end]
            if not self.may_be_title(end, start) or split_status(text)[1] is not None:
                break
            longer = key(f"{known} {block.text}")
            if known in self.titles or key(split_number(text)[1]) in self.titles:
                break
            in_contents = any(title.startswith(longer) for title in self.titles)
            if not in_contents and not self.title_goes_on(end):
                break
            known, end, text = longer, end + 1, f"{text} {block.text}"
        return end

    def may_be_title(self, index: int, start: int) -> bool:
        block, first = self.blocks[index], self.blocks[start]
        if not block.text or self.in_table[index] or block.gap >= 1 or block.markup == "list_item":
            return False
        if is_status(block) or part_rule(block) or _labelled(block.text) or block.symbol:
            return False
        if first.size is not None and block.size is not None:
            return abs(first.size - block.size) <= 0.6 and first.bold == block.bold
        return True

    def title_goes_on(self, index: int) -> bool:
        before, block = self.blocks[index - 1], self.blocks[index]
        if block.text[:1].islower() or before.text.endswith("-"):
            return True
        if not self.flow.full(before, block):
            return False
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        return after is None or not after.text or after.gap >= 1 or is_status(after) or part_rule(after) is not None

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
            if seen > _EVIDENCE_REACH or _labelled(block.text) or (number is not None and "." in number):
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
            if near is None or goal.number is not None or not heading_shaped(goal.title.rstrip(".")):
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
    return tuple(sorted(goals, key=lambda goal: goal.start))


def _unlabelled(numbered: Sequence[GoalHeading], finder: _Finder) -> tuple[GoalHeading, ...]:
    """The goals of a document in Stockholm's form that prints no labels: known by numbers, statuses and parts."""
    if not finder.in_form():
        return ()
    tops = [goal for goal in numbered if goal.kind != "namndmal"]
    goals = [
        goal for goal, after in pairwise(tops) if goal.kind == "inriktningsmal" and after.number == f"{goal.number}.1"
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
