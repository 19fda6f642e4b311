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

    def __init__(self, catalogue: Catalogue, fingerprint: str) -> None:
        self._catalogue = catalogue
        self._fingerprint = fingerprint

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
        found: dict[int, NDArray[np.int8]] = {}
        with self._catalogue.reading() as db:
            query = select(t.pieces.c.passage, t.pieces.c.pieces).where(t.pieces.c.encoder == self._fingerprint)
            for part in chunks(keys):
                for key, held in db.execute(query.where(t.pieces.c.passage.in_(part))):
                    found[key] = np.frombuffer(held, np.int8).reshape(-1, PIECE_DIMENSION)
        return found
