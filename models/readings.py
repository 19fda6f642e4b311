"""What encoders make of texts, and what they share: prompts, small word pieces, the queries that are kept."""

import os
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.e5_convert import PROMPTS

PRODUCT = DATA / "encoder" / "product.onnx"
"""Written by `models.encoder_graph`."""
PRODUCT_ZERO = 128
"""What 0 is among unsigned bytes."""

MAX_TOKENS = 512
QUERY_CACHE = 1024
"""Queries whose vectors are kept (about 5 kB each)."""
PIECE_DIMENSION = 128
"""Numbers of a small word piece."""
PIECE_STEPS = 254.0
"""Int8 steps a unit. What lies beyond ±0.5 is cut: the direction that all pieces share."""
BLOCK = 10
"""Pieces of half a window, in which a passage is compared with a query besides as a whole: a window is a sentence."""

_BUFFERS: list[NDArray[np.uint8]] = []
"""Memory that late interaction has used and will use again, one for each thread at work: to ask the system for 2 MB
takes as long as the products."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an encoder makes of some texts."""

    vectors: NDArray[np.float32]
    """(n, dimension), each row of length 1."""
    pieces: tuple[NDArray[np.int8], ...] | None
    """For each text its word pieces (m, piece dimension) in steps of 1 / `PIECE_STEPS`, for late interaction; None when
    the model was not trained for that."""


def small_pieces(hidden: NDArray[np.float32], late: NDArray[np.float32]) -> NDArray[np.int8]:
    """A text's own pieces (m, dimension) as late interaction keeps them: (m, piece dimension)."""
    own = hidden @ late.T
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.clip(np.rint(own * PIECE_STEPS), -127, 127), np.int8)


def max_sim(asked: NDArray[np.int8], found: Sequence[NDArray[np.int8]]) -> NDArray[np.float32]:
    """Late interaction (Khattab & Zaharia 2020): how near each piece of a query is to a passage's nearest, on average.

    `asked` is (k, d), `found` holds (m, d) for each passage; the result is one cosine a passage, −1 for one without.
    """
    return late_interaction(asked, found)[0]


