"""What must hold of every report, whatever the file."""

from collections.abc import Iterator

from ingest.block import Run
from ingest.report import Activity, Indicator, Report


def faults(report: Report) -> list[str]:
    """Where a report does not hang together; [] for a sound one."""
    return [*_sections(report), *_passages(report), *_rows(report)]


def _sections(report: Report) -> Iterator[str]:
    for place, section in enumerate(report.sections):
        if section.id != place or (section.parent is not None and section.parent >= section.id):
            yield f"section {place}: out of order"
        if not section.title.strip():
            yield f"section {place}: no title"
        if section.line and section.end_line and section.end_line < section.line:
            yield f"section {place}: ends before it begins"


def _passages(report: Report) -> Iterator[str]:
    for place, passage in enumerate(report.passages):
        if not 0 <= passage.section < len(report.sections):
            yield f"passage {place}: no section"
        if not passage.text.strip() or not passage.quote.strip():
            yield f"passage {place}: empty"
        if passage.duplicate_of is not None and passage.duplicate_of >= place:
            yield f"passage {place}: repeats a later one"
        if not _in_order(passage.runs, passage.text):
            yield f"passage {place}: runs outside its text"


def _rows(report: Report) -> Iterator[str]:
    rows: list[Indicator | Activity] = [*report.indicators, *report.activities]
    for row in rows:
        if not 0 <= row.passage < len(report.passages) or not 0 <= row.section < len(report.sections):
            yield f"row {row.name!r}: no place"
        if not row.name.strip():
            yield f"row of passage {row.passage}: no name"
    for example in report.good_examples:
        if not example.text.strip() or not all(0 <= number < len(report.passages) for number in example.passages):
            yield f"good example {example.text[:40]!r}: no place"


def _in_order(runs: tuple[Run, ...], text: str) -> bool:
    return all(0 <= run.start <= run.end <= len(text) for run in runs)
