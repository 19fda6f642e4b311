"""A table row's text made of its cells."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.block import Cell, Run


def row_text(cells: Sequence[Cell]) -> tuple[str, tuple[Run, ...]]:
    """The cells' texts joined by spaces, and their runs moved to it."""
    text = ""
    runs: list[Run] = []
    for cell in cells:
        if cell.text:
            text += " " if text else ""
            runs.extend(replace(run, start=run.start + len(text), end=run.end + len(text)) for run in cell.runs)
            text += cell.text
    return text, tuple(runs)
