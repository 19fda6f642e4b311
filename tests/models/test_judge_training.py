"""The judge learns what its examples show."""

from pathlib import Path

import numpy as np
import pytest

from models.judge.examples import Example, Pieces, read_examples, write_examples
from models.judge.judge import DIMENSION
from models.readings import PIECE_STEPS

pytest.importorskip("torch")


def _rows(random: np.random.Generator, count: int) -> Pieces:
    rows = random.normal(size=(count, DIMENSION))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.clip(np.rint(rows * PIECE_STEPS), -127, 127), np.int8)


def _example(random: np.random.Generator, *, answered: bool) -> Example:
    """A passage answers when the question's pieces stand in it."""
    question = _rows(random, 4)
    other = tuple(_rows(random, 9) for _ in range(3))
    right = np.concatenate([question, _rows(random, 5)])
    return Example(False, question, (*other, right) if answered else other, (False,) * 3 + (True,) * answered)


def test_examples_come_back_as_they_were(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    shared = _rows(random, 6)
    made = [
        Example(True, _rows(random, 3), (shared, _rows(random, 2)), (True, False)),
        Example(False, _rows(random, 5), (shared,), (False,)),
    ]
    assert write_examples(made, tmp_path / "e") == 2
    read = read_examples([tmp_path / "e"])
    assert [one.answers for one in read] == [one.answers for one in made]
    assert [one.general for one in read] == [True, False]
    for old, new in zip(made, read, strict=True):
        for a, b in zip((old.question, *old.passages), (new.question, *new.passages), strict=True):
            np.testing.assert_array_equal(a, b)


def test_it_learns_to_tell_an_answer() -> None:
    from models.judge.train import Plan, Trainer

    random = np.random.default_rng(2)
    shown = [_example(random, answered=index % 2 == 0) for index in range(96)]
    judge = Trainer(Plan(epochs=8, batch=4, passages=4, rate=3e-3)).train(shown)
    fresh = [_example(random, answered=True) for _ in range(20)]
    ranks = [int(judge.scores(one.question, one.passages).argmax()) for one in fresh]
    assert ranks.count(3) >= 15
    sure = [max(judge.scores(one.question, one.passages)) for one in fresh]
    unsure = [max(judge.scores(one.question, one.passages[:3])) for one in fresh]
    assert np.mean(sure) > np.mean(unsure) + 1


def test_the_same_examples_give_the_same_weights() -> None:
    from models.judge.train import Plan, Trainer

    random = np.random.default_rng(4)
    shown = [_example(random, answered=index % 2 == 0) for index in range(24)]
    first, again, other = (Trainer(Plan(batch=4, passages=4), order).train(shown).weights for order in (0, 0, 1))
    assert all((first[name] == again[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_the_mean_of_weights_is_one_judge() -> None:
    from models.judge.judge import Judge
    from models.judge.train import mean_judge

    judges = [Judge({"a": np.full((2, 2), value, np.float32)}) for value in (1.0, 4.0)]
    np.testing.assert_array_equal(mean_judge(judges).weights["a"], np.full((2, 2), 2.5, np.float32))
