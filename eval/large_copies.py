"""A home as large as nobody has one: the reports of a small home, copied with new keys until there are enough.

Every copy has its own reports, years and dense vectors (noise makes copies neighbours and no duplicates), and speaks
one of `DIALECTS` dialects, so that the rare words of a copy are in few others. Word pieces are those of the original:
copied (13 GB for a million passages), or on a small disk shared by the copies of a dialect, which a view shows them.
"""

import json
import math
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table

from eval.dialects import Dialect, rare_words
from models.encoder import Encoder
from models.readings import PIECE_DIMENSION
from models.sparse import passage_vector
from search import tables as t
from search.archive import Archive
from search.catalogue import Catalogue
from search.context import dense_text, sparse_text
from search.edge_store import EdgeStore
from search.letters import letters
from search.near_names import keep_vectors
from search.scope import goal_prefixes
from search.settings import Settings
from search.vectors import Point, VectorStore

NOISE = 0.02
"""Standard deviation added to each number of a copied vector."""
DIALECTS = 30
"""A million passages have about 340 times the text of five reports; words grow with the 0.6th power of the text (Heaps'
law, exponents of .4 to .6 are usual): 340 ** .6 = 33."""
RARE = 3
"""Passages of the original that a rare word is in at most."""
_BUILT = "large.json"
_CHILDREN = (
    t.sections, t.headings, t.indicators, t.activities, t.good_examples, t.mentions, t.discoveries, t.personal_data,
)  # fmt: skip
_SAID = {
    "passages": ("text", "quote", "subheading"),
    "sections": ("title", "path"),
    "headings": ("text",),
    "indicators": ("name", "note"),
    "activities": ("name", "note"),
    "good_examples": ("text", "evidence"),
}
"""Columns whose words a dialect changes. Names in `mentions` keep their words, and so do these in the text."""


@dataclass(frozen=True)
class Built:
    """What building took, in seconds."""

    copying: float
    optimize: float


def build(home: Path, large: Path, passages: int, log: Callable[[str], None], *, share_pieces: bool = False) -> Built:
    """Fill the folder `large` with about so many passages; what was built there before is used again.

    Raises:
        ValueError: `large` holds something else, or another number of passages.
    """
    done = large / _BUILT
    if done.exists():
        held = json.loads(done.read_text())
        if held.pop("passages") != passages:
            raise ValueError(f"{large} har ett annat antal stycken. Ange en annan mapp.")
        return Built(**held)
    if any(large.glob("*")):
        raise ValueError(f"{large} är inte tom och inte färdigbyggd. Ta bort den eller ange en annan mapp.")
    large.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    store = _copied(home, large, passages, log, share_pieces=share_pieces)
    copying = time.perf_counter() - began
    log("bygger index …")
    began = time.perf_counter()
    store.optimize()
    built = Built(copying, time.perf_counter() - began)
    store.close()
    done.write_text(json.dumps({"passages": passages, "copying": built.copying, "optimize": built.optimize}))
    return built


def _copied(home: Path, large: Path, passages: int, log: Callable[[str], None], *, share_pieces: bool) -> EdgeStore:
    with Archive(Settings(home=home)) as original:
        encoder = original._toolkit.encoder
        held = original._stores.vectors(encoder)
        folder = large / original._stores.folder(original._stores.generation).relative_to(home)
        shutil.copyfile(home / "catalogue.db", large / "catalogue.db")
        (large / "models").symlink_to((home / "models").resolve())
        copier = _Copier(large / "catalogue.db", passages, held, encoder, share_pieces=share_pieces)
        store = EdgeStore(folder, encoder.dimension)
        began = time.perf_counter()
        for done, _ in enumerate(copier.copy(store), 1):
            log(f"kopia {done} av {copier.copies}, {time.perf_counter() - began:.0f} s")
        copier.close()
        log("läser namn …")
        catalogue = Catalogue(f"sqlite:///{large / 'catalogue.db'}")
        keep_vectors(catalogue, lambda: encoder)
        catalogue.close()
    return store


