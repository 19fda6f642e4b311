"""HTML and Markdown files."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.block import Block, Document
from ingest.errors import IngestError
from ingest.markup_reader import read_html, read_markdown
from ingest.quote import quote_of

PAGE = """<!DOCTYPE html>
<html lang="sv"><head><title>Bort</title><style>p {color: red}</style></head>
<body><script>var x = "<p>bort</p>";</script>
<h2>N&auml;mndm&aring;l:<br/>1.2.1 Trygga parker</h2>
<p>Parkleken <b>Gläntan</b> höll
   öppet hela sommaren&nbsp;2021.</p>
<ul><li>Första punkten</li>
<li>Andra <i>punkten</i></ul>
<p><strong>Analys</strong></p>
<table><tr><th>Indikator</th><th>Utfall</th><th>Årsmål</th></tr>
<tr><td>Andel
nöjda</td><td></td><td>79&#160;%</td></tr>
<tr><td colspan="2">Kommentar</td><td rowspan=2>B</td></tr>
<tr><td>Antal</td><td>3<br>st</td></tr></table>
</body></html>
"""


def html(source: str) -> Document:
    return read_html(source.encode(), "sida.html")


def check_places(source: str, document: Document) -> None:
    lines = source.splitlines()
    for block in document.blocks:
        for run in (*block.runs, *(run for cell in block.cells or () for run in cell.runs)):
            assert run.line is not None
            assert run.column is not None
            assert " ".join(unescape(lines[run.line - 1][run.column :]).split()).startswith(run.raw)
            assert run.raw
        for run in block.runs:
            assert block.text[run.start : run.end].strip() == block.text[run.start : run.end] != ""


def shape(block: Block) -> tuple[str, str | None, int | None]:
    return block.text, block.markup, block.level


def test_blocks_of_a_page() -> None:
    document = html(PAGE)
    assert [shape(block) for block in document.blocks if block.cells is None] == [
        ("Nämndmål:", "heading", 2),
        ("1.2.1 Trygga parker", "heading", 2),
        ("Parkleken Gläntan höll öppet hela sommaren 2021.", None, None),
        ("Första punkten", "list_item", None),
        ("Andra punkten", "list_item", None),
        ("Analys", None, None),
    ]
    assert [block.bold for block in document.blocks if block.text in ("Analys", "Första punkten")] == [False, True]
    check_places(PAGE, document)


def test_a_paragraph_has_one_run_a_source_line_and_stretch_between_tags() -> None:
    block = html(PAGE).blocks[2]
    assert [(run.line, run.column, run.raw) for run in block.runs] == [
        (5, 3, "Parkleken"),
        (5, 16, "Gläntan"),
        (5, 28, "höll"),
        (6, 3, "öppet hela sommaren 2021."),
    ]
    assert [block.text[run.start : run.end] for run in block.runs] == [run.raw for run in block.runs]


def test_a_quote_has_neither_tags_nor_references() -> None:
    text = "<p>Kvinnor &amp; m&auml;n i <i>Sk\u00f6ndal</i>, alla <b>\u00e5ldrar</b>.</p>"
    block = html(text).blocks[0]
    assert quote_of(block.runs, 0, len(block.text)).text == "Kvinnor & m\u00e4n i Sk\u00f6ndal, alla \u00e5ldrar."


def test_table_rows_keep_empty_and_spanned_cells() -> None:
    rows = [[cell.text for cell in block.cells] for block in html(PAGE).blocks if block.cells is not None]
    assert rows == [
        ["Indikator", "Utfall", "Årsmål"],
        ["Andel nöjda", "", "79 %"],
        ["Kommentar", "", "B"],
        ["Antal", "3 st", ""],
    ]


def test_a_table_in_a_table_is_read_and_the_outer_one_is_layout() -> None:
    document = html(
        "<table><tr><td>Meny</td><td><table><tr><td>Antal</td><td>3</td></tr></table></td></tr></table><p>Slut</p>"
    )
    assert [(block.text, block.cells is not None) for block in document.blocks] == [
        ("Meny", False),
        ("Antal 3", True),
        ("Slut", False),
    ]


def test_windows_line_ends_and_encoding() -> None:
    source = "<p>Å ena sidan</p>\r\n<p>Åter</p>\r\n"
    document = read_html(source.encode("cp1252"), "sida.html")
    assert [(block.text, block.runs[0].line) for block in document.blocks] == [("Å ena sidan", 1), ("Åter", 2)]


@pytest.mark.parametrize("odd", ["&#1b", "&#x", "R&#D", "&#8211a", "&#"])
def test_a_reference_without_its_end_leaves_the_rest_as_it_is(odd: str) -> None:
    blocks = html(f"<p>före {odd}</p><p>efter</p>").blocks
    assert [block.text for block in blocks][1:] == ["efter"]
    assert blocks[0].text.startswith("före")


def test_deep_nesting_does_not_recurse() -> None:
    document = html("<div>" * 10_000 + "djupt" + "</div>" * 10_000 + "<table><tr><td>" * 2_000 + "inne")
    assert [block.text for block in document.blocks] == ["djupt", "inne"]


def test_entity_bombs_are_left_as_they_are() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><p>&b; slut</p>'
    assert len(html(bomb).blocks[-1].text) < 100


@pytest.mark.parametrize("source", ["<html></html>", "<style>p{}</style>", "<p> &nbsp; </p>"])
def test_no_text(source: str) -> None:
    with pytest.raises(IngestError, match="ingen text") as caught:
        html(source)
    assert caught.value.kind == "no_text"


_TAGS = st.sampled_from(
    ["<p>", "</p>", "<td>", "</td>", "<tr>", "</table>", "<table>", "<li>", "<b>", "<pre>", "<script>"]
)
_WORDS = st.text("abåäö &;#<>\n\r\t1", max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(_TAGS | _WORDS, max_size=25))
def test_any_soup_gives_verbatim_places(parts: list[str]) -> None:
    source = "".join(parts) + "<p>slut"
    try:
        document = html(source)
    except IngestError:
        return
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for block in document.blocks:
        for run in block.runs:
            assert run.line is not None
            assert run.column is not None
            shown = " ".join(unescape(lines[run.line - 1][run.column :]).split())
            assert shown.startswith(" ".join(run.raw.split()))


def test_markdown_keeps_lines_and_marks_headings() -> None:
    source = "# Rapport\n\nAnalys\n------\n- en *punkt*\n\n| Namn | Utfall |\n|---|---|\n| Lek | 3 |\n"
    document = read_markdown(source.encode(), "rapport.md")
    assert document.format == "md"
    found = [(block.text, block.markup, block.level) for block in document.blocks if block.text]
    assert found == [
        ("Rapport", "heading", 1),
        ("Analys", "heading", 2),
        ("en punkt", "list_item", None),
        ("Namn Utfall", None, None),
        ("Lek 3", None, None),
    ]
    assert [block.runs[0].line for block in document.blocks if block.text] == [1, 3, 5, 7, 9]


def visible(body: str) -> list[str]:
    return [block.text for block in read_html(f"<html><body>{body}</body></html>".encode(), "r.html").blocks]


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="color:red; display: none">dold <div>djupare</div> text</div>',
        "<span hidden>dold</span>",
        "<p hidden>dold",
        '<nav><ul><li><a href="/hem">Hem</a></ul></nav>',
        '<ul><li style="display:none">dold</ul>',
        '<table><tr style="visibility:hidden"><td>dold<tr><td>',
        "<br hidden>",
    ],
)
def test_what_a_page_hides_is_left_out(hidden: str) -> None:
    assert visible(f"<p>Före</p>{hidden}<p>Efter</p>")[0] == "Före"
    assert visible(f"<p>Före</p>{hidden}</table><p>Efter</p>")[1:] == ["Efter"]


def test_hidden_words_do_not_break_the_paragraph() -> None:
    assert visible("<p>Ett <span hidden>dolt</span>stycke</p>") == ["Ett stycke"]


def test_a_list_of_links_to_headings_is_left_out() -> None:
    entries = "".join(f'<li><a href="#r{n}"><b>{n}.</b> Rubrik {n}</a></li>' for n in range(1, 5))
    text = '<p><a href="#upp">Till början</a></p><p>Se <a href="#r2">rubrik 2</a>.</p>'
    assert visible(f"<ul>{entries}</ul><h2>1. Rubrik 1</h2>{text}") == ["1. Rubrik 1", "Till början", "Se rubrik 2."]


def test_terms_and_their_explanations_are_blocks() -> None:
    assert visible("<dl><dt>Utfall<dd>Det som blev.<dt>Mål<dd>Det som skulle bli.</dl>") == [
        "Utfall",
        "Det som blev.",
        "Mål",
        "Det som skulle bli.",
    ]
