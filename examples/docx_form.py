"""The Word rendering, the same bytes every time."""

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.shared import Pt

from examples.flow import Contents, Element, Grid, Heading, Text, flow, printed
from examples.source import NOTICE, Source

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
STYLES = {"title": "Title", "label": "Heading 4", "subheading": "Heading 5", "item": "List Bullet"}


def render_docx(source: Source) -> bytes:
    """A Word file with heading styles, real tables, and the notice in header and footer."""
    document = docx.Document()
    stamp = datetime.fromisoformat(source.date)
    core = document.core_properties
    core.title, core.author, core.subject = source.title, source.board, NOTICE
    core.created = core.modified = stamp
    core.last_modified_by, core.revision = source.board, 1
    page = document.sections[0]
    page.header.paragraphs[0].text = f"{source.administration}\t{NOTICE}"
    page.footer.paragraphs[0].text = f"{source.title}\t{NOTICE}"
    for element in flow(source):
        _add(document, source, element)
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed_times(buffer.getvalue())


def _add(document: Document, source: Source, element: Element) -> None:
    if isinstance(element, Heading):
        if element.eyebrow and source.label_on_own_line:
            document.add_paragraph(element.eyebrow)
            document.add_heading(element.text, element.level)
        else:
            document.add_heading(printed(element), element.level)
    elif isinstance(element, Contents):
        document.add_heading("Innehållsförteckning", 1)
        for entry, page in element.numbered():
            document.add_paragraph(f"{entry}\t{page}")
    elif isinstance(element, Grid):
        _add_table(document, element)
    else:
        _add_text(document, element)


def _add_text(document: Document, element: Text) -> None:
    for line in element.text.split("\n"):
        document.add_paragraph(line, style=STYLES.get(element.kind))


def _add_table(document: Document, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.text = ""
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = True, Pt(8)
    for cells, note in grid.rows:
        row = table.add_row().cells
        for cell, text in zip(row, cells, strict=True):
            cell.paragraphs[0].add_run(text).font.size = Pt(8)
        if note:
            merged = table.add_row().cells
            joined = merged[0].merge(merged[-1])
            joined.paragraphs[0].add_run("Analys").bold = True
            joined.add_paragraph(note)
    document.add_paragraph("")


def _fixed_times(data: bytes) -> bytes:
    """The same zip archive with every member's time set to the earliest one zip can write."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member.filename))
    return out.getvalue()