class _Copier:
    """Writes copies of the reports that a catalogue has to begin with."""

    def __init__(
        self, file: Path, passages: int, vectors: VectorStore, encoder: Encoder, *, share_pieces: bool
    ) -> None:
        self._db = sqlite3.connect(file)
        self._db.execute("PRAGMA synchronous=OFF")
        held, self._passages = self._db.execute("SELECT count(*), max(key) FROM passages").fetchone()
        self._reports = self._db.execute("SELECT max(key) FROM reports").fetchone()[0]
        self.copies = max(1, math.ceil(passages / held))
        self._file = file
        self._encoder = encoder
        self._rare = self._rare_words()
        keys = [key for (key,) in self._db.execute("SELECT key FROM passages ORDER BY key")]
        dense = vectors.dense_vectors(keys)
        self._dense = np.array([dense[key] for key in keys])
        self._share_pieces, self._pieces = share_pieces, "pieces"
        if share_pieces:
            self._show_own_pieces()

    def copy(self, store: VectorStore) -> Iterator[None]:
        """Write every copy, one after the other."""
        random = np.random.default_rng(1)
        for number in range(DIALECTS):
            own = range(number, self.copies, DIALECTS)
            if not own:
                return
            dialect = Dialect(number, self._rare)
            rows = {table.name: self._rows(table, dialect) for table in (t.reports, t.passages, *_CHILDREN)}
            points: list[Point] = []
            pieces: list[tuple[int, int, str, bytes]] = []
            for copy in own:
                if copy:
                    for table in (t.reports, t.passages, *_CHILDREN):
                        self._write(table, rows[table.name], copy)
                    self._db.commit()
                points = points or list(self._points(copy))
                if copy and (copy < DIALECTS or not self._share_pieces):
                    pieces = pieces or self._fitted_pieces(copy)
                    self._write_pieces(pieces, copy)
                    self._db.commit()
                store.upsert(self._shifted(points, copy, self._noisy(random) if copy else self._dense))
                yield

    def close(self) -> None:
        self._db.execute("PRAGMA optimize")
        self._db.close()

    def _rare_words(self) -> frozenset[str]:
        texts = [text for (text,) in self._db.execute("SELECT text FROM passages")]
        names = [text for (text,) in self._db.execute("SELECT text FROM mentions UNION SELECT name FROM mentions")]
        return rare_words(texts, RARE, names)

    def _show_own_pieces(self) -> None:
        """Copy n speaks dialect n modulo `DIALECTS`, as the copy of that number does."""
        told = self._passages * DIALECTS
        self._db.execute("ALTER TABLE pieces RENAME TO own_pieces")
        self._db.execute(
            "CREATE VIEW pieces AS SELECT p.key AS passage, p.report_key AS report_key, o.encoder AS encoder, "  # noqa: S608
            f"o.pieces AS pieces FROM passages p JOIN own_pieces o ON o.passage = (p.key - 1) % {told} + 1"
        )
        self._pieces = "own_pieces"
        self._db.commit()

    def _rows(self, table: Table, dialect: Dialect) -> list[dict[str, object]]:
        """The rows of the reports that were there to begin with, in a dialect."""
        names = table.c.keys()
        owner = "key" if table is t.reports else "report_key"
        listed = ", ".join(f'"{name}"' for name in names)
        found = self._db.execute(f"SELECT {listed} FROM {table.name} WHERE {owner} <= {self._reports}")  # noqa: S608
        rows = [dict(zip(names, row, strict=True)) for row in found]
        for row in rows:
            for name in _SAID.get(table.name, ()):
                row[name] = _said(name, row[name], dialect)
            if "letters" in row:
                row["letters"] = letters(str(row["text"]))
            if "quote_sha256" in row:
                row["quote_sha256"] = sha256(str(row["quote"]).encode()).hexdigest()
        return rows

    def _write(self, table: Table, rows: Sequence[dict[str, object]], copy: int) -> None:
        shifts = {"report_key": copy * self._reports}
        if table in (t.reports, t.passages):
            shifts["key"] = copy * (self._reports if table is t.reports else self._passages)
        values = []
        for row in rows:
            changed = row | {name: int(str(row[name])) + shift for name, shift in shifts.items() if name in row}
            if table in (t.reports, t.passages):
                changed["id"] = f"{row['id']}-{copy}"
            if table is t.reports:
                changed |= {"stem": f"{row['stem']}-{copy}", "year": 2000 + copy % 25}
            values.append(tuple(changed.values()))
        if values:
            listed = ", ".join(f'"{name}"' for name in table.c.keys())  # noqa: SIM118
            marks = ", ".join("?" for _ in table.c)
            self._db.executemany(f"INSERT INTO {table.name} ({listed}) VALUES ({marks})", values)  # noqa: S608

    def _fitted_pieces(self, copy: int) -> list[tuple[int, int, str, bytes]]:
        """(passage, report, encoder, pieces) of the original, as many pieces a passage as its text has in a copy that
        is written: made-up words have more pieces or fewer, and sentences are found by the places of theirs."""
        catalogue = Catalogue(f"sqlite:///{self._file}")
        counts: dict[int, int] = {}
        for report in range(copy * self._reports + 1, (copy + 1) * self._reports + 1):
            sections = {section.position: section for section in catalogue.sections(report)}
            passages = catalogue.passages(report)
            spans = self._encoder.piece_spans([dense_text(sections[p.section], p) for p in passages])
            counts |= {p.key - copy * self._passages: len(own) for p, own in zip(passages, spans, strict=True)}
        catalogue.close()
        wanted = f"SELECT passage, report_key, encoder, pieces FROM {self._pieces} WHERE report_key <= ?"  # noqa: S608
        held = self._db.execute(wanted, [self._reports])
        return [(key, report, encoder, fitted(pieces, counts[key])) for key, report, encoder, pieces in held]

    def _write_pieces(self, pieces: Sequence[tuple[int, int, str, bytes]], copy: int) -> None:
        key, report = copy * self._passages, copy * self._reports
        rows = [(one + key, owner + report, encoder, held) for one, owner, encoder, held in pieces]
        put = f"INSERT INTO {self._pieces} (passage, report_key, encoder, pieces) VALUES (?, ?, ?, ?)"  # noqa: S608
        self._db.executemany(put, rows)

    def _points(self, copy: int) -> Iterator[Point]:
        """The points of a copy that is written, without dense vectors, with the keys of the original."""
        catalogue = Catalogue(f"sqlite:///{self._file}")
        for report in range(copy * self._reports + 1, (copy + 1) * self._reports + 1):
            sections = {section.position: section for section in catalogue.sections(report)}
            for passage in catalogue.passages(report):
                section = sections[passage.section]
                yield Point(
                    id=passage.key - copy * self._passages,
                    dense=(),
                    sparse=passage_vector(sparse_text(section, passage)),
                    report=passage.report_key - copy * self._reports,
                    goals=goal_prefixes(section.goal_number),
                    part=passage.part.lower() if passage.part else None,
                    status=section.judged,
                )
        catalogue.close()

    def _shifted(self, points: Sequence[Point], copy: int, dense: NDArray[np.float64]) -> list[Point]:
        places = {key: place for place, key in enumerate(sorted(point.id for point in points))}
        vectors = dense.tolist()
        return [
            replace(
                point,
                id=point.id + copy * self._passages,
                report=point.report + copy * self._reports,
                dense=vectors[places[point.id]],
            )
            for point in points
        ]

    def _noisy(self, random: np.random.Generator) -> NDArray[np.float64]:
        vectors = self._dense + random.normal(scale=NOISE, size=self._dense.shape)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def fitted(pieces: bytes, count: int) -> bytes:
    """Some word pieces again, or fewer of them, spread evenly, to be `count`."""
    held = np.frombuffer(pieces, np.int8).reshape(-1, PIECE_DIMENSION)
    return held[np.arange(count) * len(held) // count].tobytes() if count != len(held) else pieces


def _said(name: str, value: object, dialect: Dialect) -> object:
    if not isinstance(value, str):
        return value
    if name == "path":
        return json.dumps([dialect.say(title) for title in json.loads(value)])
    return dialect.say(value)
