"""Word files, made here with python-docx."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from ingest.block import Block
from ingest.docx_reader import read_docx
from ingest.errors import IngestError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rapport.docx"


def read(document: "docx.document.Document", path: Path) -> list[Block]:
    document.save(str(path))
    return list(read_docx(path).blocks)


def test_paragraphs_headings_and_lists_in_order(path: Path) -> None:
    document = docx.Document()
    document.add_heading("1. En trygg stad", level=2)
    run = document.add_paragraph().add_run("Analys")
    run.bold = True
    run.font.size = Pt(13)
    document.add_paragraph("Punkt ett", style="List Bullet")
    document.add_paragraph("• Punkt två")
    document.add_paragraph("")
    broken = document.add_paragraph("Rad ett").add_run()
    broken.add_break(WD_BREAK.LINE)
    broken.add_text("rad två")
    found = [(b.text, b.markup, b.level, b.bold, b.gap) for b in read(document, path)]
    assert found == [
        ("1. En trygg stad", "heading", 2, True, 1.0),
        ("Analys", None, None, True, 1.0),
        ("Punkt ett", "list_item", None, False, 1.0),
        ("Punkt två", "list_item", None, False, 1.0),
        ("Rad ett", None, None, False, 1.0),
        ("rad två", None, None, False, 0.0),
    ]
    analys = read_docx(path).blocks[1]
    assert (analys.size, analys.page, analys.runs[0].line, analys.runs[0].box, analys.runs[0].raw) == (
        13.0, None, None, None, "Analys",
    )  # fmt: skip


def test_tables_stand_in_document_order_with_merged_cells(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Före")
    table = document.add_table(rows=3, cols=3)
    for row, words in zip(
        table.rows, (("Indikator", "Utfall", "Årsmål"), ("Andel", "", "7 %"), ("Not", "", "")), strict=True
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    document.add_paragraph("Efter")
    blocks = read(document, path)
    assert [block.text for block in blocks if block.cells is None] == ["Före", "Efter"]
    rows = [[cell.text for cell in block.cells] for block in blocks if block.cells is not None]
    assert rows == [["Indikator", "Utfall", "Årsmål"], ["Andel", "", "7 %"], ["Not", "", ""]]
    assert {block.table for block in blocks if block.cells is not None} == {1}


def test_text_boxes_are_read_once_and_deleted_text_not(path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Synlig text")
    namespaces = nsdecls("w")
    paragraph._p.append(parse_xml(f"<w:del {namespaces}><w:r><w:delText>bort</w:delText><w:t>bort</w:t></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {namespaces}><w:r><w:t> med tillägg</w:t></w:r></w:ins>"))
    paragraph._p.append(
        parse_xml(
            f"<w:r {namespaces}><w:pict><w:txbxContent><w:p><w:r><w:t>I en ruta</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict></w:r>"
        )
    )
    assert [block.text for block in read(document, path)] == ["Synlig text med tillägg", "I en ruta"]


def rewrite(path: Path, member: str, data: bytes) -> None:
    with zipfile.ZipFile(path) as bundle:
        files = {info.filename: bundle.read(info) for info in bundle.infolist()}
    files[member] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)


def test_entities_are_not_expanded(path: Path, tmp_path: Path) -> None:
    (tmp_path / "hemlig.txt").write_text("HEMLIGT")
    docx.Document().save(str(path))
    rewrite(
        path,
        "word/document.xml",
        f"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file://{tmp_path}/hemlig.txt">]>
        <w:document {nsdecls("w")}><w:body><w:p><w:r><w:t>öppet &x;</w:t></w:r></w:p></w:body></w:document>""".encode(),
    )
    assert "HEMLIGT" not in read_docx(path).blocks[0].text


def test_a_bomb_is_refused_before_it_is_unpacked(path: Path) -> None:
    docx.Document().save(str(path))
    rewrite(path, "word/document.xml", b" " * 50_000_000)
    with pytest.raises(IngestError, match="sväller") as caught:
        read_docx(path)
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize("data", [b"PK\x03\x04 and then rubbish", b"no archive at all"])
def test_damaged(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(IngestError, match=r"^rapport\.docx är skadad") as caught:
        read_docx(path)
    assert caught.value.kind == "damaged"


def test_broken_xml_is_damaged(path: Path) -> None:
    docx.Document().save(str(path))
    rewrite(path, "word/document.xml", b"<w:document><w:body>")
    with pytest.raises(IngestError) as caught:
        read_docx(path)
    assert caught.value.kind == "damaged"


def test_no_text(path: Path) -> None:
    docx.Document().save(str(path))
    with pytest.raises(IngestError) as caught:
        read_docx(path)
    assert caught.value.kind == "no_text"


def number_headings(document: "docx.document.Document") -> None:
    """Make the built-in headings 1 to 3 a numbered outline, as Word's list gallery does."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{depth + 1}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, pattern in enumerate(("%1.", "%1.%2", "%1.%2.%3"))
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>'
            f"{levels}</w:abstractNum>"
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth in range(3):
        properties = document.styles[f"Heading {depth + 1}"].element.get_or_add_pPr()
        level = f'<w:ilvl w:val="{depth}"/>' if depth else ""
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{level}<w:numId w:val="77"/></w:numPr>'))


def test_numbers_that_word_counts_stand_before_headings(path: Path) -> None:
    document = docx.Document()
    number_headings(document)
    for title, level in (("Stad", 1), ("Torg", 2), ("Bänkar", 3), ("Parker", 2), ("Bänkar", 3), ("Ekonomi", 1)):
        document.add_heading(title, level=level)
    document.add_paragraph("Första punkten", style="List Number")
    document.add_heading("Budget", level=2)
    blocks = read(document, path)
    assert [block.text for block in blocks] == [
        "1. Stad",
        "1.1 Torg",
        "1.1.1 Bänkar",
        "1.2 Parker",
        "1.2.1 Bänkar",
        "2. Ekonomi",
        "Första punkten",
        "2.1 Budget",
    ]
    run = blocks[2].runs[0]
    assert (blocks[2].text[run.start : run.end], run.raw) == ("Bänkar", "Bänkar")


def test_a_paragraph_taken_out_of_the_numbering_has_no_number(path: Path) -> None:
    document = docx.Document()
    number_headings(document)
    document.add_heading("Stad", level=1)
    bare = document.add_heading("Bilaga", level=1)
    bare._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="0"/></w:numPr>'))
    document.add_heading("Land", level=1)
    assert [block.text for block in read(document, path)] == ["1. Stad", "Bilaga", "2. Land"]


def test_deleted_rows_and_hidden_text_are_left_out(path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, ("kvar", "borta"), strict=True):
        for cell in row.cells:
            cell.text = words
    table.rows[1]._tr.get_or_add_trPr().append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="A" w:date="2031-01-01T00:00:00Z"/>')
    )
    paragraph = document.add_paragraph("Synligt")
    paragraph.add_run(" dolt").font.hidden = True
    assert [block.text for block in read(document, path)] == ["kvar kvar", "Synligt"]
