"""Ranked passages: dense and lexical candidates in one query, weighed together with late interaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from models.encoder import Encoder
from models.readings import Reading, late_interaction
from models.sparse import query_vector
from models.synonyms import expand, is_english
from search.amounts import asks_number
from search.catalogue import Catalogue
from search.judging import asks_for_judgement, judging_paragraphs
from search.piece_store import PieceStore
from search.records import PassageRecord
from search.scope import Scope
from search.vectors import Scored, VectorStore

CANDIDATES = 100
"""Passages fetched from each side."""
SPARSE_WEIGHT = 0.3
"""Weight of the lexical z-score beside the dense one."""
LATE_WEIGHT = 1.2
"""Weight of late interaction beside it, where the encoder has it."""
WINDOW_WEIGHT = 0.8
"""Weight of late interaction with the best window of the passage, where no figure or judgement is asked for: such an
answer stands in one sentence, among others on other things."""
SECTION_WEIGHT = 0.2
"""Weight of how good the best passages of the same section are, where a figure or a judgement is asked for: its row is
short, and the text about it stands around it."""
SECTION_BEST = 3
"""Passages of a section that count for that."""
ROW_PENALTY = {"activity": 1.2, "table_row": 1.0}
"""Taken off the score of a row of a table, whose few words are near to every question about its goal."""
JUDGEMENT_BONUS = 1.5
"""Given to a paragraph that begins a part of a goal's text when the question asks how a goal is judged: there the
judgement and its grounds stand."""
JUDGED_BONUS = 3.0
"""Given to a goal's heading with its judgement in such a question.

All of these lie on a plateau of the gold and the held-out questions (`eval/RESULTS.md`)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its scores."""

    passage: PassageRecord
    score: float
    dense: float | None
    """Cosine; None when it came by its words only."""
    sparse: float | None
    """Sum of term weights; None when it shares no word with the query, or too few."""


def retrieve(
    query: str,
    scope: Scope,
    *,
    catalogue: Catalogue,
    vectors: VectorStore,
    encoder: Encoder,
    pieces: PieceStore | None = None,
    depth: int = CANDIDATES,
) -> list[Candidate]:
    """Candidates for `query` within `scope`, best first, near-identical ones once; at most 2 × `depth`.

    `pieces`: where the encoder's word pieces are read; a store of its own when not given.
    """
    if not scope.reports:
        return []
    scope = by_passage(scope, catalogue)
    asked = encoder.read_query(query)
    dense, sparse = vectors.query(
        asked.vectors[0].tolist(), query_vector(query, expand(query, english=is_english(query))), scope, depth
    )
    near = {s.id for s in dense}
    dense = dense + [Scored(s.id, s.dense) for s in sparse if s.id not in near and s.dense is not None]
    late, window = _late(asked, [s.id for s in dense], pieces or PieceStore(catalogue, encoder.fingerprint))
    judged = asks_for_judgement(query)
    in_rows = asks_number(query) or judged
    fused = fuse(dense, sparse, late, () if in_rows else window)
    passages = catalogue.passages_by_key([key for key, _ in fused])
    inside = set(scope.reports)
    judging = judging_paragraphs(query, passages.values(), catalogue)
    dense_scores, sparse_scores = ({s.id: s.score for s in side} for side in (dense, sparse))
    found = [
        Candidate(
            passage=passages[key],
            score=score - ROW_PENALTY.get(passages[key].kind, 0.0) + _bonus(passages[key], judging, judged=judged),
            dense=dense_scores.get(key),
            sparse=sparse_scores.get(key),
        )
        for key, score in fused
        if key in passages and passages[key].report_key in inside
    ]
    if in_rows:
        found = supported(found)
    return distinct(sorted(found, key=lambda c: (-round(c.score, 9), c.passage.id)))


def _bonus(passage: PassageRecord, judging: frozenset[int], *, judged: bool) -> float:
    if passage.is_heading:
        return JUDGED_BONUS if judged else 0.0
    return JUDGEMENT_BONUS if passage.key in judging else 0.0


def by_passage(scope: Scope, catalogue: Catalogue) -> Scope:
    """The scope as stores know it that know no names, which are corrected in the catalogue only: with passages in their
    place, and with the few versions of reports that are not ready where all others are asked for."""
    wanted = catalogue.keys_mentioning(scope.reports, scope.entities) if scope.entities else None
    unwanted = catalogue.keys_mentioning(scope.reports, scope.exclude_entities) if scope.exclude_entities else ()
    unready = catalogue.unready() if scope.all_reports else None
    return replace(scope, passages=wanted, exclude_passages=unwanted, unready=unready)


def _late(asked: Reading, keys: Sequence[int], store: PieceStore) -> tuple[list[Scored], list[Scored]]:
    """Late interaction between the query and each passage that has pieces: with all of it, and with its best window."""
    if asked.pieces is None:
        return [], []
    held = store.get(keys)
    whole, window = (scores.tolist() for scores in late_interaction(asked.pieces[0], list(held.values())))
    return (
        [Scored(key, score) for key, score in zip(held, whole, strict=True)],
        [Scored(key, score) for key, score in zip(held, window, strict=True)],
    )


def fuse(
    dense: Sequence[Scored], sparse: Sequence[Scored], late: Sequence[Scored] = (), window: Sequence[Scored] = ()
) -> list[tuple[int, float]]:
    """(id, weighted sum of the sides' z-scores), best first, ties by id.

    A candidate that one side did not give gets that side's lowest score.
    """
    ids = sorted({s.id for s in dense} | {s.id for s in sparse})
    if not ids:
        return []
    sides = ((1.0, dense), (SPARSE_WEIGHT, sparse), (LATE_WEIGHT, late), (WINDOW_WEIGHT, window))
    total = np.sum([weight * _standard(ids, {s.id: s.score for s in side}) for weight, side in sides], axis=0)
    return sorted(zip(ids, total.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))


def supported(candidates: Sequence[Candidate]) -> list[Candidate]:
    """With the support of each candidate's section: the mean of the best scores in it and of the middle one of all, so
    that one good passage says less than several."""
    if not candidates:
        return []
    middle = float(np.median([candidate.score for candidate in candidates]))
    sections: dict[tuple[int, int], list[float]] = {}
    for candidate in candidates:
        sections.setdefault(_section(candidate), []).append(candidate.score)
    best = {section: sorted(scores, reverse=True)[:SECTION_BEST] for section, scores in sections.items()}
    support = {section: (sum(scores) + middle) / (len(scores) + 1) for section, scores in best.items()}
    return [replace(c, score=c.score + SECTION_WEIGHT * support[_section(c)]) for c in candidates]


def _section(candidate: Candidate) -> tuple[int, int]:
    return candidate.passage.report_key, candidate.passage.section


def distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without passages of one report that say the same as a better one."""
    seen: set[tuple[int, str | int]] = set()
    kept: list[Candidate] = []
    for candidate in candidates:
        passage = candidate.passage
        original = passage.position if passage.duplicate_of is None else passage.duplicate_of
        words = _words(passage.text)
        same: set[tuple[int, str | int]] = {(passage.report_key, words), (passage.report_key, original)}
        if seen.isdisjoint(same):
            kept.append(candidate)
        seen |= same
    return kept


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    """What two passages that say the same have in common."""
    return " ".join(text.casefold().split())


def _standard(ids: Sequence[int], scores: Mapping[int, float]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """z-scores over the candidates."""
    if not scores:
        return np.zeros(len(ids))
    lowest = min(scores.values())
    values = np.array([scores.get(i, lowest) for i in ids], dtype=np.float64)
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(ids))
