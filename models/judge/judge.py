"""Judges whether a passage answers a question.

The first layers of the encoder read the question and the passage apart, as it does itself; the last ones, trained for
this, read both together ("PreTTR", MacAvaney et al. 2020). All products with weights are in 8 bits.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.e5_convert import LATE_FILE, TUNED
from models.onnx_encoder import HIDDEN, LAYERS, WIDE, WORDS, constants

WEIGHTS = DATA / "judge" / "weights.safetensors"
GRAPH = DATA / "judge" / "graph.onnx"
"""Written by `models.judge.graph`."""
APART = 8
"""Layers that read question and passage apart: the encoder's own. The others are the judge's."""
PRODUCTS = {"joint": (HIDDEN, 3 * HIDDEN), "after": (HIDDEN, HIDDEN), "wide": (HIDDEN, WIDE), "narrow": (WIDE, HIDDEN)}
"""The weights of a layer that are kept in 8 bits (in × out)."""
LEVELS = 127
"""Steps of a weight to each side of 0. Processors without whole-number instructions cut one sum of two in 45,000 then,
which costs them up to a twentieth of a product; 63 steps, which never overflow, cost all processors as much."""
TOLD = 96
"""Units before the last."""
ENCODER = "encoder"
"""Under this name the file says which encoder its weights are for."""
THREADS = 2
"""As many as the encoder reads a query with."""
FIRST_STATE, STATES, PRODUCT = 12.0, 9.0, 40.0
"""What brings the states that the head is told, and the product of two, to about ±1, measured on training questions."""
LIKENESS, SPREAD = (0.788, 0.924), (0.031, 0.02)
"""The two likenesses of the encoder's own last layer: mean and standard deviation over what search finds."""
_FAR = -1e4
_HEAD = "head."
_GELU = float(np.sqrt(2 / np.pi))

Array = NDArray[np.float32]
Bytes = NDArray[np.int8]


class JudgeError(Exception):
    """The weights cannot be used. The message is a Swedish sentence with the next step."""


@runtime_checkable
class Layered(Protocol):
    """An encoder whose layers can be read with: `models.onnx_encoder`."""

    @property
    def tensors(self) -> Mapping[str, Array]:
        """The weights, by the names of `BertModel`."""

    def __hash__(self) -> int:
        """For `load`, which keeps the last judge."""

    def word_pieces(self, text: str, *, passage: bool) -> list[int]:
        """A query's or passage's own pieces as the encoder counts them, without prompt and marks."""

    def framed(self, pieces: Sequence[int], *, passage: bool) -> list[int]:
        """Pieces with the prompt and marks that the encoder reads them with."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The network."""

    encoder: Layered
    session: Any
    """`GRAPH` with its constants."""
    head: Mapping[str, Array]
    """What follows the layers: `first.weight` (`TOLD`, 4 × `HIDDEN` + 2), `first.bias`, `last.weight` (1, `TOLD`),
    `last.bias` and `near` (2)."""

    def score(self, asked: Sequence[int], passage: Sequence[int]) -> float:
        """The log-odds that a passage answers the question. Both are their own word pieces, at least one each."""
        question = self.encoder.framed(asked, passage=False)
        told = self.encoder.framed(passage, passage=True)
        length = len(question) + len(told)
        words = np.empty((1, length, HIDDEN), np.float32)
        words[0, : len(question)] = _placed(self.encoder.tensors, question)
        words[0, len(question) :] = _placed(self.encoder.tensors, told)
        second = np.arange(length) >= len(question)
        apart = np.where(second[:, None] == second[None, :], np.float32(0), np.float32(_FAR))[None, None]
        inputs = {"words": words, "apart": apart, "passage": second.astype(np.float32)[None, :, None]}
        return self._said(self.session.run(None, inputs)[0][0], len(question))

    def _said(self, hidden: Array, asked: int) -> float:
        """`hidden` (pieces, `HIDDEN`), the first `asked` of which are the question's."""
        told = features(hidden, asked)
        curved = _gelu(self.head["first.weight"] @ told + self.head["first.bias"])
        likeness = told[-2:] @ self.head["near"]
        return float((self.head["last.weight"] @ curved + self.head["last.bias"])[0] + likeness)


def features(hidden: Array, asked: int) -> Array:
    """What the head is told (4 × `HIDDEN` + 2): the first state, the means of the question's and the passage's, their
    product, and two likenesses: of each piece of the question to its nearest of the passage, and of the means."""
    question, passage = hidden[:asked], hidden[asked:]
    first, second = question.mean(0), passage.mean(0)
    near = (_unit(question) @ _unit(passage).T).max(1).mean()
    likeness = (np.array([near, _unit(first) @ _unit(second)]) - LIKENESS) / SPREAD
    states = [hidden[0] * FIRST_STATE, first * STATES, second * STATES, first * second * PRODUCT]
    return np.concatenate([*states, likeness]).astype(np.float32)


