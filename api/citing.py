"""A passage's citation in the forms that people paste: a footnote, BibTeX and CSL-JSON."""

import json
import re
from dataclasses import dataclass

from search.schema import Citation, Hit, ReportRef


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation, ready to copy."""

    footnote: str
    bibtex: str
    csl_json: str
    link: str


def reference(hit: Hit, link: str) -> Reference:
    """`hit` cited, with `link` to where it can be read."""
    return Reference(
        footnote=f"{hit.citation.label}. ”{hit.citation.quote}” {link}",
        bibtex=bibtex(hit, link),
        csl_json=csl_json(hit, link),
        link=link,
    )


def bibtex(hit: Hit, link: str) -> str:
    """A `@techreport`; the place in the report and the quote are its note."""
    report = hit.report
    fields = {
        "author": f"{{{_braced(_author(report))}}}",
        "title": _braced(_title(report)),
        "institution": _braced(_author(report)),
        "year": str(report.year) if report.year is not None else None,
        "type": _braced(report.type),
        "number": _braced(report.source),
        "note": _braced(hit.citation.label),
        "url": link,
    }
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@techreport{{{_key(hit)},\n{rows}\n}}\n"


def csl_json(hit: Hit, link: str) -> str:
    """An item of CSL-JSON 1.0.2, as Zotero and pandoc read it."""
    report = hit.report
    item: dict[str, object] = {
        "id": _key(hit),
        "type": "report",
        "title": _title(report),
        "author": [{"literal": _author(report)}],
        "publisher": _author(report),
        "genre": report.type,
        "number": report.source,
        "note": hit.citation.quote,
        "language": "sv",
        "URL": link,
    }
    if report.date:
        item["issued"] = {"date-parts": [[int(part) for part in report.date.split("-")]]}
    elif report.year is not None:
        item["issued"] = {"date-parts": [[report.year]]}
    place = _place(hit.citation)
    if place:
        item["locator"], item["label"] = place
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _place(citation: Citation) -> tuple[str, str] | None:
    if citation.pages:
        first, last = citation.pages[0], citation.pages[-1]
        return (str(first) if first == last else f"{first}–{last}", "page")
    if citation.lines:
        first, last = citation.lines
        return (str(first) if first == last else f"{first}–{last}", "line")
    return None


def _author(report: ReportRef) -> str:
    return report.board or report.district or report.source


def _title(report: ReportRef) -> str:
    return report.title or f"{report.type[:1].upper()}{report.type[1:]} {report.year or ''}".strip()


def _key(hit: Hit) -> str:
    return re.sub(r"[^a-z0-9-]", "", f"{hit.report.id}-{hit.citation.sha256[:6]}".lower())


def _braced(text: str) -> str:
    """Text that BibTeX takes as it is."""
    return re.sub(r"([\\{}%&$#_^~])", lambda found: _ESCAPED.get(found[1], "\\" + found[1]), text)


_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
