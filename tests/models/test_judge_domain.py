"""What public administration writes of, as a direction among an encoder's vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.judge.domain import Domain, learned, load, save
from models.judge.judge import JudgeError


class _Encoder:
    """Texts about charges (*taxa*) lie along the first axis, others along the second."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[1.0, 0.0] if "taxa" in text else [0.0, 1.0] for text in texts], np.float32)

    encode_queries = encode_passages


def _learned() -> Domain:
    return learned(["En taxa.", "Ny taxa."], ["Vilken taxa?", "Vilken ko?"], _Encoder())  # type: ignore[arg-type]


def test_questions_like_the_texts_are_more_familiar_than_usual() -> None:
    domain = _learned()
    near, far = _Encoder().encode_queries(["Höjs en taxa?", "Vad äter en ko?"])
    assert domain.familiarity(near) == pytest.approx(0.5)
    assert domain.familiarity(far) == pytest.approx(-0.5)


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    save(_learned(), tmp_path / "d.safetensors")
    read = load(tmp_path / "d.safetensors")
    np.testing.assert_array_equal(read.mean, _learned().mean)
    assert read.usual == _learned().usual


def test_another_encoders_is_refused(tmp_path: Path) -> None:
    save(_learned(), tmp_path / "d.safetensors", encoder="0" * 16)
    with pytest.raises(JudgeError, match="annan träning"):
        load(tmp_path / "d.safetensors")


def test_the_shipped_one_fits_the_shipped_encoder() -> None:
    domain = load()
    assert domain.mean.shape == (384,)
    assert 0.0 < domain.usual < float(np.linalg.norm(domain.mean))
