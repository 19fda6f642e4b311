"""Addresses of pages, and the filters of a request as links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from api.filters import FILTERS
from api.language import Language
from search.schema import Citation, Filters, GoalStatusRow, GoodExampleRow, Hit, IndicatorRow, Understood


def address(path: str, language: Language, filters: Filters | None = None, /, **parameters: str | int | None) -> str:
    """`path` with its parameters, filters and, for English, the language."""
    pairs = [(name, str(value)) for name, value in parameters.items() if value is not None]
    pairs += _pairs(filters) if filters else []
    if language == "en":
        pairs.append(("lang", "en"))
    return path + ("?" + urlencode(pairs) if pairs else "")


def with_values(found: str, name: str, values: Iterable[str]) -> str:
    """An address with a parameter that has several values."""
    return found + ("&" if "?" in found else "?") + urlencode([(name, value) for value in values])


def _pairs(filters: Filters) -> list[tuple[str, str]]:
    return [(one.name, str(value)) for one in FILTERS for value in _values(filters, one.field)]


def _values(filters: Filters, field: str) -> tuple[str | int, ...]:
    value = getattr(filters, field)
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _with(filters: Filters, field: str, values: tuple[str | int, ...] | None) -> Filters:
    return filters.model_copy(update={field: values})


def _in_report(report_id: str, rest: str = "") -> str:
    return f"/rapport/{quote(report_id, safe='')}{rest}"


def report_address(report_id: str, language: Language) -> str:
    """The reader's first page: facts and the goal tree."""
    return address(_in_report(report_id), language)


def section_address(report_id: str, section: int, language: Language, passage_id: str | None = None) -> str:
    """A section's text, at a passage."""
    place = f"#p-{quote(passage_id, safe='')}" if passage_id else ""
    return address(_in_report(report_id, f"/avsnitt/{section}"), language) + place


def passage_address(report_id: str, passage_id: str, language: Language, trail: "Trail | None" = None) -> str:
    """The passage where it stands in its source: the permanent link of a citation."""
    path = _in_report(report_id, f"/stycke/{quote(passage_id, safe='')}")
    if trail is None:
        return address(path, language)
    return address(path, language, trail.filters, q=trail.question, **{trail.kind: trail.number})


def similar_address(report_id: str, passage_id: str, language: Language) -> str:
    """Passages of other districts that are like one."""
    return address(_in_report(report_id, f"/stycke/{quote(passage_id, safe='')}/liknande"), language)


def reference_address(report_id: str, passage_id: str, form: str) -> str:
    """The passage's citation as a file."""
    return _in_report(report_id, f"/stycke/{quote(passage_id, safe='')}/kalla.{form}")


def mentions_address(names: Iterable[str], language: Language, reports: Iterable[str]) -> str:
    """Every passage of some reports that mentions one of the names."""
    return with_values(address("/omnamnanden", language, Filters(report=tuple(dict.fromkeys(reports)))), "namn", names)


def lines_address(report_id: str, lines: tuple[int, int], language: Language) -> str:
    """Printed lines of a text report."""
    first, last = lines
    return address(_in_report(report_id, f"/rad/{first}"), language, till=last if last > first else None)


def page_address(report_id: str, page: int, passage_id: str | None, language: Language) -> str:
    """The picture of a PDF page, with the passage framed."""
    return address(_in_report(report_id, f"/sida/{page}"), language, stycke=passage_id)


def image_address(report_id: str, page: int, passage_id: str | None) -> str:
    """The picture itself."""
    return address(f"/api/v1/reports/{quote(report_id, safe='')}/pages/{page}.png", "sv", highlight=passage_id)


def source_address(report_id: str, passage_id: str | None, citation: Citation, language: Language) -> str:
    """Where a citation can be checked: its passage, else its page or lines, else its report."""
    if passage_id:
        return passage_address(report_id, passage_id, language)
    if citation.pages:
        return page_address(report_id, citation.pages[0], None, language)
    if citation.lines:
        return lines_address(report_id, citation.lines, language)
    return report_address(report_id, language)


