"""Addresses of pages, and the filters of a request as links."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from api.filters import FILTERS
from api.language import Language
from search.schema import Citation, Filters, Hit


def address(path: str, language: Language, filters: Filters | None = None, **parameters: str | int | None) -> str:
    """`path` with its parameters, filters and, for English, the language."""
    pairs = [(name, str(value)) for name, value in parameters.items() if value is not None]
    pairs += _pairs(filters) if filters else []
    if language == "en":
        pairs.append(("lang", "en"))
    return path + ("?" + urlencode(pairs) if pairs else "")


def _pairs(filters: Filters) -> list[tuple[str, str]]:
    return [(one.name, str(value)) for one in FILTERS for value in _values(filters, one.field)]


def _values(filters: Filters, field: str) -> tuple[str | int, ...]:
    value = getattr(filters, field)
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _with(filters: Filters, field: str, values: tuple[str | int, ...] | None) -> Filters:
    return filters.model_copy(update={field: values})


def report_address(report_id: str, language: Language) -> str:
    """The reader's page."""
    return address(f"/rapport/{quote(report_id, safe='')}", language)


def passage_address(report_id: str, passage_id: str, language: Language) -> str:
    """The passage in the reader."""
    return report_address(report_id, language) + f"#p-{quote(passage_id, safe='')}"


def page_address(report_id: str, page: int, passage_id: str | None, language: Language) -> str:
    """The picture of a PDF page, with the passage framed."""
    return address(f"/rapport/{quote(report_id, safe='')}/sida/{page}", language, stycke=passage_id)


def image_address(report_id: str, page: int, passage_id: str | None) -> str:
    """The picture itself."""
    return address(f"/api/v1/reports/{quote(report_id, safe='')}/pages/{page}.png", "sv", highlight=passage_id)


def source_address(report_id: str, passage_id: str, citation: Citation, language: Language) -> str:
    """Where a citation can be checked: the page's picture for a PDF, else the text."""
    if citation.pages and citation.boxes:
        return page_address(report_id, citation.pages[0], passage_id, language)
    return passage_address(report_id, passage_id, language)


def row_address(report_id: str, citation: Citation, language: Language) -> str:
    """Where a table row can be checked: its page in a PDF, else its report."""
    if citation.pages and citation.boxes:
        return page_address(report_id, citation.pages[0], None, language)
    return report_address(report_id, language)


def hit_source(hit: Hit, language: Language) -> str:
    """Where a hit can be checked."""
    return source_address(hit.report.id, hit.passage_id, hit.citation, language)


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force: its words and the address without it."""

    field: str
    value: str
    excluded: bool
    understood: bool
    """True when it was read out of the question, so that it cannot be removed by a link."""
    without: str


def tags(given: Filters, in_force: Filters, path: str, question: str | None, language: Language) -> list[Tag]:
    """Every filter in force, given ones with the address that drops them."""
    found = []
    for one in FILTERS:
        chosen = _values(given, one.field)
        for value in dict.fromkeys((*chosen, *_values(in_force, one.field))):
            rest = tuple(other for other in chosen if other != value)
            left = _with(given, one.field, rest if one.repeatable else None)
            found.append(
                Tag(
                    field=one.field.removeprefix("exclude_"),
                    value=str(value),
                    excluded=one.field.startswith("exclude_"),
                    understood=value not in chosen,
                    without=address(path, language, left, q=question),
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter value to add, with how many hits it leaves."""

    value: str
    count: int
    address: str


def choices(
    facets: dict[str, list[tuple[str | int, int]]], given: Filters, path: str, question: str, language: Language
) -> dict[str, list[Choice]]:
    """Links that narrow down, by field; values already chosen are left out."""
    known = {one.field for one in FILTERS if one.repeatable}
    found: dict[str, list[Choice]] = {}
    for field, values in facets.items():
        if field not in known:
            continue
        chosen = _values(given, field)
        links = [
            Choice(
                str(value),
                count,
                address(path, language, _with(given, field, (*chosen, value)), q=question),
            )
            for value, count in values
            if value not in chosen and count
        ]
        if links:
            found[field] = links
    return found


def hidden(filters: Filters) -> list[tuple[str, str]]:
    """The filters as hidden fields of a form."""
    return _pairs(filters)