def shapes() -> dict[str, tuple[int, ...]]:
    """The graph's constants."""
    found: dict[str, tuple[int, ...]] = {"first.weight": (HIDDEN,), "first.bias": (HIDDEN,), "mark": (HIDDEN,)}
    for layer in range(LAYERS):
        for name, (entering, leaving) in PRODUCTS.items():
            found[f"{layer}.{name}.weight"] = (entering, leaving)
            found[f"{layer}.{name}.scale"] = found[f"{layer}.{name}.bias"] = (leaving,)
            found[f"{layer}.{name}.even"] = (entering,)
        for name in ("middle", "last"):
            found[f"{layer}.{name}.weight"] = found[f"{layer}.{name}.bias"] = (HIDDEN,)
    return found


def rounded(weight: Array, even: Array) -> tuple[Bytes, Array]:
    """A weight (in × out) in 8 bits, with a scale for each column. What is multiplied with it is multiplied with `even`
    (in) first, which makes its numbers alike in size ("SmoothQuant", Xiao et al. 2023)."""
    raised = weight / even[:, None]
    scale = np.maximum(np.abs(raised).max(axis=0) / LEVELS, np.finfo(np.float32).tiny).astype(np.float32)
    return np.asarray(np.rint(raised / scale), np.int8), scale


def encoder_digest(folder: Path = TUNED) -> str:
    """16 hex digits of SHA-256 over what training changed in the encoder, whose layers a judge reads with."""
    digest = hashlib.sha256()
    for name in ("delta.safetensors", LATE_FILE):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:16]


def save(weights: Mapping[str, Array | Bytes], path: Path = WEIGHTS, encoder: str | None = None) -> None:
    """Write weights (`models.judge.export`) with the digest of the encoder that they were trained on; 32-bit floats
    become 16-bit."""
    from safetensors.numpy import save_file

    path.parent.mkdir(parents=True, exist_ok=True)
    small = {
        name: np.ascontiguousarray(array, np.int8 if array.dtype == np.int8 else np.float16)
        for name, array in weights.items()
    }
    save_file(small, path, metadata={ENCODER: encoder or encoder_digest()})


@lru_cache(1)
def load(encoder: Layered, path: Path = WEIGHTS) -> Judge:
    """The judge in `path`, which reads with `encoder`.

    Raises:
        JudgeError: the file is missing, damaged or of another encoder than the one here.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as file:
            made_for = (file.metadata() or {}).get(ENCODER)
            own = {name: _widened(file.get_tensor(name)) for name in file.keys()}  # noqa: SIM118
        if made_for != encoder_digest():
            raise JudgeError(
                f"Filen {path} hör till en annan träning av språkmodellen; hämta katalogen på nytt, eller träna om den "
                "med python -m models.judge.train."
            )
        inside = _constants(encoder, own)
    except (OSError, SafetensorError, KeyError) as error:
        raise JudgeError(
            f"Filen {path} kan inte läsas ({type(error).__name__}); hämta katalogen på nytt, eller välj en annan "
            "språkmodell med SPANA_EMBEDDING_MODEL."
        ) from error
    head = {name.removeprefix(_HEAD): array for name, array in own.items() if name.startswith(_HEAD)}
    return Judge(encoder, _session(inside), head)


def _widened(array: NDArray[Any]) -> NDArray[Any]:
    return array if array.dtype == np.int8 else array.astype(np.float32)


def _constants(encoder: Layered, own: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The graph's constants. KeyError where `own` lacks one."""
    found = dict(own)
    for name, array in constants(encoder.tensors):
        layer, _, part = name.partition(".")
        if layer == "first":
            found[name] = array
        elif layer.isdecimal() and int(layer) < APART:
            found |= dict(_rounded(name, part, array, own))
    return {name: found[name] for name in shapes()}


def _rounded(name: str, part: str, array: Array, own: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    product, _, kind = part.partition(".")
    if kind == "weight" and product in PRODUCTS:
        stem = name.removesuffix(".weight")
        yield from zip((name, f"{stem}.scale"), rounded(array, own[f"{stem}.even"]), strict=True)
    else:
        yield name, array


def _session(values: Mapping[str, NDArray[Any]]) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(THREADS, os.cpu_count() or 1)
    # A thread that spins while it waits takes the processor from those that search.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    given = {name: onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(a)) for name, a in values.items()}
    options.add_external_initializers(list(given), list(given.values()))
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _placed(tensors: Mapping[str, Array], pieces: Sequence[int]) -> Array:
    """(pieces, `HIDDEN`): the embeddings that the first layer is given, before its norm."""
    places = tensors["embeddings.position_embeddings.weight"][: len(pieces)]
    return np.asarray(tensors[WORDS][list(pieces)] + places + tensors["embeddings.token_type_embeddings.weight"][0])


def _unit(x: Array) -> Array:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-12), np.float32)


def _gelu(x: Array) -> Array:
    """Hendrycks & Gimpel 2016, by tanh: within 0.0005 of the exact one that the network is trained with."""
    return np.asarray(0.5 * x * (1 + np.tanh(_GELU * (x + 0.044715 * (x * x * x)))), np.float32)
