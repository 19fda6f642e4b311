"""The network that judges whether a passage answers a question."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.judge.judge import DIMENSION, LONGEST, Judge, JudgeError, encoder_digest, load, save
from models.readings import PIECE_STEPS


def _pieces(count: int, seed: int) -> NDArray[np.int8]:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(count, DIMENSION))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.rint(rows * PIECE_STEPS), np.int8)


@pytest.fixture(scope="module")
def network() -> object:
    torch = pytest.importorskip("torch")
    from models.judge.network import Network

    torch.manual_seed(3)
    return Network().eval()


@pytest.fixture(scope="module")
def judge(network: object) -> Judge:
    return Judge({name: tensor.numpy() for name, tensor in network.state_dict().items()})  # type: ignore[attr-defined]


def test_it_scores_as_the_network_that_was_trained(network: object, judge: Judge) -> None:
    import torch

    asked, found = _pieces(7, 1), _pieces(30, 2)
    question, passage = (torch.from_numpy(x[None] / PIECE_STEPS).float() for x in (asked, found))
    with torch.inference_mode():
        wanted = network(question, passage, torch.ones(1, 7, dtype=torch.bool), torch.ones(1, 30, dtype=torch.bool))  # type: ignore[operator]
    assert judge.scores(asked, [found])[0] == pytest.approx(float(wanted[0]), abs=0.01)


def test_a_passage_scores_the_same_beside_longer_ones(judge: Judge) -> None:
    asked, short = _pieces(5, 1), _pieces(2, 2)
    alone = judge.scores(asked, [short])[0]
    beside = judge.scores(asked, [_pieces(90, 3), short])[1]
    assert alone == pytest.approx(beside, abs=1e-4)


def test_what_comes_late_in_a_passage_is_not_read(judge: Judge) -> None:
    asked, found = _pieces(5, 1), _pieces(LONGEST + 40, 2)
    scores = judge.scores(asked, [found, found[:LONGEST]])
    assert scores[0] == pytest.approx(scores[1], abs=1e-4)


def test_nothing_answers_where_there_are_no_pieces(judge: Judge) -> None:
    asked, none = _pieces(5, 1), np.zeros((0, DIMENSION), np.int8)
    scores = judge.scores(asked, [none, _pieces(9, 2)])
    assert scores[0] == -np.inf
    assert np.isfinite(scores[1])
    assert judge.scores(none, [_pieces(9, 2)]).tolist() == [-np.inf]
    assert judge.scores(asked, []).size == 0


def test_weights_come_back_nearly_as_they_were(judge: Judge, tmp_path: Path) -> None:
    save(judge, tmp_path / "w.safetensors")
    read = load(tmp_path / "w.safetensors")
    assert read.weights.keys() == judge.weights.keys()
    asked, found = _pieces(5, 1), [_pieces(20, 2)]
    assert read.scores(asked, found)[0] == pytest.approx(judge.scores(asked, found)[0], abs=0.02)


def test_weights_for_another_encoder_are_refused(judge: Judge, tmp_path: Path) -> None:
    save(judge, tmp_path / "w.safetensors", encoder="0" * 16)
    with pytest.raises(JudgeError, match="annan träning"):
        load(tmp_path / "w.safetensors")


def test_a_missing_or_damaged_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match=r"none\.safetensors"):
        load(tmp_path / "none.safetensors")
    (tmp_path / "bad.safetensors").write_bytes(b"nothing")
    with pytest.raises(JudgeError, match=r"bad\.safetensors"):
        load(tmp_path / "bad.safetensors")


def test_the_encoder_here_has_a_digest() -> None:
    assert len(encoder_digest()) == 16
