"""From the catalogue's passages to points for the vector store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.encoder import Encoder
from models.sparse import passage_vector
from search.catalogue import Catalogue
from search.context import dense_text, sparse_text
from search.piece_store import PieceStore
from search.records import PassageRecord, ReportRecord, SectionRecord
from search.scope import goal_prefixes
from search.vectors import Point, VectorStore

BATCH = 64
"""Passages embedded at a time: bounds memory and lets progress show."""
Known = tuple[Sequence[float], NDArray[np.int8] | None]
"""A passage's vector and pieces."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage as it is indexed."""

    point: Point
    pieces: NDArray[np.int8] | None
    """Its word pieces; None when the encoder has none."""


def embed(
    catalogue: Catalogue,
    report: ReportRecord,
    encoder: Encoder,
    *,
    only: frozenset[int] | None = None,
    known: Mapping[str, Known] | None = None,
) -> Iterator[list[Embedded]]:
    """The passages of a report in batches, in reading order; with `only`, those with these keys.

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
            read = encoder.read_passages(fresh)
            pieces = read.pieces or (None,) * len(fresh)
            vectors |= dict(zip(fresh, zip(read.vectors.tolist(), pieces, strict=True), strict=True))
        yield [
            Embedded(_point(report, sections[passage.section], passage, vectors[text][0]), vectors[text][1])
            for passage, text in zip(batch, texts, strict=True)
        ]


def write(batch: Sequence[Embedded], report: ReportRecord, vectors: VectorStore, pieces: PieceStore) -> None:
    """Write a batch of a report's passages to both stores."""
    pieces.put(report.key, {one.point.id: one.pieces for one in batch if one.pieces is not None})
    vectors.upsert([one.point for one in batch])


def known_vectors(
    catalogue: Catalogue, report: ReportRecord, vectors: VectorStore, pieces: PieceStore, *, late: bool
) -> dict[str, Known]:
    """The vectors that a version of a report has, by the text that was embedded; `late` asks for its pieces too."""
    sections = {section.position: section for section in catalogue.sections(report.key)}
    passages = catalogue.passages(report.key)
    keys = [passage.key for passage in passages]
    dense, held = vectors.dense_vectors(keys), pieces.get(keys) if late else {}
    return {
        dense_text(sections[p.section], p): (dense[p.key], held.get(p.key))
        for p in passages
        if p.key in dense and (not late or p.key in held)
    }


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
