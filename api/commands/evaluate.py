"""`spana eval` and `spana bench`: quality and speed, measured by the package `eval` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import typer

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Arguments are handed on as they are."""
_ROOT = Path(__file__).resolve().parents[2]


def quality(ctx: typer.Context) -> None:
    """Mät kvaliteten mot facit; flaggor går vidare till ”python -m eval quality” (quality against gold)."""
    _run("quality", ctx)


def bench(ctx: typer.Context) -> None:
    """Mät tid och minne; flaggor går vidare till ”python -m eval bench” (speed and memory)."""
    _run("bench", ctx)


def _run(what: str, ctx: typer.Context) -> None:
    # The process runs in the caller's folder, so that relative paths among the arguments keep their meaning.
    path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if part)
    environment = os.environ | {"PYTHONPATH": path}
    if ctx.obj.folder is not None:
        environment["SPANA_HOME"] = str(ctx.obj.folder)
    finished = subprocess.run([sys.executable, "-m", "eval", what, *ctx.args], env=environment, check=False)
    raise typer.Exit(finished.returncode)
