"""The network that judges whether a passage answers a question."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.judge.graph import build
from models.judge.judge import GRAPH, LEVELS, Judge, JudgeError, encoder_digest, load, rounded, save
from models.judge.window import HEADINGS, PIECES, window
from tests.models.random_encoder import RandomEncoder

ASKED, TOLD = (5, 6, 7, 8), tuple(range(20, 60))


@pytest.fixture(scope="module")
def encoder() -> RandomEncoder:
    return RandomEncoder()


@pytest.fixture(scope="module")
def file(encoder: RandomEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of a network that has not learned anything."""
    torch = pytest.importorskip("torch")
    from models.judge.export import exported
    from models.judge.network import Lower, Network

    torch.manual_seed(3)
    path = tmp_path_factory.mktemp("judge") / "w.safetensors"
    save(exported(Network(encoder), Lower(encoder), [(ASKED, TOLD), (TOLD[:9], ASKED)]), path)
    return path


@pytest.fixture(scope="module")
def judge(encoder: RandomEncoder, file: Path) -> Judge:
    return load(encoder, file)


def _by_the_network(encoder: RandomEncoder, pairs: Sequence[tuple[tuple[int, ...], tuple[int, ...]]]) -> list[float]:
    import torch

    from models.judge.network import Lower, Network, scores

    torch.manual_seed(3)
    with torch.inference_mode():
        return [float(value) for value in scores(Network(encoder).eval(), Lower(encoder), pairs)]


def test_it_scores_nearly_as_the_network_that_was_trained(encoder: RandomEncoder, judge: Judge) -> None:
    random = np.random.default_rng(5)
    pairs = [
        (tuple(random.integers(4, 99, 5).tolist()), tuple(random.integers(4, 99, length).tolist()))
        for length in range(8, 60, 4)
    ]
    wanted = np.array(_by_the_network(encoder, pairs))
    found = np.array([judge.score(asked, told) for asked, told in pairs])
    assert np.corrcoef(found, wanted)[0, 1] > 0.85  # Random weights lose more of 8 bits than learned ones.
    assert np.abs(found - wanted).mean() < 0.5 * wanted.std()


def test_a_batch_scores_each_pair_as_alone(encoder: RandomEncoder) -> None:
    pairs = [(ASKED, TOLD), (ASKED[:1], TOLD[:3]), (TOLD[:9], ASKED)]
    alone = [_by_the_network(encoder, [pair])[0] for pair in pairs]
    assert _by_the_network(encoder, pairs) == pytest.approx(alone, abs=2e-3)


def test_what_asks_and_what_tells_are_not_the_same(judge: Judge) -> None:
    assert judge.score(ASKED, TOLD) != pytest.approx(judge.score(TOLD, ASKED), abs=1e-3)
    assert judge.score(ASKED, (*TOLD, *ASKED)) > judge.score(ASKED, TOLD)


def test_weights_in_8_bits_are_near(encoder: RandomEncoder) -> None:
    weight = np.asarray(np.random.default_rng(2).normal(size=(30, 20)), np.float32)
    even = np.linspace(0.5, 2, 30).astype(np.float32)
    whole, scale = rounded(weight, even)
    assert whole.dtype == np.int8
    assert np.abs(whole).max() == LEVELS
    assert np.abs(whole * scale * even[:, None] - weight).max() <= (scale * 2).max() / 2 + 1e-6


def test_the_graph_here_is_the_one_that_is_built() -> None:
    assert GRAPH.read_bytes() == build().SerializeToString()


def test_weights_for_another_encoder_are_refused(encoder: RandomEncoder, tmp_path: Path) -> None:
    save({"mark": np.zeros(3, np.float32)}, tmp_path / "w.safetensors", encoder="0" * 16)
    with pytest.raises(JudgeError, match="annan träning"):
        load(encoder, tmp_path / "w.safetensors")


def test_a_missing_or_damaged_file_is_named(encoder: RandomEncoder, tmp_path: Path) -> None:
    with pytest.raises(JudgeError, match=r"none\.safetensors"):
        load(encoder, tmp_path / "none.safetensors")
    (tmp_path / "bad.safetensors").write_bytes(b"nothing")
    with pytest.raises(JudgeError, match=r"bad\.safetensors"):
        load(encoder, tmp_path / "bad.safetensors")


def test_a_file_without_all_weights_is_damaged(encoder: RandomEncoder, tmp_path: Path) -> None:
    save({"mark": np.zeros(3, np.float32)}, tmp_path / "few.safetensors")
    with pytest.raises(JudgeError, match=r"few\.safetensors"):
        load(encoder, tmp_path / "few.safetensors")


def test_the_weights_here_fit_the_encoder_here(encoder: RandomEncoder) -> None:
    assert len(encoder_digest()) == 16
    shipped = load(encoder)
    assert np.isfinite(shipped.score(ASKED, TOLD))


def test_a_short_passage_is_read_whole() -> None:
    ids = list(range(40))
    assert window(ids, 5, np.zeros((40, 2), np.float32)) == ids


def test_of_a_long_passage_the_headings_and_what_is_nearest_are_read() -> None:
    ids = list(range(400))
    near = np.zeros((400, 2), np.float32)
    near[300, 0] = near[310, 1] = 0.9
    found = window(ids, 30, near)
    assert len(found) == PIECES
    assert found[:HEADINGS] == ids[:HEADINGS]
    assert {300, 310} <= set(found)
    assert found[HEADINGS:] == list(range(found[HEADINGS], found[HEADINGS] + PIECES - HEADINGS))


def test_what_is_equally_near_is_read_from_the_beginning() -> None:
    ids = list(range(300))
    assert window(ids, 0, np.zeros((300, 1), np.float32)) == ids[:PIECES]


def test_a_window_reaches_the_end() -> None:
    ids = list(range(PIECES + 3))
    near = np.zeros((len(ids), 1), np.float32)
    near[-1] = 1
    assert window(ids, 0, near) == ids[3:]
