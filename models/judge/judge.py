"""Judges whether passages answer a question, from the word pieces that the encoder made of them.

A small network reads the question with the passage before it, as a cross-encoder does, but begins where the encoder
ended: the passage's pieces are stored, so that a passage costs a tenth of a millisecond and not thirty ("PreTTR",
MacAvaney et al. 2020, with all layers of the encoder done beforehand).
"""

import hashlib
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
        longest = max(min(len(found[i]), LONGEST) for i in held)
        pieces = np.zeros((len(held), longest, DIMENSION), np.float32)
        mask = np.zeros((len(held), longest), bool)
        for row, i in enumerate(held):
            own = found[i][:LONGEST]
            pieces[row, : len(own)] = own / PIECE_STEPS
            mask[row, : len(own)] = True
        result[held] = self._read(np.asarray(asked / PIECE_STEPS, np.float32), pieces, mask)
        return result

    def _read(self, asked: Array, pieces: Array, mask: NDArray[np.bool_]) -> Array:
        """`asked` (k, d), `pieces` (n, m, d), `mask` (n, m): which pieces there are."""
        near = np.where(mask[:, :, None], pieces @ asked.T, np.float32(-1))
        best = np.partition(near, -min(NEAREST, near.shape[1]), axis=1)[:, -NEAREST:]
        mean = np.where(mask[:, :, None], near, 0).sum(1) / mask.sum(1)[:, None]
        likeness = np.stack([best.max(1), mean, best.mean(1)], -1) * LIKENESS_SCALE
        question = np.broadcast_to(asked * PIECE_SCALE, (len(pieces), *asked.shape))
        x = self._linear("inq", np.concatenate([question, likeness], -1))
        passage = self._norm("np", self._linear("inp", pieces * PIECE_SCALE))
        for block in range(self._blocks()):
            x = self._block(f"b.{block}", x, passage, mask)
        told = self._norm("out.0", np.concatenate([x.mean(1), x.max(1)], -1))
        return self._linear("out.4", _gelu(self._linear("out.2", told)))[:, 0]

    def _blocks(self) -> int:
        return len({name.split(".")[1] for name in self.weights if name.startswith("b.")})

    def _block(self, name: str, x: Array, passage: Array, mask: NDArray[np.bool_]) -> Array:
        """The question's pieces look at the passage, then at each other."""
        y = self._norm(f"{name}.n1", x)
        looked = _attend(
            self._linear(f"{name}.q", y), self._linear(f"{name}.k", passage), self._linear(f"{name}.v", passage), mask
        )
        x = x + self._linear(f"{name}.o", looked)
        y = self._norm(f"{name}.n2", x)
        looked = _attend(
            self._linear(f"{name}.sq", y), self._linear(f"{name}.sk", y), self._linear(f"{name}.sv", y), None
        )
        x = x + self._linear(f"{name}.so", looked)
        return x + self._linear(f"{name}.f2", _gelu(self._linear(f"{name}.f1", self._norm(f"{name}.n3", x))))

    def _linear(self, name: str, x: Array) -> Array:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], np.float32)

    def _norm(self, name: str, x: Array) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + _EPSILON)
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], np.float32)


def _attend(asking: Array, keys: Array, values: Array, mask: NDArray[np.bool_] | None) -> Array:
    """Scaled dot-product attention with `HEADS` heads: asking (n, k, d), keys and values (n, m, d), mask (n, m)."""
    asking, keys, values = (_by_head(x) for x in (asking, keys, values))
    weight = asking @ keys.transpose(0, 1, 3, 2) / np.float32(np.sqrt(asking.shape[-1]))
    if mask is not None:
        weight = np.where(mask[:, None, None, :], weight, np.float32(-1e4))
    weight = np.exp(weight - weight.max(-1, keepdims=True))
    weight /= weight.sum(-1, keepdims=True)
    looked = (weight @ values).transpose(0, 2, 1, 3)
    return np.asarray(looked.reshape(*looked.shape[:2], -1), np.float32)


def _by_head(x: Array) -> Array:
    return x.reshape(*x.shape[:2], HEADS, -1).transpose(0, 2, 1, 3)


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
