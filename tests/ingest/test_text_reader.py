"""Text files of any encoding and with leftover marks."""

import pytest

from ingest.errors import IngestError
from ingest.text_reader import read_text


def test_one_block_a_line_with_place() -> None:
    document = read_text(b"Rubrik\n\n  Brodtext har\n", "a.txt")
    assert [block.text for block in document.blocks] == ["Rubrik", "", "Brodtext har"]
    (run,) = document.blocks[2].runs
    assert (run.line, run.column, run.raw) == (3, 2, "Brodtext har")
    assert document.blocks[2].gap == 1
    assert document.blocks[2].indent == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    document = read_text("Åtgärder på ön – klart".encode(encoding), "a.txt")
    assert document.blocks[0].text == "Åtgärder på ön – klart"


def test_latin1_when_windows_1252_has_no_such_character() -> None:
    assert read_text(b"\xc5terbruk \x81", "a.txt").blocks[0].text.startswith("Återbruk")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_by_line_ends_only(end: str) -> None:
    document = read_text(f"ett{end}två\u2028två{end}\ftre".encode(), "a.txt")
    assert [block.text for block in document.blocks] == ["ett", "två två", "tre"]


@pytest.mark.parametrize("data", [b"", b" \n\t\n"])
def test_empty(data: bytes) -> None:
    with pytest.raises(IngestError, match=r"a\.txt") as error:
        read_text(data, "a.txt")
    assert error.value.kind == "empty"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(32)) * 40, b"%PDF-1.7 x"])
def test_binary(data: bytes) -> None:
    with pytest.raises(IngestError) as error:
        read_text(data, "a.txt")
    assert error.value.kind == "unsupported"


def test_tabs_make_a_row_with_empty_cells_in_place() -> None:
    block = read_text("  Andel nöjda\t\t70 %\t\n".encode(), "a.txt").blocks[0]
    assert block.cells is not None
    assert [cell.text for cell in block.cells] == ["Andel nöjda", "", "70 %", ""]
    assert [(run.column, run.raw) for run in block.runs] == [(2, "Andel nöjda"), (15, "70 %")]
    assert block.text == "Andel nöjda 70 %"


def test_bars_make_a_row() -> None:
    blocks = read_text(b"| Namn | Antal |\n|---|---|\n| Barn | 4 |\n", "a.txt").blocks
    assert [[cell.text for cell in block.cells or ()] for block in blocks] == [["Namn", "Antal"], [], ["Barn", "4"]]


def test_number_and_tab_is_no_row() -> None:
    assert read_text("1.1\tInvånare har arbete\n".encode(), "a.txt").blocks[0].cells is None


@pytest.mark.parametrize(
    ("line", "text", "markup", "level"),
    [
        ("## **Bilagor**", "Bilagor", "heading", 2),
        ("- Fler får stöd", "Fler får stöd", "list_item", None),
        ("<p>Analys</p> <p>Klart</p>", "Analys Klart", None, None),
        ("Se *Kompass* och **Spår**", "Se Kompass och Spår", None, None),
        ("5 * 3 är 15 och *not utan slut", "5 * 3 är 15 och *not utan slut", None, None),
        ("a < b &amp; c > d", "a < b & c > d", None, None),
        ("tryg\u00adghet och e\ufb03", "trygghet och effi", None, None),
        ("halva fetstilen**", "halva fetstilen", None, None),
    ],
)
def test_marks_are_cleaned_and_kept_in_raw(line: str, text: str, markup: str | None, level: int | None) -> None:
    block = read_text(line.encode(), "a.txt").blocks[0]
    assert (block.text, block.markup, block.level) == (text, markup, level)
    assert block.runs[0].raw == line


def test_whole_line_emphasis_is_told() -> None:
    bold, italic = read_text(b"**Ekonomi**\n*Samverkan*\n", "a.txt").blocks
    assert (bold.bold, bold.italic) == (True, False)
    assert (italic.bold, italic.italic) == (False, True)
