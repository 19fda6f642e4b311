"""The ruled lines of a scanned page, found in its picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.pdf_page import Rule

_DARK = 0.8
"""Of the paper's own grey; the shade behind a table's header is lighter, its lines are darker."""
_ACROSS = 90.0
"""Points; no word's letters run together over so long a stretch."""
_DOWN = 13.0
"""Points; taller than the letters of a heading."""
_SLACK = 1
"""Halved pixels that a line may wander over its shortest length: half a degree of skew at 300 dpi."""
_THICK = 6.0
"""Points; a higher stretch is a bar or a picture."""
_JOINED = 2.0
"""Points between stretches of one line."""
_MOST = 20_000
"""Stretches looked at; a page with more is a picture."""

Grey = NDArray[np.uint8]


@dataclass(slots=True)
class _Group:
    """Stretches of dark pixels that make one line: first and last row, first and last column."""

    top: int
    bottom: int
    left: int
    right: int


def find_rules(picture: Grey, points: float) -> list[Rule]:
    """Horizontal and vertical lines in points; `points` is the size of a pixel."""
    # A line one pixel wide stays when each square of four pixels is as dark as its darkest.
    even = picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2]
    half = np.minimum(np.minimum(even[::2, ::2], even[1::2, ::2]), np.minimum(even[::2, 1::2], even[1::2, 1::2]))
    dark = half < _DARK * float(np.median(half))
    points *= 2
    across = [
        Rule(g.left * points, y, (g.right + 1) * points, y)
        for g in _lines(dark, _ACROSS / points, points)
        for y in [(g.top + g.bottom + 1) / 2 * points]
    ]
    down = [
        Rule(x, g.left * points, x, (g.right + 1) * points)
        for g in _lines(dark.T, _DOWN / points, points)
        for x in [(g.top + g.bottom + 1) / 2 * points]
    ]
    return across + down


def without_rules(picture: Grey, rules: list[Rule], points: float) -> Grey:
    """The picture with its lines painted over in the paper's grey: what is left is easier to read."""
    cleaned = picture.copy()
    paper = np.uint8(np.median(picture))
    reach = round(1.5 / points)
    for rule in rules:
        x0, y0, x1, y1 = (round(value / points) for value in (rule.x0, rule.y0, rule.x1, rule.y1))
        area = cleaned[max(y0 - reach, 0) : y1 + reach + 1, max(x0 - reach, 0) : x1 + reach + 1]
        # Only along the line's own middle: letters that touch it keep most of their strokes.
        area[area < _DARK * paper] = paper
    return cleaned


def _lines(dark: NDArray[np.bool_], shortest: float, points: float) -> list[_Group]:
    """Lines along the rows of a picture at least `shortest` pixels long."""
    thick = dark.copy()
    for step in range(1, _SLACK + 1):
        thick[step:] |= dark[:-step]
        thick[:-step] |= dark[step:]
    edges = np.diff(thick.astype(np.int8), axis=1, prepend=0, append=0)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    long = ends - starts >= shortest
    if not 0 < long.sum() <= _MOST:
        return []
    groups: list[_Group] = []
    open_groups: list[_Group] = []
    near = _JOINED / points
    for row, start, end in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        open_groups = [group for group in open_groups if row - group.bottom <= 2]
        for group in open_groups:
            if start <= group.right + near and end >= group.left - near:
                group.bottom, group.left, group.right = row, min(group.left, start), max(group.right, end - 1)
                break
        else:
            groups.append(_Group(row, row, start, end - 1))
            open_groups.append(groups[-1])
    return [group for group in groups if (group.bottom - group.top) * points <= _THICK]
