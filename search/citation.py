"""Citations: the quote, where it stands, and a footnote that a reader can use."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from ingest.block import Run
from ingest.quote import quote_of
from search.records import HeadingRecord, PassageRecord, ReportRecord, SectionRecord
from search.schema import Citation, PageBox


def cite_passage(report: ReportRecord, section: SectionRecord, passage: PassageRecord) -> Citation:
    """Cite a whole passage."""
    return _citation(report, section, passage.quote, passage.runs, passage.pages, passage.lines)


def cite_stretch(
    report: ReportRecord, section: SectionRecord, passage: PassageRecord, start: int, end: int
) -> Citation:
    """Cite the characters `start` to `end` (half-open) of a passage's text; all of it where no run holds them."""
    quote = quote_of(passage.runs, start, end)
    if not quote.text.strip():
        return cite_passage(report, section, passage)
    pages = tuple(dict.fromkeys(run.box.page for run in quote.runs if run.box is not None)) or passage.pages
    numbers = [run.line for run in quote.runs if run.line is not None]
    lines = (min(numbers), max(numbers)) if numbers else passage.lines
    return _citation(report, section, quote.text, quote.runs, pages, lines)


def cite_title(report: ReportRecord, section: SectionRecord) -> Citation:
    """Cite a section by its title."""
    pages = () if section.page is None else (section.page,)
    lines = None if section.line is None else (section.line, section.line)
    return _citation(report, section, section.title, (), pages, lines)


def cite_judged(report: ReportRecord, section: SectionRecord) -> Citation:
    """Cite a goal by its title where its judgement is printed, which may be another place than where it begins."""
    if section.judged_line is None and section.judged_page is None:
        return cite_title(report, section)
    return cite_title(report, replace(section, line=section.judged_line, page=section.judged_page))


def cite_heading(report: ReportRecord, section: SectionRecord, heading: HeadingRecord) -> Citation:
    """Cite a section's title or a free subheading."""
    if not heading.runs:
        return cite_title(report, section)
    quote = quote_of(heading.runs, 0, len(heading.text))
    numbers = [run.line for run in quote.runs if run.line is not None]
    lines = (min(numbers), max(numbers)) if numbers else None
    return _citation(report, section, quote.text, quote.runs, () if heading.page is None else (heading.page,), lines)


def label(report: ReportRecord, section: SectionRecord, pages: Sequence[int], lines: tuple[int, int] | None) -> str:
    """A footnote, e.g. "Spånga-Tensta stadsdelsnämnd, Verksamhetsplan 2022, avsnitt 1.4, s. 41"."""
    kind = report.type[0].upper() + report.type[1:] if report.type != "annat" else (report.title or report.source)
    parts = [report.board or report.district or report.source]
    parts.append(f"{kind} {report.year}" if report.year is not None and str(report.year) not in kind else kind)
    if section.number or section.goal_number:
        parts.append(f"avsnitt {section.number or section.goal_number}")
    if pages:
        parts.append(f"s. {_range(pages[0], pages[-1])}")
    elif lines is not None:
        parts.append(f"rad {_range(*lines)}")
    return ", ".join(parts)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _citation(
    report: ReportRecord,
    section: SectionRecord,
    quote: str,
    runs: Sequence[Run],
    pages: Sequence[int],
    lines: tuple[int, int] | None,
) -> Citation:
    boxes = tuple(
        PageBox(page=r.box.page, x0=r.box.x0, y0=r.box.y0, x1=r.box.x1, y1=r.box.y1) for r in runs if r.box is not None
    )
    return Citation(
        source=report.source,
        pages=tuple(pages) or None,
        lines=lines,
        boxes=boxes or None,
        quote=quote,
        sha256=sha256(quote.encode()).hexdigest(),
        label=label(report, section, pages, lines),
    )
