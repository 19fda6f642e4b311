"""PDF files drawn here, with invented words in the form of real reports, and what the reader makes of them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from ingest import ocr, pdf_reader
from ingest.block import Block, Document
from ingest.errors import IngestError
from ingest.pdf_reader import page_list, read_pdf

ARCHIVE = Path(__file__).parents[2] / "../shared/archive"
GREEN, YELLOW, RED, GREY = (0.2, 0.65, 0.2), (0.96, 0.77, 0.0), (0.84, 0.16, 0.18), (0.6, 0.6, 0.6)
LINES = [
    "Parkleken Gläntan höll öppet alla vardagar under perioden.",
    "Barnen i området deltog i sagostunder och odling, och",
    "föräldrarna berättade att de kände sig trygga på platsen.",
    "Ett nytt lekhus byggdes tillsammans med elever ur klass",
    "fyra, som också målade staketet mot cykelbanan i gult.",
]
INDICATOR_HEADER = ["Indikator", "Periodens\nutfall", "Årsmål", "KF:s\nårsmål", "Period"]


def write(page: Any, x: float, y: float, text: str, size: float = 11, bold: bool = False, **options: Any) -> None:
    page.insert_text((x, y), text, fontsize=size, fontname="hebo" if bold else "helv", **options)


def prose(page: Any, x: float, y: float, lines: list[str], size: float = 11) -> float:
    for line in lines:
        write(page, x, y, line, size)
        y += 1.25 * size
    return y


def grid(page: Any, x: float, y: float, widths: list[float], rows: list[list[str]], size: float = 8) -> float:
    """A ruled table; a row with one text is one cell across all columns."""
    right = x + sum(widths)
    page.draw_line((x, y), (right, y))
    for number, row in enumerate(rows):
        height = 4 + size * 1.2 * max(len(cell.split("\n")) for cell in row)
        edge = x
        for cell, width in zip(row, widths, strict=False):
            page.draw_line((edge, y), (edge, y + height))
            for index, line in enumerate(cell.split("\n")):
                write(page, edge + 2, y + 2 + size * (1 + 1.2 * index), line, size, bold=number == 0)
            edge += width
        page.draw_line((right, y), (right, y + height))
        y += height
        page.draw_line((x, y), (right, y))
    return y


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    def saved(pdf: Any, name: str = "rapport.pdf", **options: Any) -> Path:
        path = tmp_path / name
        pdf.save(path, **options)
        pdf.close()
        return path

    return saved


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in document.blocks if block.cells is not None]


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def broken_runs(path: Path, document: Document, password: str | None = None) -> list[str]:
    """Runs that are not verbatim in the text of their page."""
    with pymupdf.open(path) as pdf:
        if password:
            pdf.authenticate(password)
        sources = [folded(page.get_text()) for page in pdf]
    scanned = {page for page, _ in document.ocr_pages}
    return [
        run.raw
        for block in document.blocks
        for run in (*block.runs, *(run for cell in block.cells or () for run in cell.runs))
        if run.box and run.box.page not in scanned and folded(run.raw) not in sources[run.box.page - 1]
    ]


def joined_share(path: Path, document: Document) -> float:
    """Share of neighbouring lines whose raw text is found together in the text of their page."""
    with pymupdf.open(path) as pdf:
        sources = [folded(page.get_text()) for page in pdf]
    scanned = {page for page, _ in document.ocr_pages}
    pairs = [
        (above, below)
        for above, below in zip(document.blocks, document.blocks[1:], strict=False)
        if above.page == below.page not in scanned and above.cells is None and below.cells is None
    ]
    hits = [
        folded(f"{above.runs[-1].raw}\n{below.runs[0].raw}") in sources[(above.page or 1) - 1] for above, below in pairs
    ]
    return sum(hits) / len(hits) if len(hits) > 50 else 1.0


def test_lines_come_with_font_place_and_paragraph_distance(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    write(page, 70, 90, "Nämndmål: 1.2.1 Gläntan är en trygg park", 14, bold=True)
    below = prose(page, 70, 115, LINES)
    prose(page, 70, below + 9, LINES[:2])
    path = save(pdf)
    document = read_pdf(path)
    heading, first, *rest = document.blocks
    assert (heading.text, heading.size, heading.bold, heading.page) == (
        "Nämndmål: 1.2.1 Gläntan är en trygg park", 14.0, True, 1,
    )  # fmt: skip
    assert (first.text, first.size, first.bold) == (LINES[0], 11.0, False)
    assert [block.gap for block in rest] == [0, 0, 0, 0, 1, 0]
    box = first.runs[0].box
    assert box is not None
    assert (box.page, round(box.x0)) == (1, 70)
    assert 100 < box.y0 < 115 < box.y1 < 122
    assert (document.pages, document.unreadable_pages, document.warnings) == (1, (), ())
    assert broken_runs(path, document) == []
    assert document.blocks[1].runs[0].raw == LINES[0]


def test_two_columns_are_read_one_after_the_other(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    write(page, 60, 60, "Rubriken går tvärs över båda spalterna på sidan", 14, bold=True)
    left = [f"Vänster spalt, rad {number} av texten här" for number in range(12)]
    right = [f"Höger spalt, rad {number} av texten här" for number in range(10)]
    for number in range(12):  # drawn row by row, as some programs do
        write(page, 60, 90 + 14 * number, left[number])
        if number < 10:
            write(page, 310, 90 + 14 * number, right[number])
    write(page, 60, 300, "Stycket under spalterna går åter över hela bredden av sidan, från kant till kant.")
    document = read_pdf(save(pdf))
    assert texts(document)[1:-1] == left + right


def test_columns_with_lines_at_different_heights(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    prose(page, 60, 90, [f"Vänster rad {number}" for number in range(8)])
    prose(page, 310, 96, [f"Höger rad {number}" for number in range(8)])
    document = read_pdf(save(pdf))
    assert texts(document) == [f"{side} rad {number}" for side in ("Vänster", "Höger") for number in range(8)]


def test_address_columns_do_not_draw_in_the_header_above(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    write(page, 60, 40, "Exempelstaden", 11, bold=True)
    write(page, 380, 40, "Sida 1 (9)", 8.5)
    prose(page, 60, 130, ["Handläggare", "Kim Exempel", "Telefon: 000-00 00"], 9)
    prose(page, 260, 130, ["Till", "Påhittade", "stadsdelsnämnden"], 9)
    assert texts(read_pdf(save(pdf))) == [
        "Exempelstaden", "Sida 1 (9)", "Handläggare", "Kim Exempel", "Telefon: 000-00 00", "Till", "Påhittade",
        "stadsdelsnämnden",
    ]  # fmt: skip


def test_stretched_words_of_a_justified_line_stay_on_it(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    prose(page, 60, 90, ["En lång rad med många ord som når marginalen"])
    for x, word in ((60, "Fyra"), (120, "glest"), (185, "satta"), (250, "ord")):
        write(page, x, 103.75, word)
    prose(page, 60, 117.5, ["En till lång rad med ord som når marginalen"])
    assert texts(read_pdf(save(pdf)))[1] == "Fyra glest satta ord"


def test_ruled_table_over_two_pages_keeps_cells_and_repeats_its_header(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    widths = [180, 60, 60, 60, 60]
    for body in (
        [["Andel nöjda besökare\ni parkleken", "", "79 %", "81 %", "2021"]],
        [["Antal lekhus", "3 st", "", "-", "2021"]],
    ):
        page = pdf.new_page()
        write(page, 70, 60, "Exempelstaden", 9)
        grid(page, 70, 90, widths, [INDICATOR_HEADER, *body])
    path = save(pdf)
    document = read_pdf(path)
    header = ["Indikator", "Periodens utfall", "Årsmål", "KF:s årsmål", "Period"]
    assert rows(document) == [
        header,
        ["Andel nöjda besökare i parkleken", "", "79 %", "81 %", "2021"],
        header,
        ["Antal lekhus", "3 st", "", "-", "2021"],
    ]
    found = [block for block in document.blocks if block.cells is not None]
    assert [block.bold for block in found] == [True, False, True, False]
    assert found[0].table == found[1].table != found[2].table
    cell = found[1].cells[0] if found[1].cells else None
    assert cell is not None
    assert [cell.text[run.start : run.end] for run in cell.runs] == ["Andel nöjda besökare", "i parkleken"]
    assert all(run.box for run in cell.runs)
    assert broken_runs(path, document) == []


def test_a_row_left_open_at_the_page_break_is_a_row(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    y = grid(page, 70, 90, [180, 60], [["Aktivitet", "Startdatum"], ["Måla staketet", "2021-01-01"]])
    for x in (70, 250, 310):
        page.draw_line((x, y), (x, y + 26))
    for number, line in enumerate(("Bygg ett lekhus i samarbete med", "skolan och")):
        write(page, 72, y + 10 + 10 * number, line, 8)
    write(page, 252, y + 10, "2021-02-01", 8)
    assert rows(read_pdf(save(pdf)))[2] == ["Bygg ett lekhus i samarbete med skolan och", "2021-02-01"]


def test_a_shaded_header_ends_with_its_shade(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect((70, 90, 310, 104), color=None, fill=(0.85, 0.9, 0.95))
    for y in (90, 130):
        page.draw_line((70, y), (310, y))
    for x in (70, 250, 310):
        page.draw_line((x, 90), (x, 130))
    for y, name, date in ((100, "Aktivitet", "Startdatum"), (114, "och skolan i området", "")):
        write(page, 72, y, name, 8)
        write(page, 252, y, date, 8)
    assert rows(read_pdf(save(pdf))) == [["Aktivitet", "Startdatum"], ["och skolan i området", ""]]


def test_text_that_the_file_runs_through_a_rule_is_cut_there(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect((70, 90, 170, 130))
    page.draw_line((105, 90), (105, 130))
    page.draw_line((70, 110), (170, 110))
    write(page, 73, 104, "Namn     Värde", 8)
    write(page, 73, 124, "Lek        12", 8)
    assert rows(read_pdf(save(pdf))) == [["Namn", "Värde"], ["Lek", "12"]]


def test_merged_cells_keep_the_columns(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    comment = "Analys: Utfallet beror på att två lekhus stod stängda under våren."
    table = [
        INDICATOR_HEADER,
        ["Antal lekhus", "3 st", "5 st", "", "2021"],
        [comment],
        ["Antal bänkar", "8 st", "9 st", "", "2021"],
    ]
    grid(page, 70, 90, [180, 60, 60, 60, 60], table)
    found = rows(read_pdf(save(pdf)))
    assert found[2] == [comment, "", "", "", ""]
    assert found[3] == ["Antal bänkar", "8 st", "9 st", "", "2021"]


def test_a_frame_round_text_is_no_table(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect((60, 70, 500, 200))
    prose(page, 70, 90, LINES)
    document = read_pdf(save(pdf))
    assert texts(document) == LINES
    assert rows(document) == []


def test_table_without_rules(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    y = prose(page, 65, 90, LINES)
    columns = (65, 330, 400, 470)
    table = [
        (["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"],),
        (
            ["Andel barn som trivs i parklekens nya", "86 %", "Fastställs av", "År"],
            ["lekhus enligt egen enkät", "", "nämnden", ""],
        ),
        (["Antal odlingslådor", "", "12 st", "Tertial"],),
        (["Andel nöjda vuxna", "93 %", "90 %", "År"],),
    ]
    y += 12
    for number, record in enumerate(table):
        for line in record:
            for x, words in zip(columns, line, strict=True):
                if words:
                    write(page, x, y, words, 8.5, bold=number == 0)
            y += 10.4
        y += 2.5
    prose(page, 65, y + 12, LINES[:2])
    path = save(pdf)
    document = read_pdf(path)
    assert rows(document) == [
        ["Indikator", "Årsmål", "KF:s årsmål", "Periodicitet"],
        ["Andel barn som trivs i parklekens nya lekhus enligt egen enkät", "86 %", "Fastställs av nämnden", "År"],
        ["Antal odlingslådor", "", "12 st", "Tertial"],
        ["Andel nöjda vuxna", "93 %", "90 %", "År"],
    ]
    assert texts(document)[:5] == LINES
    assert texts(document)[-2:] == LINES[:2]
    assert broken_runs(path, document) == []


def test_table_of_figures_aligned_to_the_right(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    table = [("Verksamhet", "Budget", "Utfall"), ("Parklek", "1 200,5", "-12,4"), ("Odling", "8,0", "1 003,9")]
    for number, (name, *values) in enumerate(table):
        y = 90 + 13 * number
        write(page, 65, y, name, 9)
        for right, value in zip((300, 400), values, strict=True):
            write(page, right - pymupdf.get_text_length(value, fontsize=9), y, value, 9)
    assert rows(read_pdf(save(pdf))) == [list(row) for row in table]


def test_contents_lists_stay_lines(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for number, (title, leader, target) in enumerate(
        [("Sammanfattning", 60, "3"), ("Parker och lek", 58, "12"), ("Ekonomi", 66, "27")]
    ):
        y = 90 + 16 * number
        write(page, 65, y, title + "." * leader)
        write(page, 500, y, target)
        write(page, 65, y + 300, title)
        write(page, 500, y + 300, target)
    document = read_pdf(save(pdf))
    assert rows(document) == []
    assert [re.sub(r"\.+", "…", line) for line in texts(document)[:3]] == [
        "Sammanfattning… 3", "Parker och lek… 12", "Ekonomi… 27",
    ]  # fmt: skip


@pytest.mark.parametrize("turn", ["page", "text"])
def test_rotated_pages(save: Callable[..., Path], turn: str) -> None:
    pdf = pymupdf.open()
    upright = pymupdf.open()
    page = upright.new_page(width=842, height=595)
    prose(page, 70, 60, LINES[:2])
    grid(page, 70, 120, [180, 60, 60, 60, 60], [INDICATOR_HEADER, ["Antal lekhus", "3 st", "", "-", "2021"]])
    side = pdf.new_page(width=595, height=842)
    side.show_pdf_page(side.rect, upright, 0, rotate=90)
    if turn == "page":
        side.set_rotation(90)
    document = read_pdf(save(pdf))
    assert texts(document)[:2] == LINES[:2]
    assert rows(document)[1] == ["Antal lekhus", "3 st", "", "-", "2021"]
    box = document.blocks[0].runs[0].box
    assert box is not None
    if turn == "page":
        assert box.x1 - box.x0 > 10 * (box.y1 - box.y0)
        assert (round(box.x0), box.y0 < 60 < box.y1) == (70, True)
    else:
        assert box.y1 - box.y0 > 10 * (box.x1 - box.x0)


def test_ligatures_are_spelled_out_and_raw_keeps_them(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_htmlbox((60, 60, 500, 120), "<p>Fler \ufb01lmkvällar och of\ufb01ciella invigningar</p>")
    path = save(pdf)
    document = read_pdf(path)
    assert texts(document) == ["Fler filmkvällar och officiella invigningar"]
    assert "\ufb01" in document.blocks[0].runs[0].raw
    assert broken_runs(path, document) == []


def test_running_headers_and_footers_stand_at_the_same_place(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    for number in range(1, 4):
        page = pdf.new_page()
        write(page, 60, 40, "Exempelstaden", 9)
        write(page, 470, 40, f"Sida {number} (3)", 8.5)
        prose(page, 60, 120, LINES)
        write(page, 60, 800, "Påhittade stadsdelsnämnden", 8)
    document = read_pdf(save(pdf))
    headers = [block for block in document.blocks if block.text == "Exempelstaden"]
    assert [block.page for block in headers] == [1, 2, 3]
    assert len({(run.box.x0, run.box.y0) for block in headers for run in block.runs if run.box}) == 1
    assert [text for text in texts(document) if text.startswith("Sida")] == ["Sida 1 (3)", "Sida 2 (3)", "Sida 3 (3)"]


def test_status_marks_give_their_colour(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    marks = ((GREEN, "helt"), (YELLOW, "delvis"), (RED, "inte"), (None, "ej bedömt"))
    for number, (color, status) in enumerate(marks):
        y = 90 + 60 * number
        page.draw_circle((66, y - 4), 5, color=GREY, fill=color)
        write(page, 80, y, f"Uppfylls {status}")
        write(page, 65, y + 20, "Analys", 12, bold=True)
    page.draw_rect((62, 340, 70, 348), fill=GREEN, color=None)
    write(page, 80, 348, "Uppfylls helt")
    document = read_pdf(save(pdf))
    symbols = {(block.text, block.symbol) for block in document.blocks if block.text.startswith("Uppfylls")}
    assert symbols == {
        ("Uppfylls helt", "green"),
        ("Uppfylls delvis", "yellow"),
        ("Uppfylls inte", "red"),
        ("Uppfylls ej bedömt", None),
    }
    assert all(block.symbol is None for block in document.blocks if block.text == "Analys")


def test_status_marks_that_are_pictures_or_coloured_characters(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    dot = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 20, 20))
    dot.set_rect(dot.irect, (214, 40, 46))
    page.insert_image((60, 80, 70, 90), pixmap=dot)
    write(page, 80, 89, "Uppfylls inte")
    page.insert_htmlbox((60, 120, 400, 160), '<p><span style="color:#f5c400">●</span> Uppfylls delvis</p>')
    found = [(block.text, block.symbol) for block in read_pdf(save(pdf)).blocks]
    assert found == [("Uppfylls inte", "red"), ("Uppfylls delvis", "yellow")]


def test_a_table_row_has_the_colour_of_its_mark(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    table = [
        ["", "Aktivitet", "Startdatum"],
        ["", "Måla staketet", "2021-01-01"],
        ["", "Bygg ett lekhus", "2021-02-01"],
    ]
    grid(page, 70, 90, [14, 200, 80], table)
    page.draw_circle((77, 110), 3.5, color=GREY, fill=GREEN)
    found = [block for block in read_pdf(save(pdf)).blocks if block.cells]
    assert [block.symbol for block in found] == [None, "green", None]
    assert [cell.text for cell in found[1].cells or ()] == ["", "Måla staketet", "2021-01-01"]


def test_list_items_lose_their_mark(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for number in range(3):
        write(page, 70, 90 + 15 * number, "•")
        write(page, 85, 90 + 15 * number, LINES[number])
    document = read_pdf(save(pdf))
    assert texts(document) == LINES[:3]
    assert {block.markup for block in document.blocks} == {"list_item"}
    assert document.blocks[0].runs[0].raw.endswith(f"\n{LINES[0]}")


def test_bookmarks_mark_headings(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    write(page, 60, 90, "KF:s mål för verksamhetsområdet:", 14, bold=True)
    write(page, 60, 107, "1.2. Staden är full av trygga parker", 14, bold=True)
    write(page, 60, 140, "Analys", 12, bold=True)
    prose(page, 60, 160, LINES)
    pdf.set_toc([[1, "KF:s mål för verksamhetsområdet: 1.2. Staden är full av trygga parker", 1], [2, "Analys", 1]])
    found = [(block.markup, block.level) for block in read_pdf(save(pdf)).blocks]
    assert found[:4] == [("heading", 1), ("heading", 1), ("heading", 2), (None, None)]


def image_page(pdf: Any, lines: list[str]) -> None:
    """A page that is only a picture of text."""
    drawn = pymupdf.open()
    prose(drawn.new_page(), 70, 100, lines, 13)
    picture = drawn[0].get_pixmap(dpi=150)
    page = pdf.new_page()
    page.insert_image(page.rect, pixmap=picture)


def mixed(save: Callable[..., Path]) -> Path:
    pdf = pymupdf.open()
    prose(pdf.new_page(), 60, 90, LINES)
    image_page(pdf, ["Parkleken Gläntan är öppen", "varje vardag under sommaren"])
    return save(pdf)


def test_a_scanned_page_is_told_when_it_cannot_be_read(
    save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    document = read_pdf(mixed(save))
    assert (document.pages, document.unreadable_pages, document.ocr_pages) == (2, (2,), ())
    assert "sidorna 2 är bilder" in document.warnings[0]
    assert texts(document) == LINES


@pytest.mark.skipif(not ocr.available(), reason="tesseract with Swedish is not installed")
def test_a_scanned_page_is_read_by_tesseract(save: Callable[..., Path]) -> None:
    document = read_pdf(mixed(save))
    scanned = [block for block in document.blocks if block.page == 2]
    assert [block.text for block in scanned] == ["Parkleken Gläntan är öppen", "varje vardag under sommaren"]
    assert document.unreadable_pages == ()
    assert document.ocr_pages[0][0] == 2
    assert document.ocr_pages[0][1] > 50
    first = scanned[0].runs[0]
    assert (first.raw, first.start, first.end) == ("Parkleken", 0, 9)
    assert first.box is not None
    assert 65 < first.box.x0 < 75


def test_only_scans_and_no_tesseract_is_an_error(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    pdf = pymupdf.open()
    image_page(pdf, LINES)
    with pytest.raises(IngestError, match="tesseract") as caught:
        read_pdf(save(pdf))
    assert caught.value.kind == "no_text"


def test_encrypted(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    prose(pdf.new_page(), 60, 90, LINES)
    path = save(pdf, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="lind", owner_pw="al")
    for password in (None, "fel"):
        with pytest.raises(IngestError, match="--password") as caught:
            read_pdf(path, password)
        assert caught.value.kind == "encrypted"
    assert texts(read_pdf(path, "lind")) == LINES


def test_a_truncated_file_is_read_as_far_as_it_goes(save: Callable[..., Path], tmp_path: Path) -> None:
    pdf = pymupdf.open()
    for number in range(30):
        prose(pdf.new_page(), 60, 90, [f"Sidan {number + 1}", *LINES])
    whole = save(pdf, no_new_id=True)
    data = whole.read_bytes()
    cut = tmp_path / "avkortad.pdf"
    cut.write_bytes(data[: len(data) * 6 // 10])
    document = read_pdf(cut)
    readable = {block.page for block in document.blocks}
    assert document.pages is not None
    assert 0 < len(readable) < 30
    assert set(document.unreadable_pages) == set(range(1, document.pages + 1)) - readable
    if document.unreadable_pages:
        assert "avkortad" in document.warnings[0]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_a_pdf"),
        (b"%PDF-1.7\n" + b"rubbish " * 50, "damaged"),
    ],
)
def test_what_is_no_readable_pdf(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(data)
    with pytest.raises(IngestError, match=r"^fil\.pdf .*;") as caught:
        read_pdf(path)
    assert caught.value.kind == kind


def test_many_empty_pages_have_no_text(save: Callable[..., Path]) -> None:
    pdf = pymupdf.open()
    for _ in range(300):
        pdf.new_page()
    with pytest.raises(IngestError, match="300 sidor men ingen text") as caught:
        read_pdf(save(pdf))
    assert caught.value.kind == "no_text"


def test_bounds(save: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = pymupdf.open()
    for _ in range(3):
        prose(pdf.new_page(), 60, 90, LINES)
    path = save(pdf)
    monkeypatch.setattr(pdf_reader, "MAX_PAGES", 2)
    with pytest.raises(IngestError, match="3 sidor") as caught:
        read_pdf(path)
    assert caught.value.kind == "too_large"
    monkeypatch.setattr(pdf_reader, "MAX_BYTES", 100)
    with pytest.raises(IngestError) as caught:
        read_pdf(path)
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize(("pages", "text"), [([3], "3"), ([1, 2, 3, 7], "1–3, 7"), ([5, 4, 9], "4–5, 9")])
def test_page_list(pages: list[int], text: str) -> None:
    assert page_list(pages) == text


def _real_pdfs() -> list[Path]:
    found = [
        ARCHIVE / "pdf-a/HV-2021-T1.pdf",
        ARCHIVE / "pdf-b/ST-2022-VP.pdf",
        ARCHIVE / "odd/rotated.pdf",
        ARCHIVE / "odd/status-colors.pdf",
    ]
    return sorted([*found, *sorted(ARCHIVE.glob("other/*.pdf"))[:3]]) if ARCHIVE.exists() else []


@pytest.mark.skipif(not ARCHIVE.exists(), reason="the development archive is not here")
@pytest.mark.parametrize("path", _real_pdfs(), ids=lambda path: path.stem[-30:])
def test_real_files_give_verbatim_runs(path: Path) -> None:
    document = read_pdf(path)
    assert broken_runs(path, document) == []
    assert joined_share(path, document) > 0.85
    for block in document.blocks:
        assert _covers(block)


def _covers(block: Block) -> bool:
    """Whether the runs stand in order and leave out only spaces."""
    position = 0
    for run in block.runs:
        if run.start < position or block.text[position : run.start].strip():
            return False
        position = run.end
    return not block.text[position:].strip()
