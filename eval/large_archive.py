"""Whole searches and answers in a large archive: the reports of a home, copied (`large_copies`)."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from pydantic import BaseModel

from eval.clock import quantile_ms
from eval.clock import rate as asked_a_second
from eval.large_copies import build
from search.archive import Archive
from search.settings import Settings


class LargeResult(BaseModel):
    """Times in seconds unless the name says milliseconds (ms)."""

    reports: int
    passages: int
    copying: float
    optimize: float
    """These two as they were when the archive was built."""
    opening: float
    """From a closed archive to ten answers given."""
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
    asks_a_second: float
    """With `eval.clock.CLIENTS` threads asking at once."""


def run(
    home: Path,
    passages: int,
    questions: Sequence[str],
    log: Callable[[str], None],
    *,
    keep: Path | None = None,
    share_pieces: bool = False,
) -> LargeResult:
    """Measure with about so many passages. `questions`: at least 20, each asked once. `keep`: a folder to build in, or
    one that was built in before, which stays; `share_pieces`: see `large_copies`.

    Raises:
        ValueError: `keep` holds something else.
    """
    with _folder(keep) as large:
        built = build(home, large, passages, log, share_pieces=share_pieces)
        log("öppnar …")
        began = time.perf_counter()
        with Archive(Settings(home=large)) as archive:
            archive.warm_up()
            half = len(questions) // 2
            for question in questions[:5]:
                archive.search(f"{question} ?")
                archive.ask(f"{question} ?")
            opening = time.perf_counter() - began
            log("frågar …")
            searches, search_work = _times(archive.search, questions[:half])
            asks, ask_work = _times(archive.ask, questions[half:])
            search_rate = asked_a_second(archive.search, [f"{question} ." for question in questions])
            ask_rate = asked_a_second(archive.ask, [f"{question} ." for question in questions])
            status = archive.status()
            memory = psutil.Process().memory_info().rss / 1e6
        disk = sum(path.stat().st_blocks * 512 for path in large.rglob("*") if path.is_file()) / 1e6
    return LargeResult(
        reports=status.reports,
        passages=status.passages,
        copying=built.copying,
        optimize=built.optimize,
        opening=opening,
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
        searches_a_second=search_rate,
        asks_a_second=ask_rate,
    )


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep
        return
    with TemporaryDirectory(prefix="spana-large-") as folder:
        yield Path(folder)


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
