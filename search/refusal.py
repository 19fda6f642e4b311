"""Whether the archive answers a question at all."""

from collections.abc import Sequence

import numpy as np

from models.encoder import Encoder
from models.judge.judge import JudgeError, load
from search.data_files import thresholds
from search.errors import ModelError
from search.piece_store import PieceStore
from search.question import Language
from search.retrieve import Candidate

JUDGED = 10
"""Best passages that are judged."""


def is_answered(
    query: str, language: Language, candidates: Sequence[Candidate], encoder: Encoder, store: PieceStore
) -> bool:
    """Whether the nearest passage is near enough to the query, and the best ones seem to answer it, by
    `thresholds.yaml`; a model that is not there refuses no question for which anything was found.

    Raises:
        ModelError: the judge's weights cannot be used.
    """
    best = max((c.dense for c in candidates if c.dense is not None), default=None)
    if best is None:
        return False
    threshold = thresholds().get(encoder.name)
    if threshold is None:
        return True
    english = threshold.english if language == "en" else 0.0
    judged = threshold.judge * _judged(query, candidates, encoder, store) if threshold.judge else 0.0
    return best + english + judged >= threshold.lowest


def _judged(query: str, candidates: Sequence[Candidate], encoder: Encoder, store: PieceStore) -> float:
    """Log-odds that any of the best passages answers."""
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
    return float(np.logaddexp.reduce(scores))
