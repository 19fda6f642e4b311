"""What stands on every page is left out, and only that."""

from dataclasses import replace

from ingest.block import Block, Box, Document, Run
from ingest.contents import find_contents
from ingest.furniture import drop_furniture
from ingest.text_reader import read_text


def kept(text: str) -> list[str]:
    return [block.text for block in drop_furniture(read_text(text.encode(), "a.txt")).blocks if block.text]


def test_page_number_with_its_companions() -> None:
    text = "Arbetet med\n\nTjänsteutlåtande\nSid 17 (96)\n\n start.stockholm\n0850804245\n\nfortsätter i höst."
    assert kept(text) == ["Arbetet med", "fortsätter i höst."]


def test_companions_alone_are_text() -> None:
    assert kept("Tjänsteutlåtande\nstart.stockholm\nSida vid sida arbetar vi") == [
        "Tjänsteutlåtande",
        "start.stockholm",
        "Sida vid sida arbetar vi",
    ]


def test_what_follows_furniture_is_known() -> None:
    cleaned = drop_furniture(read_text(b"Ett\nSida 3 (9)\ntext som fortsatter", "a.txt"))
    after = next(index for index, block in enumerate(cleaned.blocks) if block.text.startswith("text"))
    assert cleaned.interrupted == {after}


def test_repeated_footer_with_title() -> None:
    text = "\n".join(f"Text {word}.\nÅrsrapport 2025     {page} (40)" for page, word in enumerate("abc", start=2))
    assert kept(text) == ["Text a.", "Text b.", "Text c."]
    assert kept("Antalet var 55 (60)") == ["Antalet var 55 (60)"]


def test_contents_with_leaders_tabs_and_titles_over_two_lines() -> None:
    text = (
        "Innehållsförteckning\n\nInledning\t3\nEkonomi som räcker hela\n  året .......... 5\nÖvrigt.....\t9\n\n"
        "Inledning\n\nHär börjar texten."
    )
    contents = find_contents(read_text(text.encode(), "a.txt").blocks)
    assert contents.titles == ("Inledning", "Ekonomi som räcker hela året", "Övrigt")
    assert kept(text) == ["Innehållsförteckning", "Inledning", "Här börjar texten."]


def test_table_with_numbers_is_no_contents() -> None:
    assert not find_contents(read_text("Barn\t4\nVuxna\t5\nÄldre\t6\n".encode(), "a.txt").blocks).titles


def line(text: str, page: int, y: float) -> Block:
    box = Box(page, 70, y, 300, y + 11)
    return Block(text=text, runs=(Run(0, len(text), text, box=box),), page=page, size=11)


def test_pdf_margins_repeat_over_pages() -> None:
    blocks: list[Block] = []
    for page in range(1, 6):
        blocks += [line("Farsta stadsdelsförvaltning", page, 30), line(f"Text på sidan {page}.", page, 300)]
        blocks += [line("Farsta stadsdelsförvaltning", page, 400), line(str(page), page, 800)]
    cleaned = drop_furniture(Document(format="pdf", blocks=tuple(blocks), pages=5))
    texts = [block.text for block in cleaned.blocks]
    assert texts.count("Farsta stadsdelsförvaltning") == 5
    assert not any(text.isdigit() for text in texts)
    assert replace(cleaned.blocks[0], gap=0.0) == blocks[1]


def test_a_header_that_ocr_broke_into_pieces_is_still_a_header() -> None:
    blocks: list[Block] = []
    for page, logo in enumerate(("", "Ö ", "Ce ", "GC "), start=1):
        blocks.append(line(f"{logo}Ekö stad Yttrande Sida {page} (9)", page, 40))
        blocks.append(line("Ekö strandförvaltning", page, 53))
        blocks.append(line(f"Brygga {'ABCD'[page - 1]} är ny.", page, 400))
        blocks.append(line("slut", page, 800))
    blocks += [
        line("Ekö stad", 5, 38),
        line("Yttrande", 5, 50),
        line("Dnr 1.2-17/2031", 5, 62),
        line("2031-05-12", 5, 74),
        line("Stränder i Ekö stad", 5, 90),
        line("Yttrande", 5, 400),
    ]
    cleaned = drop_furniture(Document("pdf", tuple(blocks), pages=5))
    kept_texts = [block.text for block in cleaned.blocks if block.text != "slut"]
    assert kept_texts == [*(f"Brygga {letter} är ny." for letter in "ABCD"), "Stränder i Ekö stad", "Yttrande"]


def test_contents_without_page_numbers() -> None:
    listed = ["Inledning", "KF:s inriktningsmål: 1. En stad", "1.1 Alla har arbete", "Ekonomi som räcker"]
    text = "Innehållsförteckning\n\n- " + "\n- ".join(listed) + "\n\nInledning\n\nHär börjar texten.\n\n"
    text += "KF:s inriktningsmål:\n\n1. En stad\n\n1.1 Alla har arbete\n\nEkonomi som räcker\n\nPengarna räcker.\n"
    contents = find_contents(read_text(text.encode(), "a.txt").blocks)
    assert list(contents.titles) == listed
    assert kept(text)[:3] == ["Innehållsförteckning", "Inledning", "Här börjar texten."]


def test_lines_after_the_word_contents_that_stand_once_are_text() -> None:
    assert kept("Innehåll\n\nFika\n\nFrukt\n\nKaffe\n\nSmör")[1:] == ["Fika", "Frukt", "Kaffe", "Smör"]


def test_contents_without_heading_or_leaders() -> None:
    titles = ["Inledning", "Hamnen växer", "Bryggor och båtar", "Ekonomi"]
    listed = "\n".join(f"{title} {page}" for title, page in zip(titles, (3, 4, 4, 9), strict=True))
    text = "\n\n".join(f"{title}\n\nHamnen hade 12 båtar i maj." for title in titles)
    blocks = read_text(f"Kajvägen 30, plan 9\n\n{listed}\n\n{text}\n".encode(), "a.txt").blocks
    assert list(find_contents(blocks).titles) == titles
    # Rows of figures do not come again.
    assert not find_contents(read_text(f"{listed}\n\nHamnen växer.\n".encode(), "a.txt").blocks).titles
