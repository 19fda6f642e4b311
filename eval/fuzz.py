"""Coverage-guided fuzzing of the readers and of what they feed, with Atheris (libFuzzer for Python).

The parent starts a fuzzing process, and another when a file has killed it, until the time is up. What it finds (an
exception that is no `IngestError`, a report that does not hang together, a file that takes too long, a crash) is kept
as a file to be read again, each kind once.
"""

import io
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eval.soundness import faults

SUFFIXES = (".txt", ".md", ".html", ".docx", ".xml", ".pdf", ".zip")
"""The first byte of an input says which; .xml is the body of a docx, packed before it is read."""
SLOW_S = 4.0
"""Seconds of processor time, coverage counted, that so small a file may take."""
MAX_BYTES = 24_000
HANG_S = 90
MEMORY_MB = 2500


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found."""

    runs: int
    """Inputs read."""
    files: tuple[str, ...]
    """Names of the files kept, in the folder of the run."""


def fuzz(seeds: Path, out: Path, *, minutes: float) -> Found:
    """Fuzz for `minutes` from the files of `seeds`; findings, new corpus and `log.txt` are left in `out`."""
    corpus, kept = out / "corpus", out / "found"
    for folder in (corpus, kept):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(sorted(seeds.iterdir())):
        if seed.suffix in SUFFIXES:
            (corpus / f"seed-{number:03d}").write_bytes(packed(seed.suffix, seed.read_bytes()))
    end = time.monotonic() + minutes * 60
    with (out / "log.txt").open("a", encoding="utf-8") as log:
        while (left := int(end - time.monotonic())) > 5:
            command = [sys.executable, "-m", "eval.fuzz", str(seeds), str(out), str(left)]
            subprocess.run(command, stdout=log, stderr=log, check=False)
    for pattern in ("crash-*", "timeout-*", "oom-*"):
        for path in out.glob(pattern):
            suffix, data = unpacked(path.read_bytes())
            (kept / f"{path.name[:16]}{suffix}").write_bytes(data)
            path.unlink()
    runs = sum(int(path.read_text(encoding="ascii")) for path in out.glob("count-*"))
    return Found(runs, tuple(sorted(path.name for path in kept.iterdir())))


def packed(suffix: str, data: bytes) -> bytes:
    """A file as the fuzzer's input."""
    return bytes([SUFFIXES.index(suffix)]) + data


def unpacked(data: bytes) -> tuple[str, bytes]:
    """Suffix and bytes of the file that an input stands for."""
    return SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt", data[1:]


