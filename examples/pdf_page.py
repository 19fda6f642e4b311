"""Strips of text placed on pages: what both PDF layouts are made of. Lengths are PDF points."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pymupdf

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
BLACK = (0.0, 0.0, 0.0)
Color = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Text on one base line."""

    x: float
    """From the left edge of the column."""
    y: float
    """Base line, from the top of the strip."""
    text: str
    font: str
    """A base-14 name of PyMuPDF: helv, hebo, tiro, tibo."""
    size: float
    color: Color = BLACK


@dataclass(frozen=True, slots=True)
class Strip:
    """A full-width slice that is never broken over a page: a line of text or a table row."""

    height: float
    gap: float = 0.0
    """Blank space above, left out at the top of a page."""
    glyphs: tuple[Glyphs, ...] = ()
    boxes: tuple[tuple[float, float, float, float, Color | None], ...] = ()
    """Ruled rectangles (x0, y0, x1, y1, fill)."""
    circles: tuple[tuple[float, float, Color], ...] = ()
    """Filled circles (x, y, colour) of status marks."""
    keep: bool = False
    """Stay on the page of the next strip."""
    repeat: "Strip | None" = None
    """The table heading to print again when this row begins a page."""
    bookmark: tuple[int, str] | None = None
    """(level, title)."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip with its place."""

    page: int
    """0-based."""
    x: float
    y: float
    strip: Strip


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text may stand on a page."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Of a full-width line."""
        return self.right - self.left


@cache
def font(name: str) -> pymupdf.Font:
    """One of PyMuPDF's own fonts."""
    return pymupdf.Font(name)


def measure(name: str, size: float) -> Callable[[str], float]:
    """A function that gives the printed width of a text."""
    return lambda text: size * sum(advance(name, letter) for letter in text)


@cache
def advance(name: str, letter: str) -> float:
    """Width of one letter at size 1; these fonts are set without kerning."""
    return float(font(name).text_length(letter, fontsize=1))


def place(strips: tuple[Strip, ...], frame: Frame, page: int, y: float) -> tuple[list[Placed], int, float]:
    """Put strips under each other from (page, y); gives also the page and y after the last."""
    placed: list[Placed] = []
    for index, strip in enumerate(strips):
        if y + strip.gap + _kept_height(strips, index) > frame.bottom and y > frame.top:
            page, y = page + 1, frame.top
            if strip.repeat:
                placed.append(Placed(page, frame.left, y, strip.repeat))
                y += strip.repeat.height
        elif y > frame.top:
            y += strip.gap
        placed.append(Placed(page, frame.left, y, strip))
        y += strip.height
    return placed, page, y


def place_columns(
    strips: tuple[Strip, ...], frame: Frame, gutter: float, page: int, y: float
) -> tuple[list[Placed], int, float]:
    """Put strips (made for half the width) in two columns of about the same height."""
    width = (frame.width - gutter) / 2
    rest, placed = strips, []
    while rest:
        half = sum(strip.gap + strip.height for strip in rest) / 2 + 8
        bottom = min(frame.bottom, y + half)
        ends = [y, y]
        for column in (0, 1):
            left = frame.left + column * (width + gutter)
            # The last column of a balanced pair takes what is over, down to the page's end.
            limit = Frame(left, left + width, y, bottom if column == 0 else frame.bottom)
            count = _fitting(rest, limit)
            done, _, ends[column] = place(rest[:count], limit, page, y)
            placed += done
            rest = rest[count:]
        y = max(ends)
        if rest:
            page, y = page + 1, frame.top
    return placed, page, y


def draw(placed: list[Placed], pages: int) -> pymupdf.Document:
    """A document with the strips drawn on it."""
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT)
        shape = page.new_shape()
        writers: dict[Color, pymupdf.TextWriter] = {}
        for item in (item for item in placed if item.page == number):
            for x0, y0, x1, y1, fill in item.strip.boxes:
                box = pymupdf.Rect(item.x + x0, item.y + y0, item.x + x1, item.y + y1)
                shape.draw_rect(box)
                shape.finish(color=(0.55, 0.55, 0.55), fill=fill, width=0.5)
            for x, y, color in item.strip.circles:
                shape.draw_circle((item.x + x, item.y + y), 3.6)
                shape.finish(color=color, fill=color, width=0.3)
            for glyphs in item.strip.glyphs:
                writer = writers.setdefault(glyphs.color, pymupdf.TextWriter(page.rect))
                writer.append((item.x + glyphs.x, item.y + glyphs.y), glyphs.text, font(glyphs.font), glyphs.size)
        shape.commit()
        for color, writer in writers.items():
            writer.write_text(page, color=color)
    return document


def save(document: pymupdf.Document, title: str, author: str, subject: str, date: str) -> bytes:
    """The file's bytes, the same every time: fixed dates, no random id, only the letters that are used."""
    stamp = f"D:{date.replace('-', '')}120000Z"
    document.set_metadata(
        {"title": title, "author": author, "subject": subject, "creationDate": stamp, "modDate": stamp}
    )
    document.subset_fonts()
    buffer = io.BytesIO()
    document.save(buffer, garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True)
    return buffer.getvalue()


def _kept_height(strips: tuple[Strip, ...], index: int) -> float:
    """Height of a strip with those that must stand on its page."""
    height = strips[index].height
    while strips[index].keep and index + 1 < len(strips):
        index += 1
        height += strips[index].gap + strips[index].height
    return height


def _fitting(strips: tuple[Strip, ...], frame: Frame) -> int:
    """How many strips stand in a column before it is full; at least one."""
    y = frame.top
    for index, strip in enumerate(strips):
        if y + strip.gap + _kept_height(strips, index) > frame.bottom and index:
            return index
        y += strip.gap + strip.height
    return len(strips)
