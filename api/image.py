"""A page of a PDF as a picture, with a passage's boxes drawn on it."""

import functools
import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.problems import ProblemError
from search.errors import NotFoundError
from search.schema import PageBox

ZOOM = 1.6
"""Pixels for one PDF point: about 115 dots an inch, readable and small."""
MAX_SIDE = 2400
"""Pixels; a page that claims to be metres wide is shrunk to this."""
MAX_BYTES = 170_000
"""Bytes of a picture, so that its page stays below 200 kB; scans are shrunk until they fit."""
LEAST_ZOOM = 0.7
_MARGIN = 2.0
"""Points of air around a box."""

# MuPDF may not be used from several threads at a time.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not to be seen on a page."""

    spans: Callable[[str], list[tuple[int, int]]]
    """The ranges of a printed line that hold personal data."""
    boxes: Sequence[PageBox] = ()
    """Lines known to hold some: covered whole on a page without a text layer."""


def page_png(path: Path, sha256: str, page: int, boxes: Sequence[PageBox], hidden: Hidden) -> bytes:
    """The 1-based `page` of the PDF at `path` as PNG. Raises NotFoundError and ProblemError."""
    try:
        stat = path.stat()
    except OSError:
        raise NotFoundError(f"Källfilen {path.name} finns inte kvar; lägg tillbaka den och kör spana ingest.") from None
    if _digest(path, stat.st_mtime_ns, stat.st_size) != sha256:
        raise ProblemError(409, f"{path.name} har ändrats sedan den lästes in; kör spana ingest på den igen.")
    with _lock:
        return _render(path, page, boxes, hidden)


def page_size(path: Path, page: int) -> tuple[int, int]:
    """Width and height in pixels of the picture of the 1-based `page`. Raises NotFoundError and ProblemError."""
    with _lock, _opened(path) as document:
        return _size(_page(document, path, page))


def _covers(words: Sequence[Any], spans: Callable[[str], list[tuple[int, int]]]) -> list[tuple[float, ...]]:
    """Rectangles over the words of a page that hold personal data; a number may go on over a blank or a line's end."""
    text, places = "", []
    for word in words:
        places.append((len(text), len(text) + len(word[4]), tuple(word[:4])))
        text += word[4] + " "
    found = spans(text)
    return [box for start, end, box in places if any(start < b and a < end for a, b in found)]


@functools.lru_cache(maxsize=256)
def _digest(path: Path, modified: int, size: int) -> str:  # noqa: ARG001 - the time and size make the cache key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path) -> Any:
    import pymupdf

    if not path.exists():
        raise NotFoundError(f"Källfilen {path.name} finns inte kvar; lägg tillbaka den och kör spana ingest.")
    try:
        document = pymupdf.open(path)
    except (RuntimeError, ValueError):
        raise ProblemError(415, f"{path.name} är ingen pdf, så det finns inga sidbilder.") from None
    if not document.is_pdf:
        document.close()
        raise ProblemError(415, f"{path.name} är ingen pdf, så det finns inga sidbilder.")
    if document.needs_pass:
        document.close()
        raise ProblemError(415, f"{path.name} är krypterad; sidbilder kan inte visas.")
    return document


def _page(document: Any, path: Path, number: int) -> Any:
    if not 1 <= number <= document.page_count:
        raise NotFoundError(f"{path.name} har {document.page_count} sidor; sidan {number} finns inte.")
    return document[number - 1]


def _zoom(page: Any) -> float:
    return min(ZOOM, float(MAX_SIDE / max(page.rect.width, page.rect.height, 1.0)))


def _size(page: Any) -> tuple[int, int]:
    zoom = _zoom(page)
    return round(page.rect.width * zoom), round(page.rect.height * zoom)


def _render(path: Path, number: int, boxes: Sequence[PageBox], hidden: Hidden) -> bytes:
    import pymupdf

    with _opened(path) as document:
        page = _page(document, path, number)
        for box in boxes:
            if box.page == number:
                shown = pymupdf.Rect(box.x0 - _MARGIN, box.y0 - _MARGIN, box.x1 + _MARGIN, box.y1 + _MARGIN)
                # Boxes are on the page as displayed; drawing happens on the page as stored.
                page.draw_rect(
                    shown * page.derotation_matrix,
                    color=(0.75, 0.30, 0.0),
                    fill=(1.0, 0.80, 0.25),
                    width=1.0,
                    fill_opacity=0.3,
                )
        words = page.get_text("words")
        covers = _covers(words, hidden.spans) if words else [(b.x0, b.y0, b.x1, b.y1) for b in hidden.boxes]
        for cover in covers:
            area = pymupdf.Rect(cover) if words else pymupdf.Rect(cover) * page.derotation_matrix
            page.draw_rect(area, color=(0, 0, 0), fill=(0, 0, 0), width=0)
        zoom = _zoom(page)
        png = _png(page, zoom)
        while len(png) > MAX_BYTES and zoom > LEAST_ZOOM:
            zoom *= 0.8
            png = _png(page, zoom)
        return png


def _png(page: Any, zoom: float) -> bytes:
    """The picture with sixteen steps of each colour: text looks the same and takes half the bytes."""
    import numpy as np
    import pymupdf

    full = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
    few = np.frombuffer(full.samples, dtype=np.uint8) // 17 * 17
    return bytes(pymupdf.Pixmap(pymupdf.csRGB, full.width, full.height, few.tobytes(), 0).tobytes("png"))
