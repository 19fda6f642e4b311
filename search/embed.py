"""From the catalogue's passages to points for the vector store."""

from collections.abc import Iterator, Sequence

from models.encoder import Encoder
from models.sparse import passage_vector
from search.catalogue import Catalogue
from search.context import dense_text, sparse_text
from search.records import PassageRecord, ReportRecord, SectionRecord
from search.scope import goal_prefixes
from search.vectors import Point

BATCH = 64
"""Passages embedded at a time: bounds memory and lets progress show."""


def points(
    catalogue: Catalogue, report: ReportRecord, encoder: Encoder, only: frozenset[int] | None = None
) -> Iterator[list[Point]]:
    """The points of a report in batches, in reading order; with `only`, of the passages with those keys."""
    sections = {section.position: section for section in catalogue.sections(report.key)}
    passages = [p for p in catalogue.passages(report.key) if only is None or p.key in only]
    names: dict[int, list[str]] = {}
    for (_, position), found in catalogue.mentions_in([(report.key, p.position) for p in passages]).items():
        names[position] = sorted({mention.name for mention in found})
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        texts = [dense_text(report, sections[p.section], p) for p in batch]
        vectors = encoder.encode_passages(texts)
        yield [
            _point(report, sections[passage.section], passage, vector.tolist(), names.get(passage.position, []))
            for passage, vector in zip(batch, vectors, strict=True)
        ]


def _point(
    report: ReportRecord, section: SectionRecord, passage: PassageRecord, dense: list[float], names: Sequence[str]
) -> Point:
    return Point(
        id=passage.key,
        dense=dense,
        sparse=passage_vector(sparse_text(section, passage)),
        report=report.key,
        goals=goal_prefixes(section.goal_number),
        part=passage.part.lower() if passage.part else None,
        status=section.judged,
        entities=tuple(names),
    )
