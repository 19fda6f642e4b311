"""One PDF page as the program drew it: pieces of text, ruled lines and coloured marks, all in the reading frame.

The reading frame is the page turned so that most of its text runs left to right; `Frame.box` leads back to the page as
displayed.
"""

import colorsys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

import pymupdf

from ingest.block import Box

MAX_DRAWINGS = 20_000
"""Drawings looked at on one page; maps and charts can hold hundreds of thousands."""
MAX_IMAGE_MARKS = 100
_RULE_THICKNESS = 2.5
_MARK_SIZES = (3.0, 22.0)


Matrix = tuple[float, ...]
"""a, b, c, d, e, f: (x, y) becomes (a x + c y + e, b x + d y + f)."""
_UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """How the reading frame lies on the displayed page."""

    page: int
    width: float
    height: float
    """Of the displayed page, in points."""
    turn: int
    """Quarter turns clockwise that make the text upright: 0, 1, 2 or 3."""

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the displayed page in the reading frame."""
        if self.turn == 1:
            return self.height - y, x
        if self.turn == 2:
            return self.width - x, self.height - y
        if self.turn == 3:
            return y, self.width - x
        return x, y

    def rect(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A rectangle of the displayed page in the reading frame."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def turned(self, matrix: Matrix, rect: Sequence[float]) -> tuple[float, float, float, float]:
        """A rectangle as the file has it in the reading frame; `matrix` is the page's rotation."""
        a, b, c, d, e, f = matrix
        x0, y0, x1, y1 = rect
        return self.rect(a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A rectangle of the reading frame on the displayed page."""
        back = Frame(self.page, self.size[0], self.size[1], (4 - self.turn) % 4)
        rx0, ry0, rx1, ry1 = back.rect(x0, y0, x1, y1)
        return Box(self.page, round(rx0, 2), round(ry0, 2), round(rx1, 2), round(ry1, 2))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the reading frame."""
        return (self.height, self.width) if self.turn % 2 else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the file holds as one line; a printed line or a table cell's line is one or more of these."""

    line: int
    """Number of the line in the file's own order, blank ones not counted."""
    start: int
    """First character in that line; more than 0 when the line was cut."""
    last: bool
    """True when the piece reaches the end of its line."""
    raw: str
    edges: tuple[float, ...]
    """Left edge of each character, and the right edge of the last."""
    y0: float
    y1: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    color: str | None
    """Colour name of its first character when that is green, yellow or red."""
    upright: bool
    """False for text across the page's reading direction."""

    @property
    def x0(self) -> float:
        """Left edge of the first character that is no space."""
        return self.edges[len(self.raw) - len(self.raw.lstrip())]

    @property
    def x1(self) -> float:
        """Right edge of the last character that is no space."""
        return self.edges[len(self.raw.rstrip())]

    def part(self, start: int, end: int) -> "Piece":
        """Characters `start` to `end` (half-open) as a piece of their own."""
        return replace(
            self,
            start=self.start + start,
            last=self.last and end == len(self.raw),
            raw=self.raw[start:end],
            edges=self.edges[start : end + 1],
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight horizontal or vertical line."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Mark:
    """A small filled circle or square."""

    color: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on one page."""

    frame: Frame
    pieces: tuple[Piece, ...]
    """In the file's own order."""
    rules: tuple[Rule, ...]
    marks: tuple[Mark, ...]
    image_share: float
    """Share of the page covered by its largest picture, 0–1."""


def read_page(page: Any) -> PageContent:
    """Everything on a page, its coordinates turned into the reading frame."""
    rotation = page.rotation_matrix
    matrix: Matrix = tuple(rotation)
    lines = [
        line
        for block in page.get_text("rawdict", flags=pymupdf.TEXTFLAGS_TEXT)["blocks"]
        for line in block.get("lines", ())
        if any(char["c"].strip() for span in line["spans"] for char in span["chars"])
    ]
    turn = _main_turn(lines, page.rotation)
    frame = Frame(page.number + 1, page.rect.width, page.rect.height, turn)
    images = [pymupdf.Rect(info["bbox"]) * rotation for info in page.get_image_info()]
    area = max(frame.width * frame.height, 1.0)
    share = max((abs((rect & page.rect).get_area()) / area for rect in images), default=0.0)
    pieces = tuple(
        piece for number, line in enumerate(lines) if (piece := _piece(line, number, frame, matrix, page.rotation))
    )
    rules, marks = _drawn(page, frame, matrix) if pieces else ((), ())
    if pieces:
        marks += _image_marks(page, frame, images)
    return PageContent(frame, _without_doubles(pieces), rules, marks, share)


def _turn(direction: tuple[float, float], rotation: int) -> int | None:
    """Quarter turns that make text of this direction upright on the displayed page; None for slanted text."""
    x, y = direction
    if max(abs(x), abs(y)) < 0.98 * hypot(x, y):
        return None
    quarter = 0 if x > 0.9 else 1 if y < -0.9 else 2 if x < -0.9 else 3
    return (quarter - rotation // 90) % 4


def _main_turn(lines: list[dict[str, Any]], rotation: int) -> int:
    weights: Counter[int] = Counter()
    for line in lines:
        turn = _turn(line["dir"], rotation)
        if turn is not None:
            weights[turn] += sum(len(span["chars"]) for span in line["spans"])
    return weights.most_common(1)[0][0] if weights else 0


def _piece(line: dict[str, Any], number: int, frame: Frame, matrix: Matrix, rotation: int) -> Piece | None:
    spans = [span for span in line["spans"] if span["chars"]]
    upright = _turn(line["dir"], rotation) == frame.turn
    raw = "".join(char["c"] for span in spans for char in span["chars"])
    boxes = [char["bbox"] for span in spans for char in span["chars"]]
    if frame.turn or matrix != _UNTURNED:
        boxes = [frame.turned(matrix, box) for box in boxes]
    rect = frame.turned(matrix, line["bbox"])
    widths: Counter[tuple[float, bool, bool]] = Counter()
    for span in spans:
        letters = sum(not char["c"].isspace() for char in span["chars"])
        font = span["font"].lower()
        bold = bool(span["flags"] & pymupdf.TEXT_FONT_BOLD) or any(w in font for w in ("bold", "black", "heavy"))
        italic = bool(span["flags"] & pymupdf.TEXT_FONT_ITALIC) or "italic" in font or "oblique" in font
        widths[(round(span["size"], 1), bold, italic)] += letters
    letters = sum(widths.values())
    if not letters:
        return None
    sizes: Counter[float] = Counter()
    for (size, _, _), count in widths.items():
        sizes[size] += count
    first = next(span for span in spans if any(not char["c"].isspace() for char in span["chars"]))
    edges = (*(box[0] for box in boxes), boxes[-1][2]) if upright else (rect[0],) * len(raw) + (rect[2],)
    baseline = frame.turned(matrix, first["origin"] * 2)[1] if upright else rect[3]
    return Piece(
        line=number,
        start=0,
        last=True,
        raw=raw,
        edges=edges,
        y0=rect[1],
        y1=rect[3],
        baseline=baseline,
        size=sizes.most_common(1)[0][0],
        bold=sum(count for (_, bold, _), count in widths.items() if bold) > 0.8 * letters,
        italic=sum(count for (_, _, italic), count in widths.items() if italic) > 0.8 * letters,
        color=_color_name(_rgb(first["color"])),
        upright=upright,
    )


def _without_doubles(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Some programs print bold by printing twice: keep the first."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for piece in pieces:
        key = (piece.raw, round(piece.x0), round(piece.y0))
        if key not in seen:
            seen.add(key)
            kept.append(piece)
    return tuple(kept)


def _rgb(number: int) -> tuple[float, float, float]:
    return (number >> 16 & 255) / 255, (number >> 8 & 255) / 255, (number & 255) / 255


def _color_name(rgb: tuple[float, ...] | None) -> str | None:
    """ "green", "yellow" or "red"; None for greys and other colours."""
    if rgb is None or len(rgb) != 3:
        return None
    hue, saturation, value = colorsys.rgb_to_hsv(*rgb)
    if saturation < 0.35 or value < 0.35:
        return None
    degrees = hue * 360
    if degrees < 18 or degrees > 340:
        return "red"
    if 18 <= degrees < 70:
        return "yellow"
    return "green" if degrees < 170 else None


def _drawn(page: Any, frame: Frame, matrix: Matrix) -> tuple[tuple[Rule, ...], tuple[Mark, ...]]:
    rules: list[Rule] = []
    marks: list[Mark] = []
    low, high = _MARK_SIZES
    for drawing in page.get_cdrawings()[:MAX_DRAWINGS]:
        x0, y0, x1, y1 = frame.turned(matrix, drawing["rect"])
        width, height = x1 - x0, y1 - y0
        filled, stroked = "f" in drawing["type"], "s" in drawing["type"]
        if low <= width <= high and low <= height <= high and 0.7 < width / height < 1.43:
            color = _color_name(drawing.get("fill")) if filled else None
            if color:
                marks.append(Mark(color, x0, y0, x1, y1))
            if any(item[0] == "c" for item in drawing["items"]):
                continue
        if filled and not stroked and min(width, height) <= _RULE_THICKNESS < max(width, height):
            rules.append(Rule(x0, y0, x1, y1))
            continue
        if (
            filled
            and width > 20
            and height > 6
            and len(drawing["items"]) <= 5
            and min(drawing.get("fill") or (1,)) < 0.97
        ):
            # A shaded header ends where its shade does, also when no rule is drawn there.
            rules.extend((Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1)))
        for item in drawing["items"]:
            if item[0] == "l" and stroked:
                rules.extend(_straight(*frame.turned(matrix, (*item[1], *item[2]))))
            elif item[0] == "re":
                rx0, ry0, rx1, ry1 = frame.turned(matrix, item[1])
                if min(rx1 - rx0, ry1 - ry0) <= _RULE_THICKNESS:
                    rules.extend(_straight(rx0, ry0, rx1, ry1))
                elif stroked:
                    edges = ((rx0, ry0, rx1, ry0), (rx0, ry1, rx1, ry1), (rx0, ry0, rx0, ry1), (rx1, ry0, rx1, ry1))
                    rules.extend(rule for edge in edges for rule in _straight(*edge))
    return tuple(rules), tuple(marks)


def _straight(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    if min(x1 - x0, y1 - y0) > _RULE_THICKNESS or max(x1 - x0, y1 - y0) < 4:
        return []
    return [Rule(x0, y0, x1, y1)]


def _image_marks(page: Any, frame: Frame, images: list[Any]) -> tuple[Mark, ...]:
    """Status circles that are small pictures: their colour is looked up in the middle of the drawn page."""
    low, high = _MARK_SIZES
    small = [
        r for r in images if low <= r.width <= high and low <= r.height <= high and 0.7 < r.width / r.height < 1.43
    ]
    marks = []
    for rect in small[:MAX_IMAGE_MARKS]:
        pixmap = page.get_pixmap(clip=rect, alpha=False)
        if pixmap.width and pixmap.height:
            pixel = pixmap.pixel(pixmap.width // 2, pixmap.height // 2)
            color = _color_name(tuple(part / 255 for part in pixel[:3]))
            if color:
                marks.append(Mark(color, *frame.rect(rect.x0, rect.y0, rect.x1, rect.y1)))
    return tuple(marks)
