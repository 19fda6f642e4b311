"""Files that are being read in on behalf of a page's visitors, and how far each has come."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from search.errors import SpanaError
from search.schema import IngestResult
from search.views import Progress, ProgressCallback, Stage

State = Literal["waiting", "running", "indexed", "unchanged", "replaced", "duplicate", "failed"]
KEPT = 20
"""Jobs that are remembered."""
STAGES: tuple[Stage, ...] = ("find", "parse", "annotate", "embed", "write", "done")


@dataclass(frozen=True, slots=True)
class Job:
    """One uploaded file."""

    number: int
    name: str
    state: State = "waiting"
    stage: Stage = "find"
    error: str | None = None
    report: str | None = None
    """Id of the report, once it is there."""

    @property
    def ended(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def step(self) -> int:
        """How many of `STAGES` are behind it."""
        return len(STAGES) if self.ended else STAGES.index(self.stage)


class Jobs:
    """Runs one file at a time, in the order they came."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque(maxlen=KEPT)
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def all(self) -> list[Job]:
        """The latest first."""
        with self._lock:
            return list(reversed(self._jobs))

    def start(self, name: str, ingest: Callable[[ProgressCallback], IngestResult]) -> Job:
        """Begin to read in the file called `name`; `ingest` does it and tells how far it is."""
        job = Job(next(self._numbers), name)
        with self._lock:
            self._jobs.append(job)
        threading.Thread(target=self._run, args=(job.number, ingest), daemon=True).start()
        return job

    def _run(self, number: int, ingest: Callable[[ProgressCallback], IngestResult]) -> None:
        with self._turn:
            self._set(number, state="running")
            try:
                result = ingest(lambda progress: self._note(number, progress))
            except SpanaError as error:
                self._set(number, state="failed", error=str(error))
                return
            except Exception:
                self._set(number, state="failed", error=None)
                raise
            for one in result.reports:
                self._set(number, state=one.status, error=one.error, report=one.id or one.duplicate_of)

    def _note(self, number: int, progress: Progress) -> None:
        self._set(number, stage=progress.stage)

    def _set(self, number: int, **changes: object) -> None:
        with self._lock:
            for place, job in enumerate(self._jobs):
                if job.number == number:
                    self._jobs[place] = replace(job, **changes)  # type: ignore[arg-type]
