"""Pages as pictures, with what is personal covered."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pymupdf
import pytest

from api.image import ZOOM, Hidden, page_png
from models.personal_data import find_personal_data

NUMBER = "811228-9874"


def spans(text: str) -> list[tuple[int, int]]:
    return [(datum.start, datum.end) for datum in find_personal_data(text)]


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[[int], Path]:
    def make(rotation: int) -> Path:
        path = tmp_path / f"sida-{rotation}.pdf"
        with pymupdf.open() as document:
            page = document.new_page()
            page.insert_text((72, 100), f"Ärendet rör {NUMBER} och inget annat.", fontsize=14)
            page.set_rotation(rotation)
            document.save(path)
        return path

    return make


def dark(png: bytes) -> int:
    """Black pixels."""
    pixels = pymupdf.Pixmap(png)
    samples = bytes(pixels.samples)
    return sum(1 for place in range(0, len(samples), pixels.n) if samples[place : place + 3] == b"\x00\x00\x00")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_personal_data_are_covered(pdf: Callable[[int], Path], rotation: int) -> None:
    path = pdf(rotation)
    digest = sha256(path.read_bytes()).hexdigest()
    with pymupdf.open(path) as document:
        word = next(w for w in document[0].get_text("words") if w[4] == NUMBER)
    area = (word[2] - word[0]) * (word[3] - word[1]) * ZOOM * ZOOM
    plain = dark(page_png(path, digest, 1, (), Hidden(lambda _: [])))
    covered = dark(page_png(path, digest, 1, (), Hidden(spans)))
    assert covered - plain > 0.6 * area


def test_lines_of_a_scan_are_covered(tmp_path: Path) -> None:
    from search.schema import PageBox

    path = tmp_path / "bild.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(path)
    digest = sha256(path.read_bytes()).hexdigest()
    box = PageBox(page=1, x0=50, y0=50, x1=150, y1=70)
    assert dark(page_png(path, digest, 1, (), Hidden(spans, (box,)))) > 0.9 * 100 * 20 * ZOOM * ZOOM
