"""Text of page pictures by Tesseract with its Swedish model, when both are installed."""

import csv
import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from statistics import median

from ingest.block import Block, Box, Run

LANGUAGE = "swe"
DPI = 300
"""Resolution that Tesseract's documentation advises."""
PAGE_TIMEOUT_S = 120
_POINTS_PER_INCH = 72
_MARK = re.compile(r"[^\w\s(\[\"'”»§%]")
"""A drawn circle or bullet that begins a line, as some sign or other."""
_BULLETS = "•·*+-–«°"
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Tesseract's threads wait for each other: on two cores a page took 22 s with them and 3.6 s without."""


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as Tesseract read it."""

    blocks: tuple[Block, ...]
    """One a printed line, one run a word."""
    confidence: float
    """Mean over its words, 0–100."""


@cache
def available() -> bool:
    """True when the program and its Swedish data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in listed.stdout.split()


def read_image(png: bytes, page: int, dpi: int = DPI) -> OcrPage | None:
    """The lines of a page picture drawn at `dpi`; None when Tesseract fails or finds no word."""
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(
            command, input=png, capture_output=True, timeout=PAGE_TIMEOUT_S, check=True, env=os.environ | _ONE_THREAD
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return parse_tsv(done.stdout.decode("utf-8", "replace"), page, _POINTS_PER_INCH / dpi)


def parse_tsv(tsv: str, page: int, scale: float) -> OcrPage | None:
    """Tesseract's TSV (level, page, block, paragraph, line, word, left, top, width, height, conf, text) as blocks.

    `scale` turns pixels into points. None when there is no word in it.
    """
    lines: dict[tuple[str, str, str], list[tuple[str, Box]]] = {}
    confidences: list[float] = []
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if row["level"] != "5" or not word:
            continue
        x, y, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        box = Box(page, round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2))
        lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append((word, box))
        confidences.append(float(row["conf"]))
    if not confidences:
        return None
    # A line without ascenders or descenders is lower than its neighbours of the same size: a paragraph has one size.
    heights: dict[tuple[str, str], list[float]] = {}
    for (block, paragraph, _), words in lines.items():
        heights.setdefault((block, paragraph), []).append(_height(words))
    blocks: list[Block] = []
    bottom: float | None = None
    for (block, paragraph, _), words in lines.items():
        top = min(box.y0 for _, box in words)
        height = median(heights[block, paragraph])
        blank = (top - bottom) / max(height, 1.0) if bottom is not None and top > bottom else 0.0
        blocks.append(_block(words, page, max(0.0, round(blank - 0.3, 2)), round(height, 1)))
        bottom = max(box.y1 for _, box in words)
    return OcrPage(tuple(blocks), round(sum(confidences) / len(confidences), 1))


def _height(words: list[tuple[str, Box]]) -> float:
    return max(box.y1 for _, box in words) - min(box.y0 for _, box in words)


def _block(words: list[tuple[str, Box]], page: int, gap: float, size: float) -> Block:
    text = ""
    runs: list[Run] = []
    mark = len(words) > 1 and _MARK.fullmatch(words[0][0]) is not None
    for word, box in words[mark:]:
        text += " " if text else ""
        runs.append(Run(len(text), len(text) + len(word), word, box=box))
        text += word
    listed = mark and words[0][0] in _BULLETS
    return Block(text, tuple(runs), page=page, size=size, gap=gap, markup="list_item" if listed else None)
