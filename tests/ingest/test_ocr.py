"""What is made of Tesseract's table of words."""

from ingest import ocr

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def word(block: int, line: int, left: int, top: int, conf: float, text: str) -> str:
    return f"5\t1\t{block}\t1\t{line}\t1\t{left}\t{top}\t100\t30\t{conf}\t{text}\n"


def test_lines_words_boxes_and_confidence() -> None:
    tsv = (
        HEADER
        + "4\t1\t1\t1\t1\t0\t100\t200\t300\t30\t-1\t\n"
        + word(1, 1, 100, 200, 90, 'Parkleken"')
        + word(1, 1, 220, 200, 70, "Gläntan")
        + word(1, 2, 100, 240, 80, "öppnar")
        + word(2, 1, 100, 400, 95, " ")
        + word(2, 2, 100, 500, 80, "Ny")
    )
    words = ocr.parse_tsv(tsv, 3, 0.24)
    blocks = ocr.line_blocks(words, 3)
    assert [(block.text, block.page) for block in blocks] == [('Parkleken" Gläntan', 3), ("öppnar", 3), ("Ny", 3)]
    assert ocr.mean_confidence(words) == 80
    first, second = blocks[0].runs
    assert (second.start, second.end, second.raw) == (11, 18, "Gläntan")
    assert first.box is not None
    assert (first.box.page, first.box.x0, first.box.y0, first.box.x1, first.box.y1) == (3, 24, 48, 48, 55.2)
    assert blocks[1].gap < 0.5 < 1 < blocks[2].gap


def test_a_page_without_words_is_empty() -> None:
    assert ocr.parse_tsv(HEADER, 1, 0.24) == ()
    assert ocr.mean_confidence(()) == 0


def test_a_drawn_mark_is_no_word_and_a_paragraph_has_one_size() -> None:
    tsv = HEADER + word(1, 1, 80, 200, 40, "&") + word(1, 1, 100, 200, 90, "Uppfylls") + word(1, 2, 80, 240, 50, "•")
    tsv += "5\t1\t1\t1\t2\t1\t100\t240\t100\t20\t90\tsommar\n"
    blocks = ocr.line_blocks(ocr.parse_tsv(tsv, 1, 0.24), 1)
    assert [(block.text, block.markup) for block in blocks] == [("Uppfylls", None), ("sommar", "list_item")]
    assert blocks[0].size == blocks[1].size
