"""When the archive is said not to answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from models.judge.judge import JudgeError
from models.readings import Reading
from search.data_files import Threshold
from search.errors import ModelError
from search.refusal import JUDGED, Evidence, certainty, evidence, is_answered
from search.retrieve import Candidate
from tests.search.conftest import passage_record

PIECES = np.ones((3, 128), np.int8)
THRESHOLD = Threshold(lowest=0.5, judge=0.1, english=0.05, topic=0.5, name=0.5, goals=0.1)


@dataclass
class _Encoder:
    name: str = "mått"
    pieces: tuple[NDArray[np.int8], ...] | None = (PIECES,)

    def read_query(self, text: str) -> Reading:
        assert text == "Vad?"
        return Reading(np.ones((1, 2), np.float32), self.pieces)


class _Store:
    def get(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        return {key: np.full((1, 128), key, np.int8) for key in keys}


@dataclass
class _Judge:
    seen: list[int]
    score: float

    def scores(self, asked: NDArray[np.int8], found: Sequence[NDArray[np.int8]]) -> NDArray[np.float32]:
        assert asked is PIECES
        self.seen += [int(pieces[0, 0]) for pieces in found]
        return np.full(len(found), self.score, np.float32)


def _candidates(*dense: float | None) -> list[Candidate]:
    return [Candidate(passage_record(key), -float(key), cosine, None) for key, cosine in enumerate(dense, 1)]


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> _Judge:
    judge = _Judge([], 0.0)
    monkeypatch.setattr("search.refusal.load", lambda: judge)
    monkeypatch.setattr("search.refusal.thresholds", lambda: {"mått": THRESHOLD})
    return judge


def _answered(candidates: Sequence[Candidate], encoder: _Encoder, language: str = "sv") -> bool:
    return is_answered("Vad?", language, candidates, encoder, _Store())  # type: ignore[arg-type]


def test_the_best_passages_are_judged_together(judge: _Judge) -> None:
    found = evidence("Vad?", _candidates(*[0.3] * 30), _Encoder(), _Store())  # type: ignore[arg-type]
    assert judge.seen == list(range(1, JUDGED + 1))
    assert found.near == 0.3
    assert found.judged == pytest.approx(np.log(JUDGED), abs=1e-5)


def test_likeness_and_judgement_are_weighed_together(judge: _Judge) -> None:
    judge.score = 2.0
    assert _answered(_candidates(0.31), _Encoder())
    judge.score = 1.8
    assert not _answered(_candidates(0.31), _Encoder())
    assert _answered(_candidates(0.31), _Encoder(), "en")
    assert certainty(Evidence(0.4, -1.0), "sv", THRESHOLD) == pytest.approx(0.3)


def test_what_was_found_by_its_words_only_answers_nothing(judge: _Judge) -> None:
    judge.score = 90.0
    assert not _answered(_candidates(None), _Encoder())
    assert not _answered([], _Encoder())


def test_a_model_without_threshold_refuses_nothing_found(judge: _Judge) -> None:
    assert _answered(_candidates(0.01), _Encoder(name="annan", pieces=None))
    assert not judge.seen


def test_a_model_without_pieces_cannot_be_judged_for(judge: _Judge) -> None:
    with pytest.raises(ModelError, match="judge: 0"):
        _answered(_candidates(0.9), _Encoder(pieces=None))
    assert not judge.seen


def test_weights_that_cannot_be_read_are_an_error_for_people(judge: _Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise JudgeError("Filen saknas; hämta den.")

    monkeypatch.setattr("search.refusal.load", fails)
    with pytest.raises(ModelError, match="hämta den"):
        _answered(_candidates(0.9), _Encoder())
    assert not judge.seen
