"""The stores of one home: the catalogue, the vectors, and the lock that makes this process their owner."""

import shutil
import threading
from pathlib import Path

from models.encoder import Encoder
from models.sparse import AVERAGE_LENGTH, K1, B
from search.catalogue import Catalogue
from search.context import CONTEXT
from search.edge_store import EdgeStore
from search.errors import ModelMismatchError
from search.lock import HomeLock
from search.settings import Settings
from search.vectors import VectorStore

_FOLDER = "vectors"
SCHEME = f"bm25 k1={K1} b={B} length={AVERAGE_LENGTH}; terms 2; {CONTEXT}"
"""What vectors depend on beside the encoder; the number of the terms changes when `models.words` makes others."""


class Stores:
    """Opens each store when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._guard = threading.RLock()
        self._catalogue: Catalogue | None = None
        self._vectors: VectorStore | None = None
        self._lock: HomeLock | None = None

    @property
    def shared(self) -> bool:
        """True when the vectors are on a server, which many processes may use at once."""
        return self.settings.qdrant_url is not None

    @property
    def unpacked(self) -> Path:
        """Where members of zip archives are kept, for their pages to be shown."""
        return self.settings.home / "unpacked"

    @property
    def catalogue(self) -> Catalogue:
        with self._guard:
            if self._catalogue is None:
                self.settings.home.mkdir(parents=True, exist_ok=True)
                default = f"sqlite:///{self.settings.home / 'catalogue.db'}"
                self._catalogue = Catalogue(self.settings.database_url or default)
            return self._catalogue

    def own(self) -> None:
        """Become the one process that writes this home and has its vectors open.

        Raises:
            HomeLockedError: another process is.
        """
        with self._guard:
            if self._lock is None and not self.shared:
                self._lock = HomeLock(self.settings.home)

    def vectors(self, encoder: Encoder) -> VectorStore:
        """The vector store, made by and for this encoder.

        Raises:
            ModelMismatchError: the vectors were made by other models.
        """
        with self._guard:
            self._check_models(encoder)
            if self._vectors is None:
                self.own()
                self._vectors = self.open_vectors(self.generation, encoder.dimension)
            return self._vectors

    def open_vectors(self, generation: int, dimension: int) -> VectorStore:
        """The vectors of one generation; `reindex` builds the next beside the one in use."""
        if self.settings.qdrant_url is not None:
            # Takes seconds to import, and only a server needs it.
            from search.server_store import ServerStore, connect

            key = self.settings.qdrant_api_key
            client = connect(self.settings.qdrant_url, key.get_secret_value() if key else None)
            return ServerStore(client, f"{self.settings.qdrant_collection}-{generation}", dimension)
        return EdgeStore(self.folder(generation), dimension)

    def open_recorded(self) -> VectorStore | None:
        """The vector store without an encoder, for integrity checks and removals; None before anything is indexed."""
        with self._guard:
            if self._vectors is not None:
                return self._vectors
            dimension = self.catalogue.get_meta("dimension")
            if dimension is None:
                return None
            self.own()
            self._vectors = self.open_vectors(self.generation, int(dimension))
            return self._vectors

    def folder(self, generation: int) -> Path:
        """Where Qdrant Edge keeps a generation."""
        return self.settings.home / _FOLDER / str(generation)

    @property
    def generation(self) -> int:
        return int(self.catalogue.get_meta("generation") or 1)

    def record_models(self, encoder: Encoder, generation: int) -> None:
        """Write down what made the vectors of the generation that is used from now on."""
        self.catalogue.set_meta(
            encoder=encoder.name,
            fingerprint=encoder.fingerprint,
            dimension=str(encoder.dimension),
            sparse_scheme=SCHEME,
            generation=str(generation),
        )

    def replace_vectors(self, vectors: VectorStore, encoder: Encoder, generation: int) -> None:
        """Use another generation from now on; what the old one took on disk is freed."""
        with self._guard:
            # A damaged Edge folder must not stop its own replacement: `clean` takes it away unopened.
            old = self.open_recorded() if self.shared else self._vectors
            self.record_models(encoder, generation)
            self._vectors = vectors
            if old is not None:
                old.drop()
        self.clean()

    def clean(self) -> None:
        """Free generations that are not in use."""
        kept = str(self.generation)
        folder = self.settings.home / _FOLDER
        if self.shared or not folder.is_dir():
            return
        for old in folder.iterdir():
            if old.name != kept:
                shutil.rmtree(old, ignore_errors=True)

    def _check_models(self, encoder: Encoder) -> None:
        recorded = self.catalogue.get_meta("fingerprint")
        if recorded is None:
            self.record_models(encoder, self.generation)
            return
        scheme = self.catalogue.get_meta("sparse_scheme")
        if recorded != encoder.fingerprint or scheme != SCHEME:
            name = self.catalogue.get_meta("encoder")
            raise ModelMismatchError(
                f"Arkivets vektorer är gjorda med {name} ({recorded}) och inte med {encoder.name} "
                f"({encoder.fingerprint}). Kör spana reindex, eller ställ tillbaka SPANA_EMBEDDING_MODEL."
            )

    def close(self) -> None:
        with self._guard:
            if self._vectors is not None:
                self._vectors.close()
                self._vectors = None
            if self._catalogue is not None:
                self._catalogue.close()
                self._catalogue = None
            if self._lock is not None:
                self._lock.release()
                self._lock = None
