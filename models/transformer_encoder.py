"""Any model that sentence-transformers can load, as an encoder."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.readings import Reader, Reading, prompts_of, small_pieces

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

BATCH = 16
"""Passages a batch; measured on two cores, 32 and 64 are slower than 16."""
FEW = 16
"""So few texts are encoded with one thread: on a busy machine the threads wait longer for each other than they save."""


class TransformerEncoder(Reader):
    """An `Encoder` over a sentence-transformers model."""

    def __init__(
        self, model: "SentenceTransformer", name: str, threads: int, late: NDArray[np.float32] | None = None
    ) -> None:
        """`threads`: how many the calculation may use for more than a few texts.

        `late`: (piece dimension, dimension), what makes a word piece's vector small; None for no late interaction.
        """
        self.name = name
        self._late = late
        self._threads = threads
        self._model = model
        super().__init__(*prompts_of(model.prompts or {}, name))

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def reads_pieces(self) -> bool:
        """Whether the model was trained for late interaction."""
        return self._late is not None

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits of SHA-256 over the weights, the modules' settings, the prompts and the tokenizer's sample."""
        digest = hashlib.sha256()
        for name, tensor in self._model.state_dict().items():
            digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
            digest.update(tensor.detach().contiguous().view(-1).numpy().data)
        if self._late is not None:
            digest.update(self._late.tobytes())
        settings = [type(module).__name__ + str(getattr(module, "pooling_mode", "")) for module in self._model]
        sample = self._model.tokenizer("Åtgärder för äldre, 1 § ½ – LSS").input_ids
        scheme = (settings, self._query_prompt, self._passage_prompt, self._model.max_seq_length, sample)
        digest.update(repr(scheme).encode())
        return digest.hexdigest()[:16]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1. Text beyond 512 tokens is not read."""
        return self._vectors([self._passage_prompt + text for text in texts])

    # --- inside

    def _pieces_before(self, prompt: str) -> int:
        return len(self._model.tokenizer(prompt.strip()).input_ids) - 1

    def _offsets(self, texts: Sequence[str]) -> Sequence[Sequence[tuple[int, int]]]:
        longest = self._model.max_seq_length
        read = self._model.tokenizer(list(texts), truncation=True, max_length=longest, return_offsets_mapping=True)
        offsets: Sequence[Sequence[tuple[int, int]]] = read["offset_mapping"]
        return offsets

    def _read(self, texts: Sequence[str], prompt: str) -> Reading:
        prompted = [prompt + text for text in texts]
        if self._late is None or not texts:
            return Reading(self._vectors(prompted), None if self._late is None else ())
        self._set_threads(len(texts))
        outputs = self._model.encode(prompted, batch_size=BATCH, output_value=None, show_progress_bar=False)
        first = self._pieces_before(prompt)
        vectors = np.stack([np.asarray(output["sentence_embedding"], np.float32) for output in outputs])
        return Reading(vectors, tuple(_pieces(output, first, self._late) for output in outputs))

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Longest first in batches of like length (sentence-transformers sorts), so that little is padding."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        self._set_threads(len(texts))
        vectors = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)

    def _set_threads(self, texts: int) -> None:
        """OpenMP keeps the number for each calling thread, so threads that encode at once do not disturb each other."""
        import torch

        threads = 1 if texts <= FEW else self._threads
        # To ask first matters: it is what takes a new thread's number from the process, which would undo the setting.
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)


def _pieces(output: "Mapping[str, torch.Tensor]", first: int, late: NDArray[np.float32]) -> NDArray[np.int8]:
    """The text's own pieces: those from `first` on and before the closing mark."""
    length = int(output["attention_mask"].sum())
    return small_pieces(np.asarray(output["token_embeddings"], np.float32)[first : length - 1], late)
