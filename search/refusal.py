"""Whether the archive answers a question at all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.encoder import Encoder
from models.judge.judge import JudgeError, load
from search.data_files import Threshold, thresholds
from search.errors import ModelError
from search.piece_store import PieceStore
from search.question import Language
from search.retrieve import Candidate

JUDGED = 10
"""Best passages that are judged."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer being there."""

    near: float | None
    """Cosine of the nearest passage; None when nothing was found by meaning."""
    judged: float
    """Log-odds that any of the best passages answers; 0 where no judge is asked."""


def is_answered(
    query: str, language: Language, candidates: Sequence[Candidate], encoder: Encoder, store: PieceStore
) -> bool:
    """Whether the nearest passage is near enough to the query, and the best ones seem to answer it, by
    `thresholds.yaml`; a model that is not there refuses no question for which anything was found.

    Raises:
        ModelError: the judge's weights cannot be used.
    """
    threshold = thresholds().get(encoder.name)
    found = evidence(query, candidates, encoder, store if threshold is not None and threshold.judge else None)
    if found.near is None:
        return False
    return threshold is None or certainty(found, language, threshold) >= threshold.lowest


def evidence(query: str, candidates: Sequence[Candidate], encoder: Encoder, store: PieceStore | None) -> Evidence:
    """What speaks for an answer among the candidates, best first. Without a `store` no judge is asked.

    Raises:
        ModelError: the judge's weights cannot be used.
    """
    near = max((c.dense for c in candidates if c.dense is not None), default=None)
    if store is None or near is None:
        return Evidence(near, 0.0)
    asked = encoder.read_query(query)
    if asked.pieces is None:
        raise ModelError(
            f"Språkmodellen {encoder.name} läser inte orddelar, som svarsbedömningen bygger på; "
            "sätt judge: 0 för den i search/data/thresholds.yaml."
        )
    try:
        judge = load()
    except JudgeError as error:
        raise ModelError(str(error)) from error
    keys = [candidate.passage.key for candidate in candidates[:JUDGED]]
    held = store.get(keys)
    scores = judge.scores(asked.pieces[0], [held[key] for key in keys if key in held])
    return Evidence(near, float(np.logaddexp.reduce(scores)))


def certainty(found: Evidence, language: Language, threshold: Threshold) -> float:
    """Evidence as one number, of the size of a cosine."""
    english = threshold.english if language == "en" else 0.0
    return (found.near or 0.0) + english + threshold.judge * found.judged
