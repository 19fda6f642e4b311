"""Speed and memory: reading, indexing, asking. Every run measures all figures in one process, so that ratios hold."""

import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from eval.memory import peak_memory_mb
from search.archive import Archive
from search.settings import Settings

QUERIES = (
    "trygghetsvandring",
    "språkutvecklande arbetssätt i förskolan",
    "hur motverkas ensamhet bland äldre",
    "avhoppare från kriminella nätverk",
    "sjukfrånvaro bland medarbetare",
    "feriejobb för ungdomar",
    "samverkan mellan polis och socialtjänst",
    "invasiva arter i naturmark",
    "stöd till anhöriga",
    "how are young people helped to find summer jobs",
)


class BenchResult(BaseModel):
    """Figures of one run; seconds unless named otherwise."""

    model_config = ConfigDict(frozen=True)

    files: int
    reports: int
    passages: int
    first_ingest: float
    """Wall time of the first ingest, models loaded within it."""
    stages: dict[str, float]
    """Seconds per stage, added over the files (parsing overlaps with the rest when there are several workers)."""
    passages_per_second: float
    second_ingest: float
    """Wall time of a second ingest of the same files in the same process."""
    peak_memory_mb: float
    """Largest resident size of this process."""
    peak_memory_children_mb: float
    """Largest resident size of a parsing process."""
    start: float
    """Opening the archive and loading the encoder in an object of its own."""
    search_p50_ms: float
    search_p95_ms: float
    ask_mentions_p50_ms: float
    ask_passages_p50_ms: float


def _percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile of at least one value."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def run(paths: Sequence[Path], *, workers: int = 1, rounds: int = 10) -> BenchResult:
    """Ingest `paths` into a fresh home twice, then ask."""
    with tempfile.TemporaryDirectory(prefix="spana-bench-") as folder:
        settings = Settings(home=Path(folder), workers=workers)
        with Archive(settings) as archive:
            began = time.perf_counter()
            result = archive.ingest(paths)
            first = time.perf_counter() - began
            began = time.perf_counter()
            archive.ingest(paths)
            second = time.perf_counter() - began
            status = archive.status()
        with Archive(settings) as archive:
            began = time.perf_counter()
            archive.warm_up()
            start = time.perf_counter() - began
            searches, mentions, passages = [], [], []
            for turn in range(rounds):
                for query in QUERIES:
                    # A new wording each turn, so that no cached query vector helps.
                    began = time.perf_counter()
                    archive.search(f"{query} {turn}" if turn else query)
                    searches.append((time.perf_counter() - began) * 1000)
                began = time.perf_counter()
                archive.ask("Vilka stadsdelar nämner Trefas eller SIG unga?")
                mentions.append((time.perf_counter() - began) * 1000)
                began = time.perf_counter()
                archive.ask(f"{QUERIES[turn % len(QUERIES)]} {turn}?")
                passages.append((time.perf_counter() - began) * 1000)
    return BenchResult(
        files=len(result.reports),
        reports=status.reports,
        passages=status.passages,
        first_ingest=first,
        stages={
            name.removeprefix("seconds_"): round(value, 2)
            for name, value in result.totals.items()
            if name.startswith("seconds_")
        },
        passages_per_second=status.passages / first if first else 0.0,
        second_ingest=second,
        peak_memory_mb=peak_memory_mb(),
        peak_memory_children_mb=peak_memory_mb(resource.RUSAGE_CHILDREN),
        start=start,
        search_p50_ms=statistics.median(searches),
        search_p95_ms=_percentile(searches, 0.95),
        ask_mentions_p50_ms=statistics.median(mentions),
        ask_passages_p50_ms=statistics.median(passages),
    )
