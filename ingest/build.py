"""The one way from a document to a report: furniture, tables, structure, passages, metadata."""

from pathlib import PurePath

from ingest.block import Document
from ingest.flow import measure
from ingest.furniture import drop_furniture
from ingest.metadata import read_metadata
from ingest.passages import cut_passages
from ingest.report import Report
from ingest.structure import find_structure
from ingest.tables import find_tables


def build_report(document: Document, *, source: str, sha256: str) -> Report:
    """Build the report of a document. `source`: its file name; `sha256`: of the file's bytes, lower-case hex."""
    metadata = read_metadata(document)
    cleaned = drop_furniture(document)
    regions = find_tables(cleaned.blocks)
    flow = measure(cleaned.blocks, document.format)
    front_title = metadata.title or PurePath(source).stem
    structure = find_structure(cleaned, regions, flow, document.format, front_title)
    passages = cut_passages(structure.items, cleaned.blocks, flow, cleaned.interrupted)
    return Report(
        source=source,
        sha256=sha256,
        format=document.format,
        metadata=metadata,
        pages=document.pages,
        unreadable_pages=document.unreadable_pages,
        warnings=document.warnings,
        sections=structure.sections,
        passages=passages.passages,
        indicators=(),
        activities=(),
        good_examples=(),
    )
