"""The catalogue's table of word pieces: what late interaction compares a query with."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select

from models.readings import PIECE_DIMENSION
from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import chunks


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

    def _read(self, keys: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        found: dict[int, NDArray[np.int8]] = {}
        query = select(t.pieces.c.passage, t.pieces.c.pieces).where(t.pieces.c.encoder == self._fingerprint)
        for part in chunks(keys):
            with self._catalogue.reading() as db:
                for key, held in db.execute(query.where(t.pieces.c.passage.in_(part))).all():
                    found[key] = np.frombuffer(held, np.int8).reshape(-1, PIECE_DIMENSION)
        return found