def wrapped(body: bytes, package: Path) -> bytes:
    """The docx `package` with `body` for its document.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(package) as given, zipfile.ZipFile(buffer, "w") as bundle:
        for name in given.namelist():
            bundle.writestr(name, body if name == "word/document.xml" else given.read(name))
    return buffer.getvalue()


class UnsoundError(Exception):
    """A report that does not hang together."""


def _place(error: Exception) -> str:
    """Where an exception comes from: the last line of `ingest` it went through; or what is wrong with the report."""
    if isinstance(error, UnsoundError):
        return "unsound-" + str(error).rpartition(": ")[2].replace(" ", "-")
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "ingest" in Path(frame.filename).parts]
    place = f"-{Path(frames[-1].filename).stem}-{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + place


class Mutator:
    """Changes inputs by whole lines taken from all seeds, or as libFuzzer does, by bytes."""

    def __init__(self, seeds: Path, by_bytes: Callable[[bytes, int], bytes]) -> None:
        files = [seed.read_bytes() for seed in sorted(seeds.iterdir()) if seed.suffix not in (".docx", ".zip")]
        self._lines = sorted({line for data in files for line in data.splitlines(keepends=True)})
        self._by_bytes = by_bytes

    def mutate(self, data: bytes, max_size: int, seed: int) -> bytes:
        """An input like `data`, of the same kind of file, at most `max_size` bytes long."""
        chance = random.Random(seed)  # noqa: S311
        kind, body = data[:1] or b"\0", data[1:]
        if chance.random() < 0.4 or unpacked(data)[0] in (".docx", ".zip"):
            return kind + self._by_bytes(body, max(1, max_size - 1))
        lines = body.splitlines(keepends=True) or [b"\n"]
        for _ in range(chance.choice((1, 1, 2, 4, 12))):
            at = chance.randrange(len(lines))
            match chance.randrange(6):
                case 0:
                    lines[at:at] = [chance.choice(self._lines)]
                case 1 if len(lines) > 1:
                    del lines[at : at + chance.choice((1, 1, 2, 8))]
                    lines = lines or [b"\n"]
                case 2:
                    start = chance.randrange(len(lines))
                    lines[at:at] = lines[start : start + chance.choice((1, 2, 5, 20))]
                case 3:
                    lines[at : at + 1] = [lines[at]] * chance.choice((2, 3, 30, 200))
                case 4:
                    lines[at] = lines[at].rstrip(b"\r\n") + chance.choice((b"", b" ", b"\t", b"\f", b"-\n", b"   "))
                case _:
                    cut = chance.randrange(len(lines[at]) + 1)
                    lines[at : at + 1] = [lines[at][:cut] + b"\n", lines[at][cut:] or b"\n"]
        return kind + b"".join(lines)[: max_size - 1]


def _child(seeds: Path, out: Path, seconds: int) -> None:
    import atheris  # type: ignore[import-untyped]  # only for this: no part of the program

    with atheris.instrument_imports(include=["ingest"]):
        from ingest import ocr
        from ingest.errors import IngestError
        from ingest.parse import parse_file
        from ingest.zip_reader import unpack
    logging.disable()
    # Tesseract is another program, and slow.
    ocr.available.cache_clear()
    ocr.shutil.which = lambda _: None  # type: ignore[attr-defined]
    kept = out / "found"
    seen: Counter[str] = Counter(path.name.rpartition("-")[0] for path in kept.iterdir())
    package = next(iter(sorted(seeds.glob("*.docx"))))
    runs = 0
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=out))

    def keep(kind: str, suffix: str, data: bytes, why: str) -> None:
        name = f"{kind}{suffix.replace('.', '-')}"
        seen[name] += 1
        if seen[name] == 1:
            (kept / f"{name}-{len(data)}{suffix}").write_bytes(data)
            (out / "found.txt").open("a", encoding="utf-8").write(f"== {name}\n{why}\n")

    def read(path: Path) -> None:
        for fault in faults(parse_file(path)):
            raise UnsoundError(fault)

    def one_input(data: bytes) -> None:
        nonlocal runs
        runs += 1
        if runs % 200 == 0:
            (out / f"count-{os.getpid()}").write_text(str(runs), encoding="ascii")
        suffix, body = unpacked(data)
        shown = ".docx" if suffix == ".xml" else suffix
        path = folder / f"fil{shown}"
        path.write_bytes(wrapped(body, package) if suffix == ".xml" else body)
        began = time.process_time()
        try:
            if suffix == ".zip":
                with tempfile.TemporaryDirectory(dir=folder) as inside:
                    for member in unpack(path, Path(inside)):
                        if member.path:
                            read(member.path)
            else:
                read(path)
        except IngestError:
            pass
        except Exception as error:  # noqa: BLE001  # every one is a finding
            keep(_place(error), suffix, body, traceback.format_exc())
        if (spent := time.process_time() - began) > SLOW_S:
            keep(f"slow-{spent:.0f}", suffix, body, f"{spent:.1f} s, {len(body)} bytes")

    # Atheris puts the real Mutate in place when fuzzing begins, so it is looked up late.
    mutator = Mutator(seeds, lambda data, size: bytes(atheris.Mutate(data, size)))
    options = [f"-max_total_time={seconds}", f"-timeout={HANG_S}", f"-rss_limit_mb={MEMORY_MB}"]
    options += [f"-max_len={MAX_BYTES}", f"-artifact_prefix={out}/", "-len_control=0", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(out / "corpus")], one_input, custom_mutator=mutator.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    _child(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