def row_address(row: IndicatorRow | GoalStatusRow | GoodExampleRow, language: Language) -> str:
    """Where a table row can be checked."""
    return source_address(row.report, getattr(row, "passage_id", None), row.citation, language)


def hit_source(hit: Hit, language: Language, trail: "Trail | None" = None) -> str:
    """Where a hit can be checked."""
    return passage_address(hit.report.id, hit.passage_id, language, trail)


@dataclass(frozen=True, slots=True)
class Trail:
    """The list that a reader comes from, so that the next hit is one click away."""

    question: str
    filters: Filters
    kind: Literal["nr", "kalla"]
    """"nr" for the ranked passages, "kalla" for an answer's sources."""
    number: int
    """1-based."""

    def at(self, number: int) -> "Trail":
        """The same list, elsewhere."""
        return Trail(self.question, self.filters, self.kind, number)


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force: its words and the address without it."""

    field: str
    value: str
    excluded: bool
    understood: bool
    """True when it was read out of the question."""
    without: str | None
    """None when the question cannot be asked without it."""


def tags(
    given: Filters,
    in_force: Filters,
    path: str,
    question: str | None,
    language: Language,
    understood: Sequence[Understood] = (),
    **parameters: str | int | None,
) -> list[Tag]:
    """Every filter in force with the address that drops it: from the filters given, or from the question's words."""
    read = {(one.field, str(value)): one.lifted for one in understood for value in one.values if one.lifted}
    found: list[Tag] = []
    for one in FILTERS:
        chosen = _values(given, one.field)
        for value in dict.fromkeys((*chosen, *_values(in_force, one.field))):
            rest = tuple(other for other in chosen if other != value)
            left = _with(given, one.field, rest if one.repeatable else None)
            asked = question if value in chosen else read.get((one.field, str(value)))
            found.append(
                Tag(
                    field=one.field.removeprefix("exclude_"),
                    value=str(value),
                    excluded=one.field.startswith("exclude_"),
                    understood=value not in chosen,
                    without=address(path, language, left, q=asked, **parameters) if value in chosen or asked else None,
                )
            )
    for stretch in understood:
        if stretch.field in OTHER_TAGS and stretch.lifted:
            goes = address(path, language, given, q=stretch.lifted, **parameters)
            found.append(Tag(OTHER_TAGS[stretch.field], stretch.text, excluded=False, understood=True, without=goes))
    return found


OTHER_TAGS = {"group": "group", "goal_kind": "goal", "no_own_goal": "goal", "unjudged": "status"}
"""What else is read from questions, and what it is shown as."""


MOST_CHOICES = 12
"""Values of one filter that are offered, the most common first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter value to add or to leave out, with how many hits it has."""

    value: str
    count: int
    address: str
    without: str
    """The address that excludes it."""


def choices(
    facets: dict[str, list[tuple[str | int, int]]],
    given: Filters,
    path: str,
    question: str | None,
    language: Language,
    in_force: Filters | None = None,
    **parameters: str | int | None,
) -> dict[str, list[Choice]]:
    """Links that narrow down, by field; values already chosen, or read from the question, are left out."""
    known = {one.field for one in FILTERS if one.repeatable}
    found: dict[str, list[Choice]] = {}
    for field, values in facets.items():
        if field not in known:
            continue
        chosen = _values(given, field)
        left_out = _values(given, f"exclude_{field}")
        links = [
            Choice(
                str(value),
                count,
                address(path, language, _with(given, field, (*chosen, value)), q=question, **parameters),
                address(path, language, _with(given, f"exclude_{field}", (*left_out, value)), q=question, **parameters),
            )
            for value, count in values[: MOST_CHOICES + len(chosen)]
            if count and value not in (*chosen, *(_values(in_force, field) if in_force else ()))
        ]
        if links:
            found[field] = links
    return found


def hidden(filters: Filters, **parameters: str | int | None) -> list[tuple[str, str]]:
    """The filters, and what else is chosen, as hidden fields of a form."""
    return [*((name, str(value)) for name, value in parameters.items() if value is not None), *_pairs(filters)]


def only(filters: Filters, **fields: tuple[str | int, ...] | int | None) -> Filters:
    """The filters with some of them set anew."""
    return filters.model_copy(update=fields)
