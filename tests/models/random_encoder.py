"""An encoder of e5-small's form with random weights and one word piece a word."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from models.onnx_encoder import HIDDEN, LAYERS, PLACES, WIDE, WORDS, Array

WORDS_KNOWN = 200
_SIZES = {
    "attention.self.query": (HIDDEN, HIDDEN),
    "attention.self.key": (HIDDEN, HIDDEN),
    "attention.self.value": (HIDDEN, HIDDEN),
    "attention.output.dense": (HIDDEN, HIDDEN),
    "intermediate.dense": (WIDE, HIDDEN),
    "output.dense": (HIDDEN, WIDE),
}


class RandomEncoder:
    """Reads nothing sensibly, but the same each time."""

    def __init__(self, seed: int = 1) -> None:
        random = np.random.default_rng(seed)

        def drawn(*size: int) -> Array:
            return np.asarray(random.normal(scale=0.05, size=size), np.float32)

        self.tensors: Mapping[str, Array] = {
            WORDS: drawn(WORDS_KNOWN, HIDDEN),
            "embeddings.position_embeddings.weight": drawn(PLACES, HIDDEN),
            "embeddings.token_type_embeddings.weight": drawn(1, HIDDEN),
        }
        self.tensors |= _norm("embeddings.LayerNorm")
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            for part, size in _SIZES.items():
                self.tensors |= {f"{layer}.{part}.weight": drawn(*size), f"{layer}.{part}.bias": drawn(size[0])}
            self.tensors |= _norm(f"{layer}.attention.output.LayerNorm") | _norm(f"{layer}.output.LayerNorm")

    def word_pieces(self, text: str, *, passage: bool) -> list[int]:
        return [4 + zlib.crc32(word.encode()) % (WORDS_KNOWN - 4) for word in text.split()]

    def framed(self, pieces: Sequence[int], *, passage: bool) -> list[int]:
        return [0, 2 if passage else 1, *pieces, 3]


def _norm(name: str) -> dict[str, Array]:
    return {f"{name}.weight": np.ones(HIDDEN, np.float32), f"{name}.bias": np.zeros(HIDDEN, np.float32)}
