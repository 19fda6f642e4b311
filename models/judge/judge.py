"""Judges whether passages answer a question, from the word pieces that the encoder made of them.

A small network reads the question with the passage before it, as a cross-encoder does, but begins where the encoder
ended: the passage's pieces are stored, so that a passage costs a tenth of a millisecond and not thirty ("PreTTR",
MacAvaney et al. 2020, with all layers of the encoder done beforehand).
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.e5_convert import LATE_FILE, TUNED
from models.readings import PIECE_STEPS

WEIGHTS = DATA / "judge" / "weights.safetensors"
HEADS = 4
DIMENSION = 128
LONGEST = 200
"""Pieces read of a passage."""
NEAREST = 3
"""Of how many pieces the mean likeness is told to the network, beside the nearest's and everybody's."""
PIECE_SCALE, LIKENESS_SCALE = 8.0, 4.0
"""What brings the network's inputs to about ±1."""
ENCODER = "encoder"
"""Under this name the file says which encoder its weights are for."""
_EPSILON = 1e-5
_GELU = float(np.sqrt(2 / np.pi))

Array = NDArray[np.float32]


class JudgeError(Exception):
    """The weights cannot be used. The message is a Swedish sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The network. `weights`: by the names that `models.judge.network` gives them."""

    weights: Mapping[str, Array]

    def scores(self, asked: NDArray[np.int8], found: Sequence[NDArray[np.int8]]) -> Array:
        """For each passage the log-odds that it answers the question rather than that nothing does.

        `asked` is (k, `DIMENSION`), `found` holds (m, `DIMENSION`) for each passage, as in `models.readings`.
        A passage without pieces gets −inf, as does every passage when the question has none.
        """
        result = np.full(len(found), -np.inf, np.float32)
        held = [i for i, pieces in enumerate(found) if len(pieces)]
        if not held or not len(asked):
            return result
        passages = [_units(found[i][:LONGEST]) for i in held]
        result[held] = self._read(_units(asked), passages)
        return result

    def _read(self, asked: Array, passages: Sequence[Array]) -> Array:
        """`asked` (k, d), `passages` (m, d) each."""
        ends = np.cumsum([len(pieces) for pieces in passages])
        joint = np.concatenate(passages)
        near = np.split(joint @ asked.T, ends[:-1])
        likeness = np.stack([_likeness(one) for one in near]) * LIKENESS_SCALE
        question = np.broadcast_to(asked * PIECE_SCALE, (len(passages), *asked.shape))
        x = self._linear("inq", np.concatenate([question, likeness], -1))
        told = np.split(self._norm("np", self._linear("inp", joint * PIECE_SCALE)), ends[:-1])
        for block in range(self._blocks()):
            x = self._block(f"b.{block}", x, told)
        said = self._norm("out.0", np.concatenate([x.mean(1), x.max(1)], -1))
        return self._linear("out.4", _gelu(self._linear("out.2", said)))[:, 0]

    def _blocks(self) -> int:
        return len({name.split(".")[1] for name in self.weights if name.startswith("b.")})

    def _block(self, name: str, x: Array, told: Sequence[Array]) -> Array:
        """The question's pieces (n, k, d) look at the n passages, then at each other."""
        x = x + self._linear(f"{name}.o", self._look(name, self._norm(f"{name}.n1", x), told))
        y = self._norm(f"{name}.n2", x)
        asking, keys, values = (_by_head(self._linear(f"{name}.{part}", y)) for part in ("sq", "sk", "sv"))
        looked = _softmax(asking @ keys.transpose(0, 1, 3, 2) / np.float32(np.sqrt(asking.shape[-1]))) @ values
        x = x + self._linear(f"{name}.so", _joined(looked))
        return x + self._linear(f"{name}.f2", _gelu(self._linear(f"{name}.f1", self._norm(f"{name}.n3", x))))

    def _look(self, name: str, y: Array, told: Sequence[Array]) -> Array:
        """Scaled dot-product attention from `y` (n, k, d) to the passages.

        The few pieces of the question are turned into what keys and values are made of, rather than the many of the
        passages into keys and values: a third of the work. A bias of the keys adds the same to all of them.
        """
        n, k, d = y.shape
        keys = self.weights[f"{name}.k.weight"].reshape(HEADS, -1, d)
        asking: Array = np.matmul(_by_head(self._linear(f"{name}.q", y)), keys) / np.float32(math.sqrt(d / HEADS))
        rows: Array = asking.reshape(n, HEADS * k, d)
        seen = [_softmax(asks @ pieces.T) @ pieces for asks, pieces in zip(rows, told, strict=True)]
        values = self.weights[f"{name}.v.weight"].reshape(HEADS, -1, d).transpose(0, 2, 1)
        looked: Array = np.matmul(np.stack(seen).reshape(asking.shape), values)
        return np.asarray(_joined(looked) + self.weights[f"{name}.v.bias"], np.float32)

    def _linear(self, name: str, x: Array) -> Array:
        # One product of two matrices takes half the time of n small ones.
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return np.asarray(flat, np.float32).reshape(*x.shape[:-1], -1)

    def _norm(self, name: str, x: Array) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], np.float32)


