"""The one way from a document to a report: furniture, tables, structure, passages, metadata."""

from collections.abc import Sequence
from pathlib import PurePath

from ingest.activities import activity_of
from ingest.block import Document
from ingest.duplicates import link_duplicates
from ingest.flow import Flow, measure
from ingest.furniture import Cleaned, drop_furniture
from ingest.good_examples import find_good_examples
from ingest.indicators import indicator_of
from ingest.metadata import read_metadata
from ingest.paragraphs import Paragraph, text_of
from ingest.passages import Cut, cut_passages
from ingest.report import Activity, Indicator, Report, Section, Subheading
from ingest.structure import Structure, find_structure
from ingest.tables import find_tables


def build_report(document: Document, *, source: str, sha256: str) -> Report:
    """Build the report of a document. `source`: its file name; `sha256`: of the file's bytes, lower-case hex."""
    metadata = read_metadata(document, source)
    cleaned = drop_furniture(document)
    flow = measure(cleaned.blocks, document.format)
    regions = find_tables(cleaned.blocks, flow, cleaned.interrupted)
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
        passages=link_duplicates(passages.passages),
        indicators=_indicators(passages, structure.sections),
        activities=_activities(passages, structure.sections),
        good_examples=find_good_examples(structure.sections, passages.passages),
        subheadings=_subheadings(structure, cleaned, flow),
    )


def _subheadings(structure: Structure, cleaned: Cleaned, flow: Flow) -> tuple[Subheading, ...]:
    found: list[Subheading] = []
    for item in structure.subheadings:
        assert isinstance(item.content, Paragraph)
        text = text_of(item.content, cleaned.blocks, flow, cleaned.interrupted)
        page = cleaned.blocks[item.content.blocks[0]].page
        found.append(Subheading(item.section, item.part, text.text, text.runs, page))
    return tuple(found)


def _indicators(cut: Cut, sections: Sequence[Section]) -> tuple[Indicator, ...]:
    return tuple(
        indicator_of(row, section=section, goal_number=sections[section].goal_number, passage=passage)
        for passage, section, row in cut.rows("indicator")
    )


def _activities(cut: Cut, sections: Sequence[Section]) -> tuple[Activity, ...]:
    return tuple(
        activity_of(row, section=section, goal_number=sections[section].goal_number, passage=passage)
        for passage, section, row in cut.rows("activity")
    )