def late_interaction(
    asked: NDArray[np.int8], found: Sequence[NDArray[np.int8]]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """`max_sim` over each whole passage, and the best over any two neighbouring blocks of `BLOCK` pieces of it."""
    whole, window = (np.full(len(found), -1.0, np.float32) for _ in range(2))
    held = [i for i, pieces in enumerate(found) if len(pieces)]
    if not held or not len(asked):
        return whole, window
    counts = np.array([-(-len(found[i]) // BLOCK) for i in held])
    firsts = np.cumsum(counts) - counts
    within = np.arange(counts.sum()) - np.repeat(firsts, counts)
    blocks = _nearest([found[i] for i in held], counts, asked).astype(np.float32)
    whole[held] = np.maximum.reduceat(blocks, firsts, axis=0).mean(axis=1) / PIECE_STEPS**2
    sums = blocks.mean(axis=1)
    followed = np.flatnonzero(within[1:])
    sums[followed] = np.maximum(blocks[followed], blocks[followed + 1]).mean(axis=1)
    window[held] = np.maximum.reduceat(sums, firsts) / PIECE_STEPS**2
    return whole, window


def _nearest(
    found: Sequence[NDArray[np.int8]], blocks: NDArray[np.int64], asked: NDArray[np.int8]
) -> NDArray[np.int32]:
    """(blocks, k): the greatest of the products of a block's pieces with each of the query's.

    Exact, in half the time that 32-bit floats take, most of which is to make them. The last block of a passage is
    filled up with its last piece, which changes no maximum.
    """
    size = int(blocks.sum()) * BLOCK * asked.shape[1]
    kept = _BUFFERS.pop() if _BUFFERS else np.empty(0, np.uint8)
    buffer = kept if len(kept) >= size else np.empty(size, np.uint8)
    filled = buffer[:size].reshape(-1, asked.shape[1])
    begin = 0
    for pieces, own in zip(found, blocks.tolist(), strict=True):
        end = begin + own * BLOCK
        middle = begin + len(pieces)
        np.bitwise_xor(pieces.view(np.uint8), np.uint8(PRODUCT_ZERO), out=filled[begin:middle])
        filled[middle:end] = filled[middle - 1]
        begin = end
    near: NDArray[np.int32] = _product().run(None, {"found": filled, "asked": np.ascontiguousarray(_raised(asked).T)})[
        0
    ]
    _BUFFERS.append(buffer)
    return near


def _raised(pieces: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Each number with `PRODUCT_ZERO` added."""
    return pieces.view(np.uint8) ^ np.uint8(PRODUCT_ZERO)


@cache
def _product() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, os.cpu_count() or 1)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(PRODUCT.read_bytes(), options, providers=["CPUExecutionProvider"])


def prompts_of(own: Mapping[str, str], name: str) -> tuple[str, str]:
    """(query, passage) prefixes: the model's own, else e5's for models of that family, else none."""
    given = {key: value for key, value in own.items() if value}
    passage = given.get("document", given.get("passage", ""))
    if given.get("query") or passage:
        return given.get("query", ""), passage
    return (PROMPTS["query"], PROMPTS["document"]) if "e5" in name.lower() else ("", "")


class QueryCache:
    """The readings of the latest queries. Safe for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

    def get(self, texts: Sequence[str], read_texts: Callable[[Sequence[str]], Reading]) -> list[Reading]:
        """One reading a text; those that are not kept are read together, by `read_texts`."""
        with self._lock:
            known = {text: self._kept[text] for text in texts if text in self._kept}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        if unknown:
            read = read_texts(unknown)
            for index, text in enumerate(unknown):
                pieces = None if read.pieces is None else read.pieces[index : index + 1]
                known[text] = Reading(read.vectors[index : index + 1], pieces)
        with self._lock:
            for text in texts:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > QUERY_CACHE:
                self._kept.popitem(last=False)
        return [known[text] for text in texts]


class Reader(ABC):
    """What every encoder does alike once it can read texts after a prompt."""

    def __init__(self, query_prompt: str, passage_prompt: str) -> None:
        self._query_prompt, self._passage_prompt = query_prompt, passage_prompt
        self._cache = QueryCache()

    @property
    @abstractmethod
    def dimension(self) -> int:
        """Numbers in a vector."""

    def read_passages(self, texts: Sequence[str]) -> Reading:
        """Vectors and pieces of passages. Text beyond 512 tokens is not read."""
        return self._read(texts, self._passage_prompt)

    def read_query(self, text: str) -> Reading:
        """Vector and pieces of one query; the latest queries are kept."""
        return self._queries([text])[0]

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1; the latest queries are kept."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.concatenate([reading.vectors for reading in self._queries(texts)])

    def _queries(self, texts: Sequence[str]) -> list[Reading]:
        return self._cache.get(texts, lambda unknown: self._read(unknown, self._query_prompt))

    def piece_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """For each text where the pieces of its reading as a passage stand in it: characters, half-open."""
        if not texts:
            return []
        prompt = self._passage_prompt
        first, before = self._pieces_before(prompt), len(prompt)
        return [
            [(max(start - before, 0), end - before) for start, end in offsets[first:-1]]
            for offsets in self._offsets([prompt + text for text in texts])
        ]

    @abstractmethod
    def _read(self, texts: Sequence[str], prompt: str) -> Reading:
        """Vectors and pieces of texts, each after the prompt."""

    @abstractmethod
    def _offsets(self, texts: Sequence[str]) -> Sequence[Sequence[tuple[int, int]]]:
        """For each text (start, end) of its pieces, with an opening and a closing mark."""

    @abstractmethod
    def _pieces_before(self, prompt: str) -> int:
        """Pieces before a text's own: the opening mark and the prompt's."""