def _units(pieces: NDArray[np.int8]) -> Array:
    """Word pieces as they are stored → in units."""
    return np.asarray(pieces, np.float32) / np.float32(PIECE_STEPS)


def _likeness(near: Array) -> Array:
    """Of the likeness (m, k) of a passage's pieces to the question's: the greatest, the mean and the mean of the
    `NEAREST` greatest (k, 3)."""
    best = np.partition(near, -min(NEAREST, len(near)), axis=0)[-NEAREST:]
    return np.stack([best.max(0), near.mean(0), best.mean(0)], -1)


def _softmax(weight: Array) -> Array:
    weight = np.exp(weight - weight.max(-1, keepdims=True))
    weight /= weight.sum(-1, keepdims=True)
    return weight


def _by_head(x: Array) -> Array:
    """(n, k, d) → (n, heads, k, d / heads)."""
    return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)


def _joined(x: Array) -> Array:
    """(n, heads, k, d / heads) → (n, k, d)."""
    return x.transpose(0, 2, 1, 3).reshape(x.shape[0], x.shape[2], -1)


def _gelu(x: Array) -> Array:
    """Hendrycks & Gimpel 2016, by tanh: within 0.0005 of the exact one that the network is trained with."""
    return np.asarray(0.5 * x * (1 + np.tanh(_GELU * (x + 0.044715 * (x * x * x)))), np.float32)


def encoder_digest(folder: Path = TUNED) -> str:
    """16 hex digits of SHA-256 over what training changed in the encoder, whose pieces a judge reads."""
    digest = hashlib.sha256()
    for name in ("delta.safetensors", LATE_FILE):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def save(judge: Judge, path: Path = WEIGHTS, encoder: str | None = None) -> None:
    """Write the weights as 16-bit floats, with the digest of the encoder that they were trained on."""
    from safetensors.numpy import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    small = {name: np.ascontiguousarray(array, np.float16) for name, array in judge.weights.items()}
    save_file(small, path, metadata={ENCODER: encoder or encoder_digest()})


@cache
def load(path: Path = WEIGHTS) -> Judge:
    """The judge in `path`. Raises `JudgeError` when it is missing, damaged or of another encoder than the one here."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as file:
            encoder = (file.metadata() or {}).get(ENCODER)
            weights = {name: np.asarray(file.get_tensor(name), np.float32) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise JudgeError(
            f"Filen {path} kan inte läsas ({type(error).__name__}); hämta katalogen på nytt, eller välj en annan "
            "språkmodell med SPANA_EMBEDDING_MODEL."
        ) from error
    if encoder != encoder_digest():
        raise JudgeError(
            f"Filen {path} hör till en annan träning av språkmodellen; hämta katalogen på nytt, eller träna om den med "
            "python -m models.judge.train."
        )
    return Judge(weights)
