"""The commands and the program of the pages in docs/ work as they stand."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "client.md").read_text(encoding="utf-8")
LINES = [
    (page, shlex.split(line, comments=True)[1:])
    for page in ("guide.md", "operation.md")
    for block in re.findall(r"```sh\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("spana ")
]
COMMANDS = [line for line in re.search(r"```sh\n(.*?)```", PAGE, re.DOTALL)[1].splitlines() if line.startswith("curl")]  # type: ignore[index]
PROGRAM = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]  # type: ignore[index]


@pytest.fixture
def site(app: FastAPI, client: Any) -> Iterator[str]:
    """The application of these tests on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize(("page", "arguments"), LINES, ids=lambda one: "-".join(one)[:40] if type(one) is list else one)
def test_the_commands_for_users_are_done(
    page: str,
    arguments: list[str],
    spana: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, error = spana(*arguments)
    # The archive of these tests has a fault for `check` to find.
    assert (code, error if code else "") == (int(arguments == ["check"]), "")


def test_the_curl_commands_answer(site: str) -> None:
    assert len(COMMANDS) >= 6
    for command in COMMANDS:
        done = subprocess.run(
            ["sh", "-c", command], env={**os.environ, "SPANA": site}, capture_output=True, text=True, check=True
        )
        if "format=csv" in command:
            assert done.stdout.startswith("report,")
        elif "format=md" in command:
            assert done.stdout.startswith("# Metodnot")
        elif "limit=1000" in command:
            assert json.loads(done.stdout)["title"] == "Wrong value"
        else:
            assert "detail" not in json.loads(done.stdout)


def test_the_python_program_reads_every_row(site: str) -> None:
    program = PROGRAM.replace("Vilka stadsdelar nämner Trefas?", "mentions")
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "SPANA": site, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = io.StringIO(done.stdout).read().splitlines()
    assert lines[0] == "Svar om mentions"
    assert sum(" | " in line for line in lines) == 3
