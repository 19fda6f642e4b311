"""The models that search uses, loaded when first needed and once only."""

import logging
import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from typing import Protocol

from models.encoder import Encoder, EncoderError, load_encoder
from models.ner.choice import load_tagger
from models.ner.tagger import Tagger, TaggerError
from models.pipeline import Entity, annotate
from models.registry import Registry, load_registry
from search.errors import ModelError
from search.settings import Settings


class Toolkit(Protocol):
    """What embeds, annotates and knows names."""

    @property
    def encoder(self) -> Encoder:
        """Loaded on first use."""

    @property
    def registry(self) -> Registry:
        """Known names."""

    @property
    def registry_version(self) -> str:
        """Changes when the registry does."""

    @property
    def tagger(self) -> Tagger:
        """The trained model of names, loaded on first use."""

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Entity]]:
        """The entities of each text."""


class ModelToolkit:
    """The models of `models`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.RLock()
        # Our own error says what could not be fetched; the hub's client tells of each attempt.
        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)

    @cached_property
    def encoder(self) -> Encoder:
        with self._lock:
            try:
                return load_encoder(self._settings.home, self._settings.embedding_model, self._settings.threads)
            except EncoderError as error:
                raise ModelError(str(error)) from error

    @cached_property
    def registry(self) -> Registry:
        with self._lock:
            return load_registry(self._settings.registry_file)

    @cached_property
    def registry_version(self) -> str:
        digest = sha256()
        for entry in self.registry.entries:
            digest.update(entry.model_dump_json().encode())
        return digest.hexdigest()[:16]

    @cached_property
    def tagger(self) -> Tagger:
        with self._lock:
            try:
                return load_tagger(self._settings.ner_model, self._settings.threads)
            except TaggerError as error:
                raise ModelError(str(error)) from error

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Entity]]:
        return annotate(texts, self.registry, self.tagger)
