"""The exports: rows of the archive exactly as the contract names their fields, one report at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.report import Value
from search.catalogue import Catalogue
from search.citation import cite_passage, cite_title
from search.edition import Edition
from search.entities import entity_counts
from search.errors import UsageError
from search.masking import masked_row
from search.records import MentionRecord, ReportRecord, SectionRecord
from search.row_citations import RowCitations, cite_mention, cite_report
from search.schema import Schema
from search.scope import Scope
from search.table_rows import goal_rows, in_goals, shown
from search.views import EXPORT_KINDS

Row = dict[str, object]


def export(catalogue: Catalogue, kind: str, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[Row]:
    """The rows of one kind.

    Raises:
        UsageError: there is no such kind.
    """
    makers: dict[str, Callable[[Catalogue, ReportRecord, Scope], Iterator[Row]]] = {
        "reports": _report,
        "sections": _sections,
        "passages": _passages,
        "indicators": _indicators,
        "activities": _activities,
        "mentions": _mentions,
        "good-examples": _good_examples,
        "goals": _goals,
    }
    if kind == "entities":
        return _entities(catalogue, reports, scope)
    if kind not in makers:
        raise UsageError(f"Exporten {kind!r} finns inte. Välj bland: {', '.join(EXPORT_KINDS)}.")
    return (row for report in reports for row in makers[kind](catalogue, report, scope))


def finished(rows: Iterator[Row], edition: Edition, hide_personal_data: bool) -> Iterator[Row]:
    """The rows as they leave the archive: personal data hidden, citations as plain fields, and its version."""
    for row in rows:
        whole = masked_row(row) if hide_personal_data else row
        plain = {name: one.model_dump(mode="json") if isinstance(one, Schema) else one for name, one in whole.items()}
        yield {**plain, "archive": edition.label}


def _report(catalogue: Catalogue, report: ReportRecord, _scope: Scope) -> Iterator[Row]:
    yield {
        **report.ref().model_dump(),
        "format": report.format,
        "diary_number": report.diary_number,
        "officers": list(report.officers),
        "inferred": list(report.inferred),
        "unreadable_pages": list(report.unreadable_pages),
        "warnings": list(report.warnings),
        "citation": cite_report(catalogue, report),
    }


def _sections(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    for section in catalogue.sections(report.key):
        if not in_goals(scope, section.goal_number, section.judged):
            continue
        yield {
            "report": report.id,
            "source": report.source,
            "line": section.line,
            "page": section.page,
            "end_line": section.end_line,
            "kind": section.kind,
            "number": section.number,
            "title": section.title,
            "status": section.status,
            "path": list(section.path),
            "parts": [{"label": p.label, "line": p.line, "page": p.page} for p in section.parts if not p.continued],
            "citation": cite_title(report, section),
        }


def _goals(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    for goal in goal_rows(catalogue, [report], scope):
        yield {
            "report": report.id,
            "source": report.source,
            "district": report.district,
            "board": report.board,
            "type": report.type,
            "year": report.year,
            "kind": goal.goal.kind,
            "number": goal.goal.number,
            "title": goal.goal.title,
            "status": goal.status,
            "citation": goal.citation,
        }


def _passages(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    sections = _by_position(catalogue, report)
    for passage in catalogue.all_passages(_only(scope, report)):
        section = sections[passage.section]
        yield {
            "id": passage.id,
            "report": report.id,
            "source": report.source,
            "lines": list(passage.lines) if passage.lines else None,
            "pages": list(passage.pages) or None,
            "section_number": section.number,
            "section": section.title,
            "goal_number": section.goal_number,
            "path": list(section.path),
            "part": passage.part,
            "subheading": passage.subheading,
            "status": section.judged,
            "kind": passage.kind,
            "text": passage.text,
            "quote": passage.quote,
            "sha256": passage.quote_sha256,
            "citation": cite_passage(report, section, passage),
        }


def _indicators(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    sections = _by_position(catalogue, report)
    cited = RowCitations(catalogue, report, sections)
    for row in catalogue.indicators([report.key]):
        if not in_goals(scope, row.goal_number, sections[row.section].judged):
            continue
        yield {
            "report": report.id,
            "source": report.source,
            "line": row.line,
            "page": row.page,
            "goal_number": row.goal_number,
            "name": row.name,
            "values": dict(row.cells),
            "note": row.note,
            "value": shown(row.value),
            "unit": _unit(row.value, row.target, row.city_target, row.previous),
            "men": shown(row.men),
            "women": shown(row.women),
            "previous": shown(row.previous),
            "forecast": shown(row.forecast),
            "target": shown(row.target),
            "city_target": shown(row.city_target),
            "period": row.period,
            "citation": cited.passage(row.passage),
        }


def _activities(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    sections = _by_position(catalogue, report)
    cited = RowCitations(catalogue, report, sections)
    for row in catalogue.activities([report.key]):
        if not in_goals(scope, row.goal_number, sections[row.section].judged):
            continue
        yield {
            "report": report.id,
            "source": report.source,
            "line": row.line,
            "page": row.page,
            "goal_number": row.goal_number,
            "name": row.name,
            "start": row.start,
            "end": row.end,
            "deviation": row.deviation,
            "note": row.note,
            "citation": cited.passage(row.passage),
        }


def _mentions(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    sections = _by_position(catalogue, report)
    cited = RowCitations(catalogue, report, sections)
    seen: set[tuple[str, str]] = set()
    for mention in catalogue.mentions(_only(scope, report)):
        spot = (mention.name, mention.place)
        if spot in seen or not mention.marked:
            continue
        seen.add(spot)
        section = sections[cited.at(mention.passage).section]
        in_line = mention.line is not None
        yield {
            "report": report.id,
            "source": report.source,
            "line": mention.line,
            "page": mention.page,
            "section_number": section.number or section.goal_number,
            "label": mention.label,
            "name": mention.name,
            "text": " ".join(mention.text.split()),
            "start": mention.line_start if in_line else mention.start,
            "end": mention.line_end if in_line else mention.end,
            "citation": cited.passage(mention.passage),
        }


def _good_examples(catalogue: Catalogue, report: ReportRecord, scope: Scope) -> Iterator[Row]:
    sections = _by_position(catalogue, report)
    cited = RowCitations(catalogue, report, sections)
    for row in catalogue.good_examples([report.key]):
        if not in_goals(scope, row.goal_number, sections[row.section].judged):
            continue
        yield {
            "report": report.id,
            "source": report.source,
            "line": row.line,
            "end_line": row.end_line,
            "page": row.page,
            "goal_number": row.goal_number,
            "text": row.text,
            "unit": row.unit,
            "explicit": row.explicit,
            "citation": cited.passage(row.passages[0]) if row.passages else cite_title(report, sections[row.section]),
        }


def _entities(catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope) -> Iterator[Row]:
    first: dict[tuple[str, str], MentionRecord] = {}
    for mention in catalogue.mentions(scope):
        if mention.marked:
            first.setdefault((mention.name, mention.label), mention)
    by_key = {report.key: report for report in reports}
    for count in entity_counts(catalogue, reports, scope):
        mention = first[(count.name, count.label)]
        yield {**count.model_dump(), "citation": cite_mention(catalogue, by_key[mention.report_key], mention)}


def _by_position(catalogue: Catalogue, report: ReportRecord) -> dict[int, SectionRecord]:
    return {section.position: section for section in catalogue.sections(report.key)}


def _only(scope: Scope, report: ReportRecord) -> Scope:
    return replace(scope, reports=(report.key,), all_reports=False)


def _unit(*values: Value | None) -> str | None:
    """The unit of the row: the first that a cell prints."""
    return next((value.unit for value in values if value is not None and value.unit), None)
