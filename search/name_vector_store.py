"""The catalogue's table of vectors of short names, by what is said and who made them."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import chunks

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class NameVectorStore:
    """Reads and writes the vectors that one encoder made."""

    def __init__(self, catalogue: Catalogue, fingerprint: str) -> None:
        self._catalogue = catalogue
        self._fingerprint = fingerprint

    def get(self, names: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the names that have one."""
        by_digest = {digest_of(name): name for name in names}
        v = t.name_vectors.c
        query = select(v.digest, v.vector).where(v.encoder == self._fingerprint)
        found: dict[str, NDArray[np.float32]] = {}
        with self._catalogue.reading() as db:
            for part in chunks(list(by_digest)):
                for digest, vector in db.execute(query.where(v.digest.in_(part))):
                    found[by_digest[digest]] = np.frombuffer(vector, np.float32)
        return found

    def put(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep vectors by name; one that is there, perhaps by another process, stays as it is."""
        if not vectors:
            return
        rows = [
            {"digest": digest_of(name), "encoder": self._fingerprint, "vector": np.asarray(one, np.float32).tobytes()}
            for name, one in vectors.items()
        ]
        with self._catalogue.writing() as db:
            insert = _INSERTS[db.dialect.name]
            db.execute(insert(t.name_vectors).on_conflict_do_nothing(), rows)

    def missing(self, names: Iterable[str]) -> list[str]:
        """The names that have no vector. Vectors of other names, and of other encoders, are dropped."""
        wanted = {digest_of(name): name for name in names}
        v = t.name_vectors.c
        with self._catalogue.reading() as db:
            held = [tuple(row) for row in db.execute(select(v.digest, v.encoder))]
        gone = [digest for digest, encoder in held if digest not in wanted and encoder == self._fingerprint]
        others = any(encoder != self._fingerprint for _, encoder in held)
        if gone or others:
            with self._catalogue.writing() as db:
                db.execute(delete(t.name_vectors).where(v.encoder != self._fingerprint))
                for part in chunks(gone):
                    db.execute(delete(t.name_vectors).where(v.digest.in_(part)))
        kept = {digest for digest, encoder in held if encoder == self._fingerprint}
        return [name for digest, name in wanted.items() if digest not in kept]


def digest_of(name: str) -> str:
    """What a name is found by."""
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
