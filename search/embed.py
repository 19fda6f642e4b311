"""From the catalogue's passages to points for the vector store."""

from collections.abc import Iterator, Mapping, Sequence

from models.encoder import Encoder
from models.sparse import passage_vector
from search.catalogue import Catalogue
from search.context import dense_text, sparse_text
from search.records import PassageRecord, ReportRecord, SectionRecord
from search.scope import goal_prefixes
from search.vectors import Point, VectorStore

BATCH = 64
"""Passages embedded at a time: bounds memory and lets progress show."""


def points(
    catalogue: Catalogue,
    report: ReportRecord,
    encoder: Encoder,
    *,
    only: frozenset[int] | None = None,
    known: Mapping[str, Sequence[float]] | None = None,
) -> Iterator[list[Point]]:
    """The points of a report in batches, in reading order; with `only`, of the passages with those keys.

    Texts in `known` (see `known_vectors`) keep their vectors: embedding is what takes time.
    """
    sections = {section.position: section for section in catalogue.sections(report.key)}
    passages = [p for p in catalogue.passages(report.key) if only is None or p.key in only]
    for start in range(0, len(passages), BATCH):
        batch = passages[start : start + BATCH]
        texts = [dense_text(sections[p.section], p) for p in batch]
        vectors = dict(known or {})
        fresh = [text for text in dict.fromkeys(texts) if text not in vectors]
        if fresh:
            vectors |= dict(zip(fresh, encoder.encode_passages(fresh).tolist(), strict=True))
        yield [
            _point(report, sections[passage.section], passage, vectors[text])
            for passage, text in zip(batch, texts, strict=True)
        ]


def known_vectors(catalogue: Catalogue, report: ReportRecord, vectors: VectorStore) -> dict[str, Sequence[float]]:
    """The vectors that a version of a report has, by the text that was embedded."""
    sections = {section.position: section for section in catalogue.sections(report.key)}
    passages = catalogue.passages(report.key)
    stored = vectors.dense_vectors([passage.key for passage in passages])
    return {dense_text(sections[p.section], p): stored[p.key] for p in passages if p.key in stored}


def _point(report: ReportRecord, section: SectionRecord, passage: PassageRecord, dense: Sequence[float]) -> Point:
    return Point(
        id=passage.key,
        dense=dense,
        sparse=passage_vector(sparse_text(section, passage)),
        report=report.key,
        goals=goal_prefixes(section.goal_number),
        part=passage.part.lower() if passage.part else None,
        status=section.judged,
    )
