"""A process that is killed while it ingests leaves an archive that is sound or mends itself."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import importlib.util, sys, time
from pathlib import Path
spec = importlib.util.spec_from_file_location("spana_search_conftest", sys.argv[1])
helpers = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = helpers
spec.loader.exec_module(helpers)
from search import writer
from search.archive import Archive
from search.settings import Settings

class Slow(helpers.FakeEncoder):
    def encode_passages(self, texts):
        time.sleep(0.02)
        return super().encode_passages(texts)

library = helpers.Library(Path(sys.argv[2]))
for number in range(12):
    draft = (helpers.hasselby, helpers.spanga)[number % 2]()
    draft.year = 2010 + number
    draft.text(f"Rapport nummer {number} i version {sys.argv[4]} handlar om lekplatser och gator i området.")
    library.add(f"rapport-{number}.txt", draft)
writer.parse_many = library.parse_many
print("redo", flush=True)
with Archive(Settings(home=Path(sys.argv[3])), helpers.FakeToolkit(encoder=Slow())) as archive:
    archive.ingest([library.folder])
print("klar", flush=True)
"""


def start(tmp_path: Path, version: int) -> "subprocess.Popen[str]":
    arguments = [
        str(Path(__file__).parent / "conftest.py"),
        str(tmp_path / "filer"),
        str(tmp_path / "hem"),
        str(version),
    ]
    (tmp_path / "filer").mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL finns bara på POSIX")
def test_killed_at_random_points(tmp_path: Path, toolkit: Any) -> None:
    from search.archive import Archive
    from search.settings import Settings

    chance = random.Random(7)
    for version in range(3):
        process = start(tmp_path, version)
        assert process.stdout is not None
        assert process.stdout.readline() == "redo\n"
        time.sleep(chance.uniform(0.05, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Archive(Settings(home=tmp_path / "hem"), toolkit) as archive:
            assert archive.check().ok
            assert archive.check().problems == ()
            held = archive.reports()
            assert len({report.id for report in held}) == len(held)
            if held:
                assert archive.search("lekplatser och gator", limit=50).hits
    process = start(tmp_path, 99)
    assert process.communicate()[0] == "redo\nklar\n"
    with Archive(Settings(home=tmp_path / "hem"), toolkit) as archive:
        assert len(archive.reports()) == 12
        assert {
            hit.text for hit in archive.search("rapport nummer version", limit=200).hits if "version" in hit.text
        } == {f"Rapport nummer {n} i version 99 handlar om lekplatser och gator i området." for n in range(12)}
        assert archive.check().problems == ()
