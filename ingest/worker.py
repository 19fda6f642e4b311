"""Parses files in processes of their own, so that a bad file can neither hang, fill the memory of, nor crash spana.

A worker is a Python of its own that runs `main`; it reads pickled jobs from standard input and writes pickled
replies to standard output, so nothing of the parent's program is imported into it.
"""

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ingest.errors import ErrorKind, IngestError
from ingest.report import Report

START_TIMEOUT_S = 120.0
_POLL_S = 0.2
"""How often deadlines are looked at: a worker's clock starts when it is ready, while the parent waits."""
JOBS_A_WORKER = 200
"""A worker is replaced after so many files, so that leaks in parsers do not add up."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked to do."""

    path: Path
    password: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An `IngestError` on its way between processes."""

    kind: ErrorKind
    message: str


def parse_isolated(path: Path, *, timeout_s: float, memory_mb: int, password: str | None = None) -> Report:
    """Parse one file in a fresh process.

    `timeout_s` counts from when the worker is ready; `memory_mb` bounds its address space (not on Windows).
    Raises `IngestError`, also for timeout, memory and a crash (damaged).
    """
    [(_, result)] = parse_many([path], workers=1, timeout_s=timeout_s, memory_mb=memory_mb, password=password)
    if isinstance(result, IngestError):
        raise result
    return result


def parse_many(
    paths: Iterable[Path], *, workers: int, timeout_s: float, memory_mb: int, password: str | None = None
) -> Iterator[tuple[Path, Report | IngestError]]:
    """Parse files in `workers` processes, results as they finish; each process reads many files.

    No more files are under way than there are workers, so results never pile up. Closing the iterator, or an exception
    in the caller such as Ctrl-C, ends the processes.
    """
    replies: _Replies = queue.Queue()
    waiting = iter(paths)
    pool: list[_Worker] = []
    try:
        for _ in range(max(1, workers)):
            job = next(waiting, None)
            if job is None:
                break
            pool.append(_Worker(replies, timeout_s, memory_mb))
            pool[-1].give(Job(job, password))
        while pool:
            worker, result = _next_reply(pool, replies)
            path = worker.job.path
            usable = result is not None and worker.jobs < JOBS_A_WORKER
            failure = result if result is not None else worker.failure()
            job = next(waiting, None)
            if job is None or not usable:
                worker.stop()
                pool.remove(worker)
            if job is not None:
                if not usable:
                    worker = _Worker(replies, timeout_s, memory_mb)
                    pool.append(worker)
                worker.give(Job(job, password))
            yield path, IngestError(failure.kind, failure.message) if isinstance(failure, Failure) else failure
    finally:
        for worker in pool:
            worker.stop()


class _Worker:
    """A process that parses one file at a time, and the thread that listens to it."""

    def __init__(self, replies: "_Replies", timeout_s: float, memory_mb: int) -> None:
        root = str(Path(__file__).resolve().parents[1])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", "from ingest.worker import main; main()", str(memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=os.name == "posix",
        )
        self._replies = replies
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._ready = threading.Event()
        self.deadline = time.monotonic() + START_TIMEOUT_S
        self.timed_out = False
        self.jobs = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def give(self, job: Job) -> None:
        """Send a job; a worker that has died is noticed by the thread that listens."""
        self.job = job
        self.jobs += 1
        if self._ready.is_set():
            self.deadline = time.monotonic() + self._timeout_s
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            pickle.dump(job, self._process.stdin)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stdout:
            try:
                pickle.load(stdout)  # noqa: S301  # from our own process
                self.deadline = time.monotonic() + self._timeout_s
                self._ready.set()
                while True:
                    self._replies.put((self, pickle.load(stdout)))  # noqa: S301
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                self._replies.put((self, None))

    def failure(self) -> Failure:
        """Why the worker gave no result."""
        code = self.stop()
        name = self.job.path.name
        if self.timed_out:
            limit = f"{self._timeout_s:.0f} s"
            return Failure("timeout", f"{name} tog mer än {limit} att läsa; höj tidsgränsen eller dela upp filen.")
        if os.name == "posix" and code == -signal.SIGKILL:
            limit = f"{self._memory_mb} MB"
            return Failure("memory", f"{name} tog allt minne; höj minnesgränsen ({limit}) eller dela upp filen.")
        return Failure(
            "damaged", f"{name} är skadad så att läsningen kraschade; hämta filen på nytt eller spara om den."
        )

    def stop(self) -> int:
        """End the process with all that it started, and give its exit status."""
        if self._process.poll() is None:
            if os.name == "posix":
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        code = self._process.wait()
        self._listener.join()
        if self._process.stdin:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        return code


_Replies = queue.Queue[tuple[_Worker, Report | Failure | None]]


def _next_reply(pool: list[_Worker], replies: "_Replies") -> tuple[_Worker, Report | Failure | None]:
    """The next result of a worker in the pool; one that is past its deadline is ended and gives None."""
    while True:
        left = min(worker.deadline for worker in pool) - time.monotonic()
        try:
            worker, result = replies.get(timeout=min(max(left, 0.01), _POLL_S))
        except queue.Empty:
            late = [worker for worker in pool if worker.deadline <= time.monotonic()]
            for worker in late:
                worker.timed_out = True
                worker.stop()
            continue
        if worker in pool:
            return worker, result


def main() -> None:
    """The worker process: read jobs, write replies, until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from ingest.parse import parse_file  # imported here: the parent has no need of the parsers

    _limit_memory(int(sys.argv[1]))
    _send(replies, None)
    while True:
        try:
            job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our own parent
        except EOFError:
            return
        try:
            result: Report | Failure = parse_file(job.path, password=job.password)
        except IngestError as error:
            result = Failure(error.kind, str(error))
        except MemoryError:
            result = Failure("memory", f"{job.path.name} tog för mycket minne; höj minnesgränsen eller dela upp filen.")
        except Exception as error:  # noqa: BLE001  # whatever a hostile file provokes must become one failed file
            kind = type(error).__name__
            result = Failure("internal", f"{job.path.name} gick inte att läsa ({kind}); anmäl felet och bifoga filen.")
        _send(replies, result)


def _send(replies: BinaryIO, result: Report | Failure | None) -> None:
    pickle.dump(result, replies, protocol=pickle.HIGHEST_PROTOCOL)
    replies.flush()


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        import resource  # not on Windows

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
