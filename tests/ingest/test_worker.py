"""Files are parsed in processes that may hang, crash or run out of memory without harm."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from ingest import worker
from ingest.errors import IngestError
from ingest.report import Report
from ingest.worker import parse_isolated, parse_many

ROOT = Path(__file__).parents[2]
TEXT = "Tertialrapport 1 2021\n\nSammanfattande analys\nParkleken Gläntan höll öppet alla vardagar under perioden.\n"
PATIENCE_S = 300.0
"""Longer than anything takes on a loaded machine, and shorter than what hangs."""
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and limits")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def sabotage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "SabotageMaker":
    """Makes worker processes run some code before they parse."""
    return SabotageMaker(tmp_path / "sabotage", monkeypatch)


class SabotageMaker:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch

    def __call__(self, code: str) -> None:
        self.folder.mkdir()
        parse = "import ingest.parse\nold = ingest.parse.parse_file\n"
        body = "\n".join(f"    {line}" for line in code.splitlines())
        wrapped = f"def parse_file(path, *, password=None):\n{body}\n    return old(path, password=password)\n"
        (self.folder / "sitecustomize.py").write_text(f"{parse}{wrapped}ingest.parse.parse_file = parse_file\n")
        self.monkeypatch.setenv("PYTHONPATH", str(self.folder))


_before: set[psutil.Process] = set()


@pytest.fixture(autouse=True)
def note_processes() -> None:
    """Other tests may keep processes (a browser) for the whole run."""
    _before.clear()
    _before.update(psutil.Process().children(recursive=True))


def children() -> list[psutil.Process]:
    return [process for process in psutil.Process().children(recursive=True) if process not in _before]


def test_a_report_comes_back_as_it_is(report: Path) -> None:
    found = parse_isolated(report, timeout_s=PATIENCE_S, memory_mb=2000)
    assert isinstance(found, Report)
    assert (found.source, found.format) == ("rapport.txt", "txt")
    assert any("Gläntan" in passage.text for passage in found.passages)
    assert children() == []


def test_errors_keep_kind_and_words(tmp_path: Path) -> None:
    path = tmp_path / "tom.pdf"
    path.touch()
    with pytest.raises(IngestError, match=r"^tom\.pdf är tom") as caught:
        parse_isolated(path, timeout_s=PATIENCE_S, memory_mb=2000)
    assert caught.value.kind == "empty"


def test_a_file_that_hangs_is_given_up(report: Path, sabotage: SabotageMaker) -> None:
    sabotage("import time\ntime.sleep(600)")
    began = time.monotonic()
    with pytest.raises(IngestError, match=r"rapport\.txt tog mer än 1 s") as caught:
        parse_isolated(report, timeout_s=1, memory_mb=2000)
    assert caught.value.kind == "timeout"
    assert time.monotonic() - began < PATIENCE_S
    assert children() == []


@posix
def test_a_file_that_takes_all_memory_is_given_up(report: Path, sabotage: SabotageMaker) -> None:
    sabotage("x = bytearray(3_000_000_000)")
    with pytest.raises(IngestError, match="minne") as caught:
        parse_isolated(report, timeout_s=PATIENCE_S, memory_mb=1500)
    assert caught.value.kind == "memory"


@posix
@pytest.mark.parametrize(("number", "kind"), [(signal.SIGSEGV, "damaged"), (signal.SIGKILL, "memory")])
def test_a_crash_is_one_failed_file(report: Path, sabotage: SabotageMaker, number: int, kind: str) -> None:
    sabotage(f"import os\nos.kill(os.getpid(), {int(number)})")
    with pytest.raises(IngestError, match=r"^rapport\.txt") as caught:
        parse_isolated(report, timeout_s=PATIENCE_S, memory_mb=2000)
    assert caught.value.kind == kind


def test_any_other_exception_is_one_failed_file(report: Path, sabotage: SabotageMaker) -> None:
    sabotage("raise IndexError('hidden')")
    with pytest.raises(IngestError, match="IndexError") as caught:
        parse_isolated(report, timeout_s=PATIENCE_S, memory_mb=2000)
    assert caught.value.kind == "internal"
    assert "hidden" not in str(caught.value)


def test_prints_of_a_parser_do_not_disturb(report: Path, sabotage: SabotageMaker) -> None:
    sabotage("import os\nprint('noise', flush=True)\nos.write(1, b'noise')")
    assert parse_isolated(report, timeout_s=PATIENCE_S, memory_mb=2000).source == "rapport.txt"


def test_many_files_in_few_processes_and_a_crash_in_between(tmp_path: Path, sabotage: SabotageMaker) -> None:
    sabotage("import os\nif 'krasch' in path.name: os._exit(3)")
    paths = [tmp_path / f"{number:02d}{'-krasch' if number == 3 else ''}.txt" for number in range(8)]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    found = dict(parse_many(iter(paths), workers=2, timeout_s=PATIENCE_S, memory_mb=2000))
    assert set(found) == set(paths)
    failed = [path.name for path, result in found.items() if isinstance(result, IngestError)]
    assert failed == ["03-krasch.txt"]
    assert children() == []


def test_files_are_asked_for_only_as_workers_are_free(tmp_path: Path) -> None:
    asked: list[Path] = []

    def paths() -> "worker.Iterator[Path]":
        for number in range(6):
            path = tmp_path / f"{number}.txt"
            path.write_text(TEXT, encoding="utf-8")
            asked.append(path)
            yield path

    results = parse_many(paths(), workers=1, timeout_s=PATIENCE_S, memory_mb=2000)
    next(results)
    assert len(asked) == 2
    results.close()
    assert children() == []


def test_workers_are_replaced_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "JOBS_A_WORKER", 1)
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text(TEXT, encoding="utf-8")
    found = list(parse_many(paths, workers=1, timeout_s=PATIENCE_S, memory_mb=2000))
    assert [path for path, result in found if isinstance(result, Report)] == paths


def test_no_files_no_processes() -> None:
    assert list(parse_many([], workers=4, timeout_s=1, memory_mb=2000)) == []


@posix
def test_ctrl_c_ends_the_processes(report: Path, sabotage: SabotageMaker, tmp_path: Path) -> None:
    began = tmp_path / "began"
    os.mkfifo(began)
    # Opening a pipe for writing waits for its reader, so the test goes on just when the worker parses.
    sabotage(f"import os, signal\nopen({str(began)!r}, 'w').write(str(os.getpid()))\nsignal.pause()")
    # A shell starts what runs in the background with the signal ignored.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from pathlib import Path; from ingest.worker import parse_isolated; "
        f"parse_isolated(Path({str(report)!r}), timeout_s=600, memory_mb=2000)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        worker_process = psutil.Process(int(began.read_text()))
        parent.send_signal(signal.SIGINT)
        parent.wait(timeout=PATIENCE_S)
        # The worker is gone, or lies dead until the system's first process looks at it.
        assert not worker_process.is_running() or worker_process.status() == psutil.STATUS_ZOMBIE
    finally:
        parent.kill()
        parent.wait()
