"""Reports and the files they came from, as people see them."""

from models.personal_data import find_personal_data
from search.catalogue import Catalogue
from search.name_store import NameStore
from search.records import ReportRecord
from search.schema import PageBox
from search.views import DuplicateFile, FailedFile, PartRow, ReportCounts, ReportDetail, SectionRow


def failed_files(catalogue: Catalogue) -> list[FailedFile]:
    """Files that could not be read the last time."""
    return [
        FailedFile(
            source=file.source,
            path=file.path,
            error_kind=file.error_kind or "internal",
            error=file.error or "",
            failed_at=file.tried_at,
            report_id=file.report_id,
        )
        for file in catalogue.files("failed")
    ]


def duplicate_files(catalogue: Catalogue) -> list[DuplicateFile]:
    """Files that are copies or other renderings of a report, which is searched once."""
    held = {record.id: record for record in catalogue.reports()}
    return [
        DuplicateFile(
            source=file.source, path=file.path, duplicate_of=file.report_id, primary=held[file.report_id].source
        )
        for file in catalogue.files("duplicate")
        if file.report_id in held
    ]


def report_detail(catalogue: Catalogue, record: ReportRecord) -> ReportDetail:
    """One report with its sections."""
    return ReportDetail(
        report=record.ref(),
        path=record.path,
        format=record.format,
        sections=tuple(section_rows(catalogue, record)),
        counts=ReportCounts(**catalogue.counts(record.key)),
        warnings=record.warnings,
        unreadable_pages=record.unreadable_pages,
        inferred=record.inferred,
        officers=record.officers,
        diary_number=record.diary_number,
        personal_data=NameStore(catalogue).personal_data([record.key]),
    )


def section_rows(catalogue: Catalogue, record: ReportRecord) -> list[SectionRow]:
    """A report's sections in reading order."""
    passages = [passage.section for passage in catalogue.passages(record.key)]
    return [
        SectionRow(
            id=section.position,
            parent=section.parent,
            report=record.id,
            source=record.source,
            line=section.line,
            page=section.page,
            end_line=section.end_line,
            kind=section.kind,
            number=section.number,
            title=section.title,
            status=section.status,
            path=section.path,
            parts=tuple(PartRow(label=p.label, line=p.line, page=p.page) for p in section.parts if not p.continued),
            passages=passages.count(section.position),
        )
        for section in catalogue.sections(record.key)
    ]


def personal_boxes(catalogue: Catalogue, report: int, page: int) -> list[PageBox]:
    """The printed lines of a report's page that hold personal data."""
    runs = (
        run
        for passage in catalogue.passages(report)
        if page in passage.pages
        for datum in find_personal_data(passage.text)
        for run in passage.runs
        if run.start < datum.end and datum.start < run.end
    )
    boxes = [run.box for run in runs if run.box is not None and run.box.page == page]
    return [PageBox(page=box.page, x0=box.x0, y0=box.y0, x1=box.x1, y1=box.y1) for box in boxes]
