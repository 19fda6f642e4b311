"""From keys of passages to hits: everything that is shown about a passage, read in a few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.catalogue import Catalogue
from search.citation import cite_passage
from search.kept import kept
from search.passage_reader import MOST_KEPT
from search.records import MentionRecord, PassageRecord, ReportRecord, SectionRecord
from search.schema import EntityMention, Hit, SectionRef


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with what surrounds it."""

    passage: PassageRecord
    section: SectionRecord
    report: ReportRecord
    mentions: tuple[MentionRecord, ...]


_Around = tuple[SectionRecord, tuple[MentionRecord, ...]]
"""A passage's section and mentions."""


def load(catalogue: Catalogue, passages: Sequence[PassageRecord], reports: Mapping[int, ReportRecord]) -> list[Found]:
    """Surround passages with their sections, reports and mentions, in the order given."""

    def read(keys: list[int]) -> dict[int, _Around]:
        sections, mentions = catalogue.sections_over(keys), catalogue.mentions_of(keys)
        return {key: (section, tuple(mentions.get(key, ()))) for key, section in sections.items()}

    held = catalogue.remembered("around passages", dict[int, _Around])
    around = kept(held, (p.key for p in passages), read, MOST_KEPT)
    return [Found(p, around[p.key][0], reports[p.report_key], around[p.key][1]) for p in passages]


def section_ref(found: Found) -> SectionRef:
    """The section as a hit shows it."""
    section = found.section
    return SectionRef(
        number=section.number,
        title=section.title,
        kind=section.kind,
        part=found.passage.part,
        status=section.status,
        path=section.path,
        id=section.position,
    )


def hit(
    found: Found, rank: int, score: float, highlights: Sequence[tuple[int, int]] = (), nearest_only: bool = False
) -> Hit:
    """A passage as a hit."""
    return Hit(
        rank=rank,
        score=round(score, 6),
        passage_id=found.passage.id,
        report=found.report.ref(),
        section=section_ref(found),
        citation=cite_passage(found.report, found.section, found.passage),
        text=found.passage.text,
        highlights=tuple(highlights),
        entities=tuple(
            EntityMention(text=m.text, label=m.label, name=m.name, start=m.start, end=m.end)
            for m in found.mentions
            if m.marked
        ),
        nearest_only=nearest_only,
    )
