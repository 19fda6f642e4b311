"""Pages of pictures: an invented report page drawn, made a picture and read again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
import pytest

from ingest import ocr
from ingest.pdf_reader import read_pdf
from ingest.scan_rules import find_rules, without_rules

HEADER = ["Indikator", "Utfall", "Årsmål", "Period"]
WIDTHS = [200.0, 90.0, 90.0, 90.0]
ROWS = [
    ["Antal lån av kanoter", "710 st", "650 st", "2022"],
    ["Antal båtar i hamnen", "", "40 st", "2022"],
    ["Antal kurser i segling", "12 st", "", "2022"],
]
needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with Swedish is not installed")


def draw(page: Any, *, ruled: bool) -> None:
    page.insert_text((60, 80), "Kanoterna i hamnen lånades ut hela sommaren", fontsize=12)
    y = 120.0
    for row in [HEADER, *ROWS]:
        x = 60.0
        for cell, width in zip(row, WIDTHS, strict=True):
            page.insert_text((x + 6, y + 16), cell, fontsize=12)
            if ruled:
                page.draw_rect((x, y, x + width, y + 24), width=0.7)
            x += width
        y += 24
    page.insert_text((60, y + 40), "Nästa sommar köps fler kanoter in till hamnen", fontsize=12)


@pytest.fixture
def scanned(tmp_path: Path) -> Callable[..., Path]:
    def made(*, ruled: bool = True, turn: int = 0) -> Path:
        drawn, pdf = pymupdf.open(), pymupdf.open()
        page = drawn.new_page()
        draw(page, ruled=ruled)
        size = (page.rect.height, page.rect.width) if turn % 180 else (page.rect.width, page.rect.height)
        target = pdf.new_page(width=size[0], height=size[1])
        target.insert_image(target.rect, stream=page.get_pixmap(dpi=200).tobytes("png"), rotate=turn)
        path = tmp_path / f"skannad-{turn}-{ruled}.pdf"
        pdf.save(path)
        return path

    return made


@needs_tesseract
@pytest.mark.parametrize(("ruled", "turn"), [(True, 0), (False, 0), (True, 90), (True, 180)])
def test_tables_of_scans_become_rows(scanned: Callable[..., Path], ruled: bool, turn: int) -> None:
    document = read_pdf(scanned(ruled=ruled, turn=turn))
    rows = [[cell.text for cell in block.cells] for block in document.blocks if block.cells is not None]
    assert rows == [HEADER, *ROWS]
    text = [block.text for block in document.blocks if block.cells is None]
    assert text == ["Kanoterna i hamnen lånades ut hela sommaren", "Nästa sommar köps fler kanoter in till hamnen"]
    assert [block.cells is None for block in document.blocks] == [True, False, False, False, False, True]
    ((page, confidence),) = document.ocr_pages
    assert page == 1
    assert confidence > 80


@needs_tesseract
def test_boxes_of_a_turned_scan_lie_on_the_page_as_displayed(scanned: Callable[..., Path]) -> None:
    upright, turned = (read_pdf(scanned(turn=turn)).blocks[0].runs[0].box for turn in (0, 180))
    assert upright is not None
    assert turned is not None
    assert abs(595 - turned.x1 - upright.x0) < 3
    assert abs(842 - turned.y1 - upright.y0) < 3


def test_lines_are_found_though_the_page_lies_askew_and_can_be_painted_over() -> None:
    picture = np.full((600, 1000), 245, np.uint8)
    for x in range(100, 900):
        picture[200 + x // 150, x] = 90  # falls one pixel in 150
    picture[100:400, 300] = 90
    picture[450:460, 100:160] = 20  # a word
    rules = find_rules(picture, 0.24)
    assert [(rule.horizontal, round(rule.x0), round(rule.x1)) for rule in rules] == [(True, 24, 216), (False, 72, 72)]
    cleaned = without_rules(picture, rules, 0.24)
    assert (cleaned < 150).sum() == 10 * 60


def test_a_picture_full_of_lines_is_no_table() -> None:
    picture = np.zeros((300, 2000), np.uint8)
    picture[:, ::2] = 255
    assert len(find_rules(picture, 0.24)) < 1000
