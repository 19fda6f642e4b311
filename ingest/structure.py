"""Build a report's section tree: goals with status and parts, chapters, other sections, free subheadings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from ingest.block import Block, SourceFormat
from ingest.flow import Flow
from ingest.furniture import Cleaned
from ingest.goals import GoalHeading, find_goals
from ingest.good_examples import ends_examples, heads_examples
from ingest.heading import depth, split_number
from ingest.paragraphs import Element, Paragraph, find_elements, measure_type
from ingest.parts import heading_rule, list_label, part_rule, printed_label
from ingest.report import Part, Section, SectionKind, Status
from ingest.rules import chapter_rules, goal_rules, key
from ingest.status import is_status, status_of, symbol_status
from ingest.table_region import TableRegion, TableRow

_LONG_TITLE = 40
_SAME_TITLE = 0.95
"""Titles of so many characters that are so alike are one."""
_NUMBERED_SHARE = 3
"""A document with at least so many numbered headings (and no goals) is divided by its numbers."""


@dataclass(frozen=True, slots=True)
class JudgedHeading:
    """A goal's printed heading with its judgement."""

    blocks: tuple[int, ...]
    """Indexes of the heading's blocks with text, the label's line included."""
    below: int | None = None
    """Index of the block with the judgement, when that stands below."""
    meant: Status | None = None
    """What a mark on the heading means that says it without words."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, a table row or a goal's judgement in its place in the tree."""

    section: int
    part: str | None
    subheading: str | None
    content: Paragraph | TableRow | JudgedHeading
    region: TableRegion | None = None
    """The table, for a row."""
    listed: bool = False
    """A list item by markup or by its place ("Förväntat resultat")."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The section tree and what stands in it, in reading order."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    subheadings: tuple[Item, ...]
    """The free headings; each holds its own text."""


@dataclass(slots=True)
class _Open:
    """A section while it is being filled."""

    id: int
    parent: int | None
    kind: SectionKind
    number: str | None
    title: str
    line: int | None
    page: int | None
    status: Status | None = None
    parts: list[Part] = field(default_factory=list)
    end_line: int | None = None
    end_page: int | None = None
    awaits_status: bool = False
    printed: tuple[int | None, int | None] = (None, None)
    """Line and page of its last printed heading."""
    judged: tuple[int | None, int | None] = (None, None)
    """The same of the heading that the status stands under."""
    heading: tuple[int, ...] = ()
    """Indexes of the blocks with text of its last printed heading."""
    labels: set[str] = field(default_factory=set)
    """Part labels met since its last printed heading."""

    def judge(self, status: Status | None) -> bool:
        """Take in a judgement at the last printed heading; the first one holds. False: it was none."""
        if self.status is not None or status is None:
            return False
        self.status, self.judged = status, self.printed
        return True


def find_structure(
    cleaned: Cleaned, regions: Sequence[TableRegion], flow: Flow, source: SourceFormat, front_title: str
) -> Structure:
    """The tree of a document. `front_title` names the section of what stands before the first heading."""
    blocks = cleaned.blocks
    in_table = [False] * len(blocks)
    for region in regions:
        in_table[region.start : region.end] = [True] * (region.end - region.start)
    goals = find_goals(blocks, in_table, flow, cleaned.titles, cleaned.interrupted)
    known = _known_titles(cleaned.titles, goals) | (frozenset() if goals else {key(front_title)})
    elements = find_elements(blocks, regions, goals, flow, measure_type(blocks, source), known)
    builder = _Builder(blocks, elements, cleaned, goals, front_title)
    for element in elements:
        builder.add(element)
    return Structure(builder.sections(), tuple(builder.items), tuple(builder.subheadings))


def _known_titles(contents: Sequence[str], goals: Sequence[GoalHeading]) -> frozenset[str]:
    """Keys of the titles that are headings wherever they stand alone."""
    rules = chapter_rules()
    names = (*rules.contents, *rules.goals, *rules.chapters, *rules.other_chapters, *rules.sections)
    listed = (split_number(title)[1] for title in contents)
    return frozenset(key(title) for title in (*names, *listed, *(goal.title for goal in goals)))


class _Builder:
    def __init__(
        self,
        blocks: Sequence[Block],
        elements: Sequence[Element],
        cleaned: Cleaned,
        goals: Sequence[GoalHeading],
        front_title: str,
    ) -> None:
        rules = chapter_rules()
        self.blocks = blocks
        self.items: list[Item] = []
        self.subheadings: list[Item] = []
        self.open: list[_Open] = []
        self.current: _Open | None = None
        self.area: _Open | None = None
        self.latest: dict[SectionKind, _Open] = {}
        """The goal of each kind that was entered last."""
        self.narrative = False
        self.part: str | None = None
        self.part_before: str | None = None
        """The part that a part begun by a heading ("Goda exempel") stands within."""
        self.subheading: str | None = None
        self.last_heading: str | None = None
        """The heading outside the goal tree read last, as long as nothing stands under it."""
        self.front_title = front_title
        self.goal_titles = {key(goal.title) for goal in goals}
        self.has_goals = bool(goals)
        self.last_goal = goals[-1].start if goals else -1
        self.contents = [key(split_number(title)[1]) for title in cleaned.titles]
        self.contents_end = cleaned.contents_end
        self.met = -1
        self.chapters = {key(name) for name in (*rules.chapters, *rules.goals)}
        self.other_chapters = {key(name) for name in rules.other_chapters}
        self.economy = {key(name) for name in rules.economy}
        self.others = {key(name) for name in rules.sections}
        self.contents_names = {key(name) for name in rules.contents}
        self.levelled = any(block.level is not None for block in blocks)
        self.beginnings = tuple(rules.section_beginnings)
        numbered = [e for e in elements if isinstance(e, Paragraph) and e.heading and split_number(e.text)[0]]
        self.by_number = not goals and len(numbered) >= _NUMBERED_SHARE

    def sections(self) -> tuple[Section, ...]:
        """All sections, closed."""
        numbers: dict[int, str | None] = {}
        closed: list[Section] = []
        for section in self.open:
            above = numbers.get(section.parent) if section.parent is not None else None
            goal = section.kind in ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
            numbers[section.id] = (section.number or above) if goal else None
            closed.append(
                Section(
                    section.id,
                    section.parent,
                    section.kind,
                    section.number,
                    section.title,
                    section.status,
                    tuple(section.parts),
                    numbers[section.id],
                    section.line,
                    section.end_line,
                    section.page,
                    section.end_page,
                    *section.judged,
                )
            )
        return tuple(closed)

    def add(self, element: Element) -> None:
        """Take in the next element."""
        if isinstance(element, GoalHeading):
            self.goal(element)
        elif isinstance(element, TableRegion):
            self.table(element)
        else:
            self.paragraph(element)

    def goal(self, heading: GoalHeading) -> None:
        """Open a goal's section, or go on with it when it is printed again."""
        parent = self.goal_parent(heading)
        section = next(
            (
                known
                for known in self.open
                if known.kind == heading.kind
                and known.number == heading.number
                and (heading.number is not None or known.parent == parent)
                and key(known.title) == key(heading.title)
            ),
            None,
        )
        if section is None:
            section = self.begin(heading.kind, heading.number, heading.title, heading.start, parent)
        self.enter(section, keep_part=heading.narrative)
        self.narrative = heading.narrative
        self.latest[heading.kind] = section
        section.awaits_status = True
        section.labels = set()
        first = self.blocks[heading.start]
        section.printed = (first.runs[0].line if first.runs else None, first.page)
        section.heading = tuple(index for index in range(heading.first, heading.end) if self.blocks[index].text)
        if section.judge(heading.status):
            self.judged(section)
        for index in range(heading.start, heading.end):
            self.touch(index)
            symbol = self.blocks[index].symbol
            if symbol and section.judge(symbol_status(symbol)):
                self.judged(section, meant=section.status)
        if heading.kind == "verksamhetsomradesmal":
            self.area = section
        for place, title in enumerate(self.contents):
            if title.endswith(key(heading.title)):
                self.met = max(self.met, place)

    def goal_parent(self, heading: GoalHeading) -> int | None:
        """Id of the section above a goal: by number where there is one, else the one of the right kind entered last."""
        above: dict[str, SectionKind] = {"namndmal": "verksamhetsomradesmal", "verksamhetsomradesmal": "inriktningsmal"}
        wanted = above.get(heading.kind)
        if wanted is None:
            chapters = {key(name) for name in chapter_rules().goals}
            last = next((s for s in reversed(self.open) if s.kind == "chapter"), None)
            return last.id if last is not None and key(last.title) in chapters else None
        if heading.number is not None:
            candidates = [section for section in reversed(self.open) if section.kind == wanted]
            number = heading.number.rpartition(".")[0]
            if found := next((section for section in candidates if section.number == number), None):
                return found.id
        nearest = self.latest.get(wanted) or self.latest.get("inriktningsmal")
        return nearest.id if nearest is not None else None

    def begin(self, kind: SectionKind, number: str | None, title: str, block: int, parent: int | None) -> _Open:
        first = self.blocks[block]
        line = first.runs[0].line if first.runs else None
        section = _Open(len(self.open), parent, kind, number, title, line, first.page)
        self.open.append(section)
        return section

    def enter(self, section: _Open, *, keep_part: bool = False) -> None:
        self.current = section
        self.narrative = False
        self.subheading = self.last_heading = None
        if not keep_part:
            self.part = None

    def touch(self, index: int) -> None:
        """Note that the current section reaches to this block."""
        self.reach(self.blocks[index])

    def reach(self, block: Block) -> None:
        section = self.current
        if section is None or not block.runs:
            return
        line = block.runs[-1].line
        if line is not None:
            section.end_line = max(section.end_line or line, line)
        if block.page is not None:
            section.end_page = max(section.end_page or block.page, block.page)

    def front(self) -> _Open:
        """The current section; before the first heading, one for the title page."""
        if self.current is None:
            index = next((i for i, block in enumerate(self.blocks) if block.text), 0)
            self.enter(self.begin("other", None, self.front_title, index, None))
        assert self.current is not None
        return self.current

    def is_front(self) -> bool:
        """True on the title page, before the first printed heading."""
        return self.current is not None and self.current.id == 0 and self.current.title == self.front_title

    def in_goal(self) -> bool:
        return self.current is not None and self.current.kind in ("inriktningsmal", "verksamhetsomradesmal", "namndmal")

    def table(self, region: TableRegion) -> None:
        """Take in a table: its rows, and the part that a goal's table makes."""
        self.front()
        self.last_heading = None
        if region.kind in ("indicator", "activity"):
            if self.narrative and self.area is not None:
                self.enter(self.area)
            if self.in_goal():
                labels = goal_rules().tables
                label = labels.indicator if region.kind == "indicator" else labels.activity
                for index in region.heading_blocks or (region.start,):
                    self.begin_part(label, index, repeatable=True)
        section = self.front()
        for row in region.rows:
            self.items.append(Item(section.id, self.part, self.subheading, row, region))
        for index in range(region.start, region.end):
            self.touch(index)

    def begin_part(self, label: str, index: int, *, repeatable: bool = False) -> None:
        section = self.front()
        block = self.blocks[index]
        continued = repeatable and label in section.labels
        section.labels.add(label)
        section.awaits_status = False
        line = block.runs[0].line if block.runs else None
        section.parts.append(Part(label, line, block.page, continued))
        self.part_before, self.part = self.part, label
        self.subheading = self.last_heading = None
        self.touch(index)

    def paragraph(self, paragraph: Paragraph) -> None:
        """Take in a paragraph: a status, a part label, a heading or text."""
        index = paragraph.blocks[0]
        block = self.blocks[index]
        if self.in_goal() and self.label(block, index):
            return
        if paragraph.heading and self.heading(paragraph, index):
            return
        section = self.front()
        section.awaits_status = False
        self.last_heading = None
        listed = paragraph.listed or list_label(self.part)
        self.items.append(Item(section.id, self.part, self.subheading, paragraph, listed=listed))
        for member in paragraph.blocks:
            self.touch(member)

    def label(self, block: Block, index: int) -> bool:
        """Take in a status or a part label of the current goal."""
        section = self.front()
        if is_status(block) and section.awaits_status:
            if section.judge(status_of(block)):
                self.judged(section, below=index)
            section.awaits_status = False
            self.touch(index)
            return True
        rule = part_rule(block)
        if rule is None or self.narrative or (rule.mostly_board_goals and not self.among_parts()):
            return False
        label = printed_label(block)
        if label in section.labels:
            return False
        self.begin_part(label, index)
        return True

    def judged(self, section: _Open, *, below: int | None = None, meant: Status | None = None) -> None:
        """Note where the judgement of a goal is printed."""
        self.items.append(Item(section.id, None, None, JudgedHeading(section.heading, below, meant)))

    def among_parts(self) -> bool:
        """True where the parts of a goal stand: not among the free headings within one of them."""
        section = self.front()
        return section.kind == "namndmal" or (bool(section.labels) and self.subheading is None)

    def heading(self, paragraph: Paragraph, index: int) -> bool:
        """Take in a heading outside the goal tree as a section or a subheading. False: it is text after all."""
        number, title = split_number(paragraph.text)
        name = key(title)
        if self.last_heading is not None and key(self.last_heading) == key(paragraph.text):
            # The same heading printed once more, with nothing between.
            for member in paragraph.blocks:
                self.touch(member)
            return True
        kind = self.section_kind(name, paragraph, number, index)
        if kind is not None:
            self.open_section(kind, number, title, paragraph, index)
        elif self.current is None or self.is_front() or (list_label(self.part) and not paragraph.certain):
            return False
        else:
            rule = heading_rule(paragraph.text) if self.in_goal() and not self.narrative else None
            if rule is not None and rule.label not in self.front().labels:
                self.begin_part(rule.label, index)
            elif rule is not None:
                self.part = rule.label
            elif self.in_goal() and heads_examples(self.part) and ends_examples(paragraph.text):
                self.part = self.part_before
            self.front().awaits_status = False
            # A heading right below another is read together with it.
            above = f"{self.subheading} – " if self.subheading is not None and self.last_heading is not None else ""
            self.subheading = above + paragraph.text
            self.subheadings.append(Item(self.front().id, self.part, None, paragraph))
        self.last_heading = paragraph.text
        for member in paragraph.blocks:
            self.touch(member)
        return True

    def section_kind(self, name: str, paragraph: Paragraph, number: str | None, index: int) -> SectionKind | None:
        """The kind of section that a heading begins; None for a subheading."""
        place = self.place_in_contents(name)
        inside = self.in_goal() and index < self.last_goal
        if name in self.contents_names and not self.in_goal():
            return "other"
        if self.by_number:
            if number is None or not split_number(paragraph.text)[1][:1].isupper():
                return None
            return "chapter" if depth(number) == 1 else "other"
        if name in self.chapters and (not self.in_goal() or self.part is None or index > self.last_goal):
            return "chapter"
        if self.in_goal():
            follows = place is not None and place == self.met + 1 and place > 0
            return "chapter" if follows and not inside else None
        if name in self.other_chapters:
            above = self.chapter()
            return "other" if above is not None and key(above.title) in self.economy else "chapter"
        of_goal = self.names_goal(name)
        if self.stands_in_chapter(name) or (of_goal and index > self.last_goal):
            return None
        if name in self.others or paragraph.text.startswith(self.beginnings) or of_goal:
            return "other"
        if place is not None:
            return "other" if self.chapter() is not None and self.has_goals else "chapter"
        if not self.has_goals and paragraph.certain:
            level = self.blocks[index].level
            return "chapter" if level == 1 or (level is None and not self.levelled) else "other"
        return None

    def names_goal(self, name: str) -> bool:
        """True for a goal's title, and for a long one with a word or two written otherwise ("för alla", "åt alla")."""
        if name in self.goal_titles or len(name) < _LONG_TITLE:
            return name in self.goal_titles
        return any(SequenceMatcher(None, name, title).ratio() >= _SAME_TITLE for title in self.goal_titles)

    def stands_in_chapter(self, name: str) -> bool:
        """True when the current chapter has a section of that name: the second is a heading within another section."""
        chapter = self.chapter()
        return chapter is not None and any(s.parent == chapter.id and key(s.title) == name for s in self.open)

    def place_in_contents(self, name: str) -> int | None:
        places = [place for place, title in enumerate(self.contents) if title == name]
        return next((place for place in places if place > self.met), places[0] if places else None)

    def chapter(self) -> _Open | None:
        return next((section for section in reversed(self.open) if section.kind == "chapter"), None)

    def open_section(self, kind: SectionKind, number: str | None, title: str, paragraph: Paragraph, index: int) -> None:
        if not self.by_number and number is not None:
            number, title = None, paragraph.text
        place = self.place_in_contents(key(title))
        if place is not None:
            self.met = max(self.met, place)
        parent: int | None = None
        if number is not None:
            above = number.rpartition(".")[0]
            parent = next((s.id for s in reversed(self.open) if above and s.number == above), None)
        elif kind == "other" and (chapter := self.chapter()) is not None:
            parent = chapter.id
        self.area = None
        if self.is_front() and number is None and key(title) == key(self.front_title):
            self.open[0].kind = kind
            return
        self.enter(self.begin(kind, number, title, index, parent))
        if key(title) in self.contents_names and self.contents_end is not None:
            self.reach(self.contents_end)
