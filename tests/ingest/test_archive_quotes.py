"""Every passage of the example archive, and of the real one when it is there, has its quote verbatim in its source."""

import re
from pathlib import Path

import docx
import pymupdf
import pytest
from bs4 import BeautifulSoup

from ingest.parse import parse_file

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "archive"
EXAMPLES = sorted((ROOT / "examples" / "archive").iterdir())
REAL = [*sorted((SHARED / "text").glob("*.txt")), *sorted(SHARED.glob("pdf-*/*.pdf"))]


def source_text(path: Path) -> str:
    """The file's own text, by other means than the readers'."""
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            return "".join(page.get_text() for page in document)
    if path.suffix == ".docx":
        opened = docx.Document(str(path))
        cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])
    text = path.read_text(encoding="utf-8")
    return BeautifulSoup(text, "lxml").get_text(" ") if path.suffix == ".html" else text


def folded(text: str) -> str:
    """Line-break hyphens joined and white space folded, alike on both sides."""
    return re.sub(r"\s+", " ", re.sub(r"-[^\S\n]*\n\s*", "", text.replace("\u00ad", ""))).strip()


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.name[:24])
def test_every_quote_is_in_its_source(path: Path) -> None:
    text = folded(source_text(path))
    report = parse_file(path)
    assert report.passages
    assert [
        passage.quote for passage in report.passages if not folded(passage.quote) or folded(passage.quote) not in text
    ] == []


def test_real_archive_is_here() -> None:
    if not REAL:
        pytest.skip("the real archive is not beside the repository")
    assert len(REAL) >= 8
