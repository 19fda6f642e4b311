"""Whether the archive answers a question at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.encoder import Encoder
from models.judge.judge import JudgeError, load
from search.catalogue import Catalogue
from search.data_files import Threshold, thresholds
from search.errors import ModelError
from search.judge_input import JudgeInput
from search.piece_store import PieceStore
from search.question import Language
from search.records import PassageRecord
from search.retrieve import Candidate

MOST = 3.0
"""Log-odds beyond which the judge is not believed more, so that what lies far from the threshold need not be judged."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer being there."""

    near: float | None
    """Cosine of the nearest passage; None when nothing was found by meaning."""
    judged: float = 0.0
    """Log-odds that the best passage answers, within ±`MOST`; 0 where no judge is asked."""


class AnswerJudge:
    """Asks the judge about passages of the catalogue."""

    def __init__(self, encoder: Encoder, catalogue: Catalogue, store: PieceStore) -> None:
        """Raises ModelError when its weights cannot be used, or not with this encoder."""
        self._input = JudgeInput(encoder, catalogue, store)
        try:
            self._judge = load(self._input.layers)
        except JudgeError as error:
            raise ModelError(str(error)) from error

    def judged(self, query: str, passage: PassageRecord) -> float:
        """Log-odds that the passage answers, within ±`MOST`."""
        asked, (told,) = self._input.question(query), self._input.passages(query, [passage])
        if not asked or not told:
            return -MOST
        return min(max(self._judge.score(asked, told), -MOST), MOST)


def is_answered(
    query: str,
    language: Language,
    candidates: Sequence[Candidate],
    encoder: Encoder,
    catalogue: Catalogue,
    store: PieceStore,
) -> bool:
    """Whether the nearest passage is near enough to the query, and the best one seems to answer it, by
    `thresholds.yaml`; a model that is not there refuses no question for which anything was found.

    Raises:
        ModelError: the judge's weights cannot be used.
    """
    found, threshold = evidence(query, candidates, None), thresholds().get(encoder.name)
    if found.near is None or threshold is None:
        return found.near is not None
    if threshold.judge:
        judge = AnswerJudge(encoder, catalogue, store)
        if abs(certainty(found, language, threshold) - threshold.lowest) <= threshold.judge * MOST:
            found = evidence(query, candidates, judge)
    return certainty(found, language, threshold) >= threshold.lowest


def evidence(query: str, candidates: Sequence[Candidate], judge: AnswerJudge | None) -> Evidence:
    """What speaks for an answer among the candidates, best first."""
    near = max((c.dense for c in candidates if c.dense is not None), default=None)
    if judge is None or near is None:
        return Evidence(near)
    return Evidence(near, judge.judged(query, candidates[0].passage))


def certainty(found: Evidence, language: Language, threshold: Threshold) -> float:
    """Evidence as one number, of the size of a cosine."""
    english = threshold.english if language == "en" else 0.0
    return (found.near or 0.0) + english + threshold.judge * found.judged
