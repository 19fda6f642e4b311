"""Reading order: text columns beside each other are read one after the other."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Rect = tuple[float, float, float, float]
Item = TypeVar("Item")

_GUTTER = 9.0
"""Narrowest empty strip between two text columns, in points."""
_NEXT_LINE = 1.2
"""Blank space, in line heights, within which a line belongs to the column above it."""
_NEW_BAND = 2.5
"""Blank space across the whole band, in line heights, after which a new band begins."""
_MAX_DEPTH = 12
"""Columns within columns; a page that asks for more is a drawing."""


def reading_order(items: Sequence[Item], rect: Callable[[Item], Rect], depth: int = 0) -> list[list[Item]]:
    """Items grouped into columns in reading order; the items of one group are for the caller to sort top down.

    Bands of the page that share an empty strip from top to bottom are read column by column; a line across the strip
    ends the band.
    """
    if depth > _MAX_DEPTH:
        return [list(items)]
    ordered = sorted(items, key=lambda item: rect(item)[1])
    rows = _rows(ordered, rect)
    groups: list[list[Item]] = []
    index = 0
    while index < len(rows):
        end, gutter = _band(rows, index, rect)
        members = [item for row in rows[index:end] for item in row]
        if gutter is None:
            groups.append(members)
        else:
            left = [item for item in members if rect(item)[2] <= gutter]
            right = [item for item in members if rect(item)[2] > gutter]
            groups.extend(reading_order(left, rect, depth + 1))
            groups.extend(reading_order(right, rect, depth + 1))
        index = end
    return groups


def _rows(ordered: list[Item], rect: Callable[[Item], Rect]) -> list[list[Item]]:
    """Items chained together by overlapping heights."""
    rows: list[list[Item]] = []
    bottom = float("-inf")
    for item in ordered:
        _, y0, _, y1 = rect(item)
        slack = 0.25 * (y1 - y0)
        if rows and y0 < bottom - min(slack, 4.0):
            rows[-1].append(item)
            bottom = max(bottom, y1)
        else:
            rows.append([item])
            bottom = y1
    return rows


def _gutters(row: list[Item], rect: Callable[[Item], Rect]) -> list[tuple[float, float]]:
    """Empty strips between the row's items."""
    spans = sorted((rect(item)[0], rect(item)[2]) for item in row)
    gutters = []
    right = spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 - right >= _GUTTER:
            gutters.append((right, x0))
        right = max(right, x1)
    return gutters


def _band(rows: list[list[Item]], first: int, rect: Callable[[Item], Rect]) -> tuple[int, float | None]:
    """End (exclusive) of the band that begins at row `first`, and the x of its gutter or None when it has none."""
    gutters = _gutters(rows[first], rect)
    if not gutters:
        return first + 1, None
    low, high = max(gutters, key=lambda strip: strip[1] - strip[0])
    end = first + 1
    bottoms = _bottoms(rows[first], rect, (low + high) / 2)
    for index in range(first + 1, len(rows)):
        clear = _narrowed(rows[index], rect, low, high)
        if clear is None:
            break
        top = min(rect(item)[1] for item in rows[index])
        height = max(rect(item)[3] - rect(item)[1] for item in rows[index])
        if top - max(bottoms.values()) > _NEW_BAND * height:
            break
        sides = {rect(item)[2] > clear[1] - 0.01 for item in rows[index]}
        if len(sides) == 1:
            side = sides.pop()
            if top - bottoms[side] > _NEXT_LINE * height and not _both_sides_follow(rows, index, rect, *clear):
                break
        low, high = clear
        for side, bottom in _bottoms(rows[index], rect, (low + high) / 2).items():
            bottoms[side] = max(bottoms[side], bottom)
        end = index + 1
    return end, (low + high) / 2


def _bottoms(row: list[Item], rect: Callable[[Item], Rect], gutter: float) -> dict[bool, float]:
    found = {False: float("-inf"), True: float("-inf")}
    for item in row:
        _, _, x1, y1 = rect(item)
        found[x1 > gutter] = max(found[x1 > gutter], y1)
    return found


def _narrowed(row: list[Item], rect: Callable[[Item], Rect], low: float, high: float) -> tuple[float, float] | None:
    """The strip less what the row's items take of it; None when too little is left."""
    for x0, x1 in ((rect(item)[0], rect(item)[2]) for item in row):
        if x0 < high and x1 > low:
            if x0 <= low and x1 >= high:
                return None
            if x0 <= low:
                low = x1
            else:
                high = min(high, x0)
    return (low, high) if high - low >= _GUTTER else None


def _both_sides_follow(
    rows: list[list[Item]], index: int, rect: Callable[[Item], Rect], low: float, high: float
) -> bool:
    """True when a later row of the band has items on both sides of the strip."""
    for row in rows[index + 1 : index + 40]:
        clear = _narrowed(row, rect, low, high)
        if clear is None:
            return False
        if len({rect(item)[2] > (low + high) / 2 for item in row}) == 2:
            return True
    return False
