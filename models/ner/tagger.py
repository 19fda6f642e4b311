"""Names in sentences by the trained model, with ONNX Runtime."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.ner.scheme import TAGS, Found, first_pieces, spans, word_spans

WEIGHTS = DATA / "ner"
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
PIECES_A_BATCH = 384
"""What lies between two layers then stays in the processor's cache: twice as fast as 1,024."""
MAX_PIECES = 256
"""Pieces read of a sentence; no name is found in what comes after them."""


class TaggerError(Exception):
    """The model cannot be loaded. The message is a Swedish sentence with the next step."""


class Tagger(Protocol):
    """What finds names in sentences."""

    @property
    def name(self) -> str:
        """For people."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the names found would."""

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """The names of each sentence, in order."""


class OnnxTagger:
    """The project's own model."""

    name = "spana-ner"

    def __init__(self, folder: Path = WEIGHTS, threads: int = 2) -> None:
        """Raises `TaggerError` when the files are missing or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # The graph is written as it runs best; joining a sum and its normalisation, as more would, is slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # Threads that wait by spinning take the processor from whoever else could use it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._bytes = (folder / MODEL).read_bytes(), (folder / TOKENIZER).read_bytes()
            self._session = onnxruntime.InferenceSession(self._bytes[0], options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_str(self._bytes[1].decode())
        except Exception as error:  # ONNX Runtime and tokenizers raise bare exceptions of their own.
            raise TaggerError(
                f"Namnmodellen i mappen {folder} kan inte läsas ({type(error).__name__}); hämta katalogen på nytt, "
                "eller sätt SPANA_NER_MODEL=none."
            ) from error
        self._pad = self._tokenizer.token_to_id("<pad>")

    @cached_property
    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for content in self._bytes:
            digest.update(content)
        return digest.hexdigest()[:16]

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """The names of each sentence, in order; sentences of like length are read together."""
        encodings = self._tokenizer.encode_batch(list(sentences))
        order = sorted(range(len(sentences)), key=lambda index: len(encodings[index].ids))
        result: list[list[Found]] = [[] for _ in sentences]
        batch: list[int] = []
        for index in order:
            if batch and (len(batch) + 1) * min(len(encodings[index].ids), MAX_PIECES) > PIECES_A_BATCH:
                self._run(batch, sentences, encodings, result)
                batch = []
            batch.append(index)
        if batch:
            self._run(batch, sentences, encodings, result)
        return result

    def _run(self, batch: list[int], sentences: Sequence[str], encodings: Any, result: list[list[Found]]) -> None:
        longest = min(max(len(encodings[index].ids) for index in batch), MAX_PIECES)
        ids = np.full((len(batch), longest), self._pad, np.int64)
        mask = np.zeros((len(batch), longest), np.int32)
        for row, index in enumerate(batch):
            pieces = encodings[index].ids[:longest]
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        scores: NDArray[np.float32] = self._session.run(None, {"ids": ids, "mask": mask})[0]
        chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
        chances /= chances.sum(axis=-1, keepdims=True)
        for row, index in enumerate(batch):
            words = word_spans(sentences[index])
            firsts = first_pieces(words, encodings[index].offsets)
            kept = [(word, first) for word, first in zip(words, firsts, strict=True) if 0 < first < longest]
            result[index] = decode([word for word, _ in kept], chances[row, [first for _, first in kept]])


def decode(words: Sequence[tuple[int, int]], chances: NDArray[np.float32]) -> list[Found]:
    """Names from the chance of each tag for each word. A label's B and I count together for its confidence."""
    best = chances.argmax(axis=-1)
    by_label = chances[:, 1:].reshape(len(chances), (len(TAGS) - 1) // 2, 2).sum(axis=-1)
    confidences = [float(by_label[row, (tag - 1) // 2]) if tag else 1.0 for row, tag in enumerate(best)]
    return spans(words, best.tolist(), confidences)
