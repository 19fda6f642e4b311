"""When the archive is said not to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models.judge.judge import JudgeError
from models.judge.window import PIECES, QUESTION
from models.readings import Reading
from search.data_files import Threshold
from search.errors import ModelError
from search.judge_input import JudgeInput
from search.records import PassageRecord, SectionRecord
from search.refusal import MOST, AnswerJudge, Evidence, certainty, evidence, is_answered
from search.retrieve import Candidate
from tests.search.conftest import passage_record

THRESHOLD = Threshold(lowest=0.5, judge=0.05, english=0.05, topic=0.5, name=0.5, goals=0.1)


@dataclass(eq=False)
class _Encoder:
    """A word piece a word; the same vector for all, but for words with "träff"."""

    name: str = "mått"
    tensors: dict[str, NDArray[np.float32]] = field(default_factory=dict)

    def read_query(self, text: str) -> Reading:
        return Reading(np.ones((1, 2), np.float32), (_pieces(text),))

    def piece_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [_spans(text) for text in texts]

    def word_pieces(self, text: str, *, passage: bool) -> list[int]:
        return [len(word) for word in text.split()]

    def framed(self, pieces: Sequence[int], *, passage: bool) -> list[int]:
        return [0, *pieces]


@dataclass
class _Unlayered:
    name: str = "mått"


def _spans(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        found.append((at, at + len(word)))
        at += len(word)
    return found


def _pieces(text: str) -> NDArray[np.int8]:
    return np.array([[100, 0] if "träff" in word else [0, 100] for word in text.split()], np.int8)


@dataclass
class _Store:
    texts: dict[int, str]

    def get(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        return {key: _pieces(self.texts[key]) for key in keys if key in self.texts}


class _Catalogue:
    def sections_over(self, keys: Sequence[int]) -> dict[int, SectionRecord]:
        section = SectionRecord(
            report_key=1,
            position=0,
            parent=None,
            kind="section",
            number=None,
            title="Skola och fritid",
            status=None,
            judged=None,
            goal_number=None,
            path=(),
            line=None,
            end_line=None,
            page=None,
            end_page=None,
            parts=(),
        )
        return dict.fromkeys(keys, section)


@dataclass
class _Judge:
    score_of: float = 0.0
    seen: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def score(self, asked: list[int], passage: list[int]) -> float:
        self.seen.append((asked, passage))
        return self.score_of


def _candidates(*dense: float | None) -> list[Candidate]:
    return [Candidate(passage_record(key), -float(key), cosine, None) for key, cosine in enumerate(dense, 1)]


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> _Judge:
    judge = _Judge()
    monkeypatch.setattr("search.refusal.load", lambda encoder: judge)
    monkeypatch.setattr("search.refusal.thresholds", lambda: {"mått": THRESHOLD})
    return judge


def _answered(candidates: Sequence[Candidate], encoder: object = None, language: str = "sv") -> bool:
    return is_answered("Vad?", language, candidates, encoder or _Encoder(), _Catalogue(), _Store({}))  # type: ignore[arg-type]


def test_the_best_passage_is_judged(judge: _Judge) -> None:
    judge.score_of = 1.5
    asker = AnswerJudge(_Encoder(), _Catalogue(), _Store({}))  # type: ignore[arg-type]
    found = evidence("Vad kostar det?", _candidates(0.3, 0.4), asker)
    assert found == Evidence(0.4, 1.5)
    ((asked, told),) = judge.seen
    assert asked == [3, 6, 4]
    assert told[:3] == [5, 3, 6]  # The heading's words.


def test_likeness_and_judgement_are_weighed_together(judge: _Judge) -> None:
    judge.score_of = 2.0
    assert _answered(_candidates(0.41))
    judge.score_of = 1.5
    assert not _answered(_candidates(0.41))
    assert _answered(_candidates(0.41), language="en")
    assert certainty(Evidence(0.4, -1.0), "sv", THRESHOLD) == pytest.approx(0.35)


def test_the_judge_is_not_believed_without_end(judge: _Judge) -> None:
    judge.score_of = -90.0
    assert _answered(_candidates(0.5 + 0.05 * MOST - 0.01)) is False
    asker = AnswerJudge(_Encoder(), _Catalogue(), _Store({}))  # type: ignore[arg-type]
    assert asker.judged("Vad?", passage_record(1)) == -MOST
    judge.score_of = 90.0
    assert asker.judged("Vad?", passage_record(1)) == MOST


def test_what_is_clear_by_likeness_alone_is_not_judged(judge: _Judge) -> None:
    assert _answered(_candidates(0.5 + 0.05 * MOST + 0.01))
    assert not _answered(_candidates(0.5 - 0.05 * MOST - 0.01))
    assert not judge.seen
    assert not _answered(_candidates(0.49))
    assert judge.seen


def test_what_was_found_by_its_words_only_answers_nothing(judge: _Judge) -> None:
    judge.score_of = 90.0
    assert not _answered(_candidates(None))
    assert not _answered([])


def test_a_model_without_threshold_refuses_nothing_found(judge: _Judge) -> None:
    assert _answered(_candidates(0.01), _Unlayered(name="annan"))
    assert not judge.seen


def test_a_model_whose_layers_cannot_be_read_cannot_be_judged_with(judge: _Judge) -> None:
    with pytest.raises(ModelError, match="judge: 0"):
        _answered(_candidates(0.9), _Unlayered())
    assert not judge.seen


def test_weights_that_cannot_be_read_are_an_error_for_people(judge: _Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(encoder: object) -> None:
        raise JudgeError("Filen saknas; hämta den.")

    monkeypatch.setattr("search.refusal.load", fails)
    with pytest.raises(ModelError, match="hämta den"):
        _answered(_candidates(0.9))
    assert not judge.seen


def _long(passage: PassageRecord, where: int) -> tuple[PassageRecord, str]:
    words = ["ord"] * 300
    words[where] = "träff"
    text = " ".join(words)
    return replace(passage, text=text), "Skola och fritid\n" + text


def test_of_a_long_passage_what_the_question_is_nearest_to_is_read() -> None:
    passage, text = _long(passage_record(1), 280)
    given = JudgeInput(_Encoder(), _Catalogue(), _Store({1: text}))  # type: ignore[arg-type]
    (told,) = given.passages("träff", [passage])
    assert len(told) == PIECES
    assert told[:3] == [5, 3, 6]
    assert len("träff") in told[3:]


def test_a_passage_without_stored_pieces_is_read_from_its_beginning() -> None:
    passage, text = _long(passage_record(1), 280)
    given = JudgeInput(_Encoder(), _Catalogue(), _Store({}))  # type: ignore[arg-type]
    assert given.passages("träff", [passage])[0] == [len(word) for word in text.split()][:PIECES]


def test_a_long_question_is_cut() -> None:
    given = JudgeInput(_Encoder(), _Catalogue(), _Store({}))  # type: ignore[arg-type]
    assert len(given.question("ord " * 90)) == QUESTION
