"""Every rendering says the same things, says that they are invented, and comes out the same every time."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn

from examples.flow import Contents, Grid, Heading, flow
from examples.pdf_look import LOOK_A, LOOK_B, Look
from examples.render import (
    FORMATS,
    Format,
    expected_activities,
    expected_goals,
    expected_indicators,
    file_name,
    render,
)
from examples.source import NOTICE, Source

Rendered = Callable[[str, Format], bytes]

LARGEST_FILE = 150_000
LARGEST_ARCHIVE = 1_000_000


def squeeze(text: str) -> str:
    """Letters and figures only: what no line break, hyphen or markup can change."""
    return re.sub(r"[\W_]+", "", text)


def pdf_body(data: bytes, look: Look) -> str:
    """The text of the pages without their headers and footers."""
    clip = pymupdf.Rect(0, look.frame.top - 2, 595, look.frame.bottom + 6)
    with pymupdf.open(stream=data) as document:
        return "\n".join(page.get_text(clip=clip) for page in document)


def docx_body(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    paragraphs = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)


def body(data: bytes, format: Format) -> str:
    if format == "docx":
        return docx_body(data)
    if format in ("pdf-a", "pdf-b"):
        return pdf_body(data, LOOK_A if format == "pdf-a" else LOOK_B)
    return data.decode("utf-8").replace("<br>", "\n")


def strings(source: Source) -> list[str]:
    """Every heading, paragraph, cell and comment that the source prints."""
    found: list[str] = []
    for element in flow(source):
        if isinstance(element, Heading):
            found.append(element.text)
        elif isinstance(element, Grid):
            for cells, note in element.rows:
                found += [*cells, note or ""]
        elif not isinstance(element, Contents):
            found += element.text.split("\n")
    return found


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "txt-2"])
def test_every_word_is_printed(sources: tuple[Source, ...], rendered: Rendered, format: Format) -> None:
    for source in sources:
        printed = squeeze(body(rendered(source.id, format), format))
        missing = [text for text in strings(source) if squeeze(text) not in printed]
        assert not missing, (source.id, missing[:3])


def test_wrapped_text_keeps_the_running_words(sources: tuple[Source, ...], rendered: Rendered) -> None:
    """Its table cells are broken side by side, so only headings and paragraphs are looked for."""
    for source in sources:
        text = rendered(source.id, "txt-2").decode("utf-8")
        printed = squeeze(text)
        wanted = [e.text for e in flow(source) if not isinstance(e, Grid | Contents)]
        assert not [text for text in wanted if squeeze(text) not in printed]
        assert all(len(line) <= 120 for line in text.splitlines())


@pytest.mark.parametrize("format", FORMATS)
def test_same_bytes_every_time(sources: tuple[Source, ...], format: Format) -> None:
    assert render(sources[0], format) == render(sources[0], format)


@pytest.mark.parametrize("format", ["pdf-a", "pdf-b"])
def test_every_page_says_that_it_is_invented(sources: tuple[Source, ...], rendered: Rendered, format: Format) -> None:
    for source in sources:
        with pymupdf.open(stream=rendered(source.id, format)) as document:
            assert all(page.get_text().count(NOTICE) >= 2 for page in document)


def test_word_file_says_so_in_header_and_footer(sources: tuple[Source, ...], rendered: Rendered) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(sources[0].id, "docx"))) as members:
        parts = [name for name in members.namelist() if re.fullmatch(r"word/(header|footer)\d\.xml", name)]
        texts = [members.read(name).decode("utf-8") for name in parts]
    assert len([text for text in texts if NOTICE in text]) == 2


def test_layouts_differ_as_real_ones_do(sources: tuple[Source, ...], rendered: Rendered) -> None:
    with (
        pymupdf.open(stream=rendered(sources[0].id, "pdf-a")) as a,
        pymupdf.open(stream=rendered(sources[0].id, "pdf-b")) as b,
    ):
        assert [title for _, title, _ in a.get_toc()]
        assert b.get_toc() == []
        assert f"Sida 1 ({len(a)})" in a[0].get_text()
        assert len([rule for page in a for rule in page.get_drawings()]) > 100
        assert len([circle for page in b for circle in page.get_drawings()]) < 30
        sizes = {round(span["size"]) for line in _lines(b) for span in line["spans"] if "Bold" in span["font"]}
        assert sizes <= {8, 10, 13}


def _lines(document: pymupdf.Document) -> list[dict]:  # type: ignore[type-arg]
    blocks = [block for page in document for block in page.get_text("dict")["blocks"]]
    return [line for block in blocks for line in block.get("lines", [])]


def test_contents_list_gives_the_right_pages(sources: tuple[Source, ...], rendered: Rendered) -> None:
    for source in sources:
        with pymupdf.open(stream=rendered(source.id, "pdf-a")) as document:
            listed = re.findall(r"([^\n]+?)\.{3,}\s*(\d+)", document[1].get_text())
            assert len(listed) == len(next(e for e in flow(source) if isinstance(e, Contents)).entries)
            for title, page in listed:
                assert squeeze(title) in squeeze(document[int(page) - 1].get_text())


def test_archive_is_what_the_sources_give(sources: tuple[Source, ...], rendered: Rendered, archive: Path) -> None:
    """Text is compared, not bytes, so that a new version of a library does not break the build."""
    wanted = {file_name(source, format): (source, format) for source in sources for format in source.formats}
    assert {path.name for path in archive.iterdir()} == set(wanted)
    for name, (source, format) in wanted.items():
        stored = (archive / name).read_bytes()
        assert body(stored, format) == body(rendered(source.id, format), format), (
            f"kör python -m examples.render ({name})"
        )


def test_archive_is_small_and_mixed(archive: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in archive.iterdir()}
    assert max(sizes.values()) < LARGEST_FILE
    assert sum(sizes.values()) < LARGEST_ARCHIVE
    assert {path.suffix for path in archive.iterdir()} == {".pdf", ".docx", ".html", ".txt"}


def test_expected_rows_belong_to_the_nearest_numbered_goal(sources: tuple[Source, ...]) -> None:
    plan = next(source for source in sources if source.id == "farsta-2022-vp")
    goals = expected_goals(plan)
    assert [goal.number for goal in goals[:3]] == ["1", "1.1", None]
    assert goals[2].parts == ("Beskrivning", "Förväntat resultat", "Arbetssätt", "Resursanvändning", "Uppföljning")
    reached = next(row for row in expected_indicators(plan) if row.name.startswith("Antal unga utan sysselsättning"))
    assert reached.goal_number == "1.1"
    assert dict(reached.values) == {"Årsmål": "80", "KF:s årsmål": "Tas fram av nämnd", "Periodicitet": "Tertial"}
    hired = expected_activities(plan)[2]
    assert (hired.name, hired.start, hired.deviation) == (
        "Anställa och introducera fyra brobyggare",
        "2022-01-15",
        None,
    )


def test_economy_tables_add_up(sources: tuple[Source, ...]) -> None:
    for source in sources:
        for table in (table for section in source.sections for table in section.tables):
            *rows, total = [[_number(cell) for cell in row.values()[1:]] for row in table.rows]
            for column, wanted in enumerate(total):
                assert sum(row[column] for row in rows) == pytest.approx(wanted, abs=0.05), source.id


def _number(cell: str) -> float:
    return float(cell.replace(" ", "").replace(",", ".") or 0)
