"""The catalogue's table of word pieces: what late interaction compares a query with."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select

from models.readings import PIECE_DIMENSION
from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import chunks
from search.kept import kept

MOST_KEPT = 64_000_000
"""Bytes of pieces kept in memory: those of five reports take 40 million."""
MOST_KEPT_SPANS = 8000
"""Passages: about a kilobyte each."""


class _Kept:
    """The pieces that were read last. Safe for several threads."""

    def __init__(self) -> None:
        self._held: dict[int, NDArray[np.int8]] = {}
        self._size = 0
        self._guard = Lock()

    def get(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        with self._guard:
            return {key: self._held[key] for key in keys if key in self._held}

    def add(self, found: Mapping[int, NDArray[np.int8]]) -> None:
        with self._guard:
            for key, pieces in found.items():
                if key not in self._held:
                    self._held[key] = pieces
                    self._size += pieces.nbytes
            while self._size > MOST_KEPT:
                self._size -= self._held.pop(next(iter(self._held))).nbytes


class PieceStore:
    """Reads and writes the pieces that one encoder made."""

    def __init__(self, catalogue: Catalogue, fingerprint: str, *, keep: bool = False) -> None:
        """`keep` what has been read: for one question, which asks for the best passages' pieces several times."""
        self._catalogue = catalogue
        self._fingerprint = fingerprint
        self._kept: dict[int, NDArray[np.int8]] | None = {} if keep else None

    def put(self, report: int, pieces: Mapping[int, NDArray[np.int8]]) -> None:
        """Write the pieces of passages, by key, in place of what they had."""
        if not pieces:
            return
        rows = [
            {"passage": key, "report_key": report, "encoder": self._fingerprint, "pieces": held.tobytes()}
            for key, held in pieces.items()
        ]
        with self._catalogue.writing() as db:
            db.execute(delete(t.pieces).where(t.pieces.c.passage.in_(list(pieces))))
            db.execute(insert(t.pieces), rows)

    def get(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        """The pieces (n, `PIECE_DIMENSION`) of those of the passages that have them."""
        if self._kept is None:
            return self._read(keys)
        self._kept |= self._read([key for key in keys if key not in self._kept])
        return {key: self._kept[key] for key in keys if key in self._kept}

    def spans(
        self, keys: Sequence[int], read: Callable[[list[int]], dict[int, NDArray[np.int32]]]
    ) -> dict[int, NDArray[np.int32]]:
        """Where the pieces of passages stand: what `read` gives, kept while nothing changes."""
        held = self._catalogue.remembered(f"spans {self._fingerprint}", dict[int, NDArray[np.int32]])
        return kept(held, keys, read, MOST_KEPT_SPANS)

    def _read(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        latest = self._catalogue.remembered(f"pieces {self._fingerprint}", _Kept)
        found = latest.get(keys)
        fresh: dict[int, NDArray[np.int8]] = {}
        query = select(t.pieces.c.passage, t.pieces.c.pieces).where(t.pieces.c.encoder == self._fingerprint)
        for part in chunks([key for key in keys if key not in found]):
            with self._catalogue.reading() as db:
                for key, held in db.execute(query.where(t.pieces.c.passage.in_(part))).all():
                    fresh[key] = np.frombuffer(held, np.int8).reshape(-1, PIECE_DIMENSION)
        latest.add(fresh)
        found |= fresh
        return {key: found[key] for key in keys if key in found}
