"""Runs as compact JSON, and where in the source a stretch of a passage stands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.block import Box, Run
from search.errors import StorageError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of text stands in its source."""

    key: str
    """The same for the same spot of one report, however many passages hold it."""
    line: int | None
    """1-based, text-like sources."""
    start: int | None
    """0-based code point in the line."""
    end: int | None
    """One past the last code point in that line; a stretch that goes on below ends with the line's text."""
    page: int | None


def dump_runs(runs: Sequence[Run]) -> str:
    """`runs` as JSON: one list `[start, end, raw, line, column, box]` a run, box `[page, x0, y0, x1, y1]` or null."""
    rows = [
        [
            run.start,
            run.end,
            run.raw,
            run.line,
            run.column,
            None if run.box is None else [run.box.page, *(round(v, 1) for v in _corners(run.box))],
        ]
        for run in runs
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1024)
def load_runs(text: str) -> tuple[Run, ...]:
    """The runs that `dump_runs` wrote.

    Raises:
        StorageError: the text is not such a list.
    """
    try:
        return tuple(
            Run(start, end, raw, line, column, None if box is None else Box(*box))
            for start, end, raw, line, column, box in json.loads(text)
        )
    except (ValueError, TypeError) as error:
        raise StorageError("Katalogen är skadad: en textplats går inte att läsa. Kör spana check.") from error


def in_source(runs: Sequence[Run], start: int, end: int) -> bool:
    """Whether the source has any of the stretch: words added for readability lie in no run."""
    return any(run.start < end and start < run.end for run in runs)


def place_of(text: str, runs: Sequence[Run], start: int, end: int, owner: str) -> Place:
    """Where `text[start:end]` stands. `owner` names the passage, for sources without lines and pages."""
    run = next((r for r in runs if r.start <= start < r.end), None)
    if run is None:
        run = next((r for r in runs if start < r.end and r.start < end), None)
    if run is None:
        return Place(f"{owner}:{start}", None, None, None, None)
    first, last = max(start, run.start), min(end, run.end)
    offset = _offset_in_raw(text, run, first, last)
    length = last - first
    if run.line is not None:
        column = (run.column or 0) + offset
        return Place(f"{run.line}:{column}", run.line, column, column + length, run.box.page if run.box else None)
    if run.box is not None:
        box = run.box
        key = f"p{box.page}:{box.x0:.0f}:{box.y0:.0f}:{offset}"
        return Place(key, None, None, None, box.page)
    return Place(f"{owner}:{start}", None, None, None, None)


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def _offset_in_raw(text: str, run: Run, first: int, last: int) -> int:
    """Where in `run.raw` the stretch begins; markup and folded blanks make raw longer than the text."""
    if run.end - run.start == len(run.raw):
        return first - run.start
    wanted = text[first:last]
    before = text[run.start : run.end].count(wanted, 0, first - run.start)
    offset = run.raw.find(wanted)
    for _ in range(before):
        further = run.raw.find(wanted, offset + 1)
        if offset < 0 or further < 0:
            break
        offset = further
    return offset if offset >= 0 else min(first - run.start, max(len(run.raw) - 1, 0))
