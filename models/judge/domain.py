"""How near a question is to what public administration writes of at all, whatever an archive holds.

Every report has a passage that is near to a question about the price of a ticket or a breed of cows, though few reports
write of such things. Questions with an answer lie nearer to the texts of another public body than questions without one
do; it says nothing of any passage, and so adds to what the nearest ones say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.encoder import Encoder
from models.judge.judge import read, write

WEIGHTS = DATA / "judge" / "domain.safetensors"

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Domain:
    """The direction of such texts among an encoder's vectors."""

    mean: Array
    """(dimension,): the mean of the texts' vectors, shorter than 1."""
    usual: float
    """What a question that a report answers usually has of it."""

    def familiarity(self, question: Array) -> float:
        """How much nearer than usual the vector of a question lies to such texts; mostly within ±0.1."""
        return float(question @ self.mean) - self.usual


def learned(texts: Sequence[str], questions: Sequence[str], encoder: Encoder) -> Domain:
    """From texts of public administration and from questions that reports answer."""
    mean = np.asarray(encoder.encode_passages(texts).mean(0), np.float32)
    return Domain(mean, float((encoder.encode_queries(questions) @ mean).mean()))


def save(domain: Domain, path: Path = WEIGHTS, encoder: str | None = None) -> None:
    """Write it as 16-bit floats, with the digest of the encoder whose vectors it was learned from."""
    write({"mean": domain.mean, "usual": np.array([domain.usual], np.float32)}, path, encoder)


@cache
def load(path: Path = WEIGHTS) -> Domain:
    """What `save` wrote. Raises `JudgeError` when it is missing, damaged or of another encoder than the one here."""
    tensors = read(path)
    return Domain(tensors["mean"], float(tensors["usual"][0]))
