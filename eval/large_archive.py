"""Whole searches and answers in a large archive: the reports of a home, copied with new keys until there are enough.

The catalogue, the word pieces and the sparse vectors of a copy are those of the original; dense vectors get some noise,
so that the copies are neighbours and no duplicates. The home itself is left as it is.
"""

import math
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil
from pydantic import BaseModel
from sqlalchemy import Table

from eval.clock import quantile_ms
from eval.clock import rate as searches_a_second
from models.sparse import passage_vector
from search import tables as t
from search.archive import Archive
from search.catalogue import Catalogue
from search.context import sparse_text
from search.edge_store import EdgeStore
from search.scope import goal_prefixes
from search.settings import Settings
from search.vectors import Point, VectorStore

NOISE = 0.02
"""Standard deviation added to each number of a copied vector."""
_CHILDREN = (
    t.sections, t.headings, t.indicators, t.activities, t.good_examples, t.mentions, t.discoveries, t.personal_data,
)  # fmt: skip


class LargeResult(BaseModel):
    """Times in seconds unless the name says milliseconds (ms)."""

    reports: int
    passages: int
    copying: float
    optimize: float
    disk_mb: float
    memory_mb: float
    search_p50_ms: float
    search_p95_ms: float
    ask_p50_ms: float
    ask_p95_ms: float
    search_processor_p50_ms: float
    search_processor_p95_ms: float
    ask_processor_p50_ms: float
    ask_processor_p95_ms: float
    """Processor time: the steadier figure where others use the machine."""
    searches_a_second: float
    """With `eval.clock.CLIENTS` threads asking at once."""


def run(home: Path, passages: int, questions: Sequence[str], log: Callable[[str], None]) -> LargeResult:
    """Measure with about so many passages. `questions`: at least 20, each asked once."""
    with TemporaryDirectory(prefix="spana-large-") as folder:
        large = Path(folder)
        shutil.copyfile(home / "catalogue.db", large / "catalogue.db")
        (large / "models").symlink_to((home / "models").resolve())
        log("kopierar rapporterna …")
        began = time.perf_counter()
        copies, step = _copy_catalogue(large / "catalogue.db", passages)
        store = _copy_vectors(home, large, copies, step)
        copying = time.perf_counter() - began
        log("bygger index …")
        began = time.perf_counter()
        store.optimize()
        optimize = time.perf_counter() - began
        store.close()
        with Archive(Settings(home=large)) as archive:
            archive.warm_up()
            half = len(questions) // 2
            for question in questions[:5]:
                archive.search(f"{question} ?")
                archive.ask(f"{question} ?")
            searches, search_work = _times(archive.search, questions[:half])
            asks, ask_work = _times(archive.ask, questions[half:])
            rate = searches_a_second(archive.search, [f"{question} ." for question in questions])
            status = archive.status()
            memory = psutil.Process().memory_info().rss / 1e6
        disk = sum(path.stat().st_blocks * 512 for path in large.rglob("*") if path.is_file()) / 1e6
    return LargeResult(
        reports=status.reports,
        passages=status.passages,
        copying=copying,
        optimize=optimize,
        disk_mb=disk,
        memory_mb=memory,
        search_p50_ms=quantile_ms(searches, 0.5),
        search_p95_ms=quantile_ms(searches, 0.95),
        ask_p50_ms=quantile_ms(asks, 0.5),
        ask_p95_ms=quantile_ms(asks, 0.95),
        search_processor_p50_ms=quantile_ms(search_work, 0.5),
        search_processor_p95_ms=quantile_ms(search_work, 0.95),
        ask_processor_p50_ms=quantile_ms(ask_work, 0.5),
        ask_processor_p95_ms=quantile_ms(ask_work, 0.95),
        searches_a_second=rate,
    )


def _copy_catalogue(file: Path, passages: int) -> tuple[int, tuple[int, int]]:
    """How many times the reports are there now, and what is added to keys (reports, passages) from copy to copy."""
    db = sqlite3.connect(file)
    db.execute("PRAGMA synchronous=OFF")
    held, last = db.execute("SELECT count(*), max(key) FROM passages").fetchone()
    reports = db.execute("SELECT max(key) FROM reports").fetchone()[0]
    copies = max(1, math.ceil(passages / held))
    for copy in range(1, copies):
        shift = {"key": copy * reports, "report_key": copy * reports}
        name = f"id || '-{copy}'"
        _copy(db, t.reports, reports, shift, {"id": name, "year": f"2000 + {copy} % 25"})
        _copy(db, t.passages, reports, shift | {"key": copy * last}, {"id": name})
        _copy(db, t.pieces, reports, shift | {"passage": copy * last}, {})
        for table in _CHILDREN:
            _copy(db, table, reports, shift, {})
        db.commit()
    db.close()
    return copies, (reports, last)


def _copy(db: sqlite3.Connection, table: Table, most: int, shifts: dict[str, int], others: dict[str, str]) -> None:
    """Copy the rows of the reports with keys up to `most`, some columns shifted or changed."""
    columns = table.c.keys()
    changed = {name: f'"{name}" + {shift}' for name, shift in shifts.items()} | others
    values = [changed.get(name, f'"{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    owner = "key" if table is t.reports else "report_key"
    db.execute(
        f"INSERT INTO {table.name} ({names}) SELECT {', '.join(values)} FROM {table.name} WHERE {owner} <= {most}"  # noqa: S608
    )


def _copy_vectors(home: Path, large: Path, copies: int, step: tuple[int, int]) -> EdgeStore:
    with Archive(Settings(home=home)) as original:
        encoder = original._toolkit.encoder
        held = original._stores.vectors(encoder)
        catalogue = Catalogue(f"sqlite:///{home / 'catalogue.db'}")
        points = [point for report in catalogue.reports() for point in _points(catalogue, report.key, held)]
        catalogue.close()
        folder = large / original._stores.folder(original._stores.generation).relative_to(home)
    store = EdgeStore(folder, len(points[0].dense))
    random = np.random.default_rng(1)
    for copy in range(copies):
        dense = np.array([point.dense for point in points])
        if copy:
            dense += random.normal(scale=NOISE, size=dense.shape)
            dense /= np.linalg.norm(dense, axis=1, keepdims=True)
        store.upsert(
            [
                replace(point, id=point.id + copy * step[1], report=point.report + copy * step[0], dense=vector)
                for point, vector in zip(points, dense.tolist(), strict=True)
            ]
        )
    return store


def _points(catalogue: Catalogue, report: int, held: VectorStore) -> Iterator[Point]:
    sections = {section.position: section for section in catalogue.sections(report)}
    passages = catalogue.passages(report)
    dense = held.dense_vectors([passage.key for passage in passages])
    for passage in passages:
        section = sections[passage.section]
        yield Point(
            id=passage.key,
            dense=dense[passage.key],
            sparse=passage_vector(sparse_text(section, passage)),
            report=report,
            goals=goal_prefixes(section.goal_number),
            part=passage.part.lower() if passage.part else None,
            status=section.judged,
        )


def _times(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """(seconds on the clock, seconds of the processor) of each question."""
    spent: list[float] = []
    worked: list[float] = []
    for question in questions:
        began, work = time.perf_counter(), time.process_time()
        ask(question)
        spent.append(time.perf_counter() - began)
        worked.append(time.process_time() - work)
    return spent, worked
