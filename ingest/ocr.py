"""Text of page pictures by Tesseract with its Swedish model, when both are installed."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
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
class Word:
    """A word as Tesseract read it."""

    text: str
    box: Box
    confidence: float
    """0–100."""
    line: int
    """Number of its line on the page, in Tesseract's reading order."""
    paragraph: int


def mean_confidence(words: Sequence[Word]) -> float:
    """Mean over the words, 0–100; 0 without words."""
    return round(sum(word.confidence for word in words) / max(len(words), 1), 1)


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


def read_image(png: bytes, page: int, dpi: int = DPI) -> tuple[Word, ...]:
    """The words of a page picture drawn at `dpi`; none when Tesseract fails or finds no word."""
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(
            command, input=png, capture_output=True, timeout=PAGE_TIMEOUT_S, check=True, env=os.environ | _ONE_THREAD
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    return parse_tsv(done.stdout.decode("utf-8", "replace"), page, _POINTS_PER_INCH / dpi)


def parse_tsv(tsv: str, page: int, scale: float) -> tuple[Word, ...]:
    """The words of Tesseract's TSV (level, page, block, paragraph, line, word, left, top, width, height, conf, text).

    `scale` turns pixels into points.
    """
    lines: dict[tuple[str, ...], int] = {}
    paragraphs: dict[tuple[str, ...], int] = {}
    words: list[Word] = []
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != "5" or not text:
            continue
        x, y, width, height = (float(row[name]) * scale for name in ("left", "top", "width", "height"))
        box = Box(page, round(x, 2), round(y, 2), round(x + width, 2), round(y + height, 2))
        place = (row["block_num"], row["par_num"])
        paragraph = paragraphs.setdefault(place, len(paragraphs))
        line = lines.setdefault((*place, row["line_num"]), len(lines))
        words.append(Word(text, box, float(row["conf"]), line, paragraph))
    return tuple(words)


def line_blocks(words: Sequence[Word], page: int) -> list[Block]:
    """One block a printed line, one run a word."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    # A line without ascenders or descenders is lower than its neighbours of the same size: a paragraph has one size.
    heights: dict[int, list[float]] = {}
    for line in lines.values():
        heights.setdefault(line[0].paragraph, []).append(_height(line))
    blocks: list[Block] = []
    bottom: float | None = None
    for line in lines.values():
        top = min(word.box.y0 for word in line)
        height = median(heights[line[0].paragraph])
        blank = (top - bottom) / max(height, 1.0) if bottom is not None and top > bottom else 0.0
        blocks.append(_block(line, page, max(0.0, round(blank - 0.3, 2)), round(height, 1)))
        bottom = max(word.box.y1 for word in line)
    return blocks


def _height(words: Sequence[Word]) -> float:
    return max(word.box.y1 for word in words) - min(word.box.y0 for word in words)


def _block(words: Sequence[Word], page: int, gap: float, size: float) -> Block:
    text = ""
    runs: list[Run] = []
    mark = len(words) > 1 and _MARK.fullmatch(words[0].text) is not None
    for word in words[mark:]:
        text += " " if text else ""
        runs.append(Run(len(text), len(text) + len(word.text), word.text, box=word.box))
        text += word.text
    listed = mark and words[0].text in _BULLETS
    return Block(text, tuple(runs), page=page, size=size, gap=gap, markup="list_item" if listed else None)
