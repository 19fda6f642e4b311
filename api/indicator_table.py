"""Indicators: which there are, and one of them by area and period, as a table and as charts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from api import chart
from api.holdings import Area, area_of
from api.numbers import number
from search.schema import IndicatorRow, ReportRef

Shown = Literal["all", "sex"]


@dataclass(frozen=True, slots=True)
class IndicatorName:
    """One indicator and how much there is of it."""

    name: str
    rows: int
    areas: int
    years: str
    """The first and the last, as "2020–2024"."""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One printed row."""

    area: Area
    report: ReportRef
    when: str
    """The period as printed, else the report's year."""
    row: IndicatorRow


@dataclass(frozen=True, slots=True)
class Panel:
    """One area's chart."""

    area: Area
    drawing: Markup


FIELDS = ("value", "women", "men", "previous", "target", "city_target", "forecast")
"""Columns of an indicator's figures, in their order."""


def filled(rows: Sequence[IndicatorRow]) -> list[str]:
    """The columns that some row has something in; the outcome always."""
    return [field for field in FIELDS if field == "value" or any(getattr(row, field) is not None for row in rows)]


def by_name(rows: Iterable[IndicatorRow]) -> list[tuple[str, list[IndicatorRow]]]:
    """Rows under the names of their indicators, in the order given."""
    found: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        found.setdefault(row.name, []).append(row)
    return list(found.items())


def names(rows: Iterable[IndicatorRow], reports: Sequence[ReportRef]) -> list[IndicatorName]:
    """Every indicator once, however its name is spaced and capitalised; the most reported first."""
    held = {report.id: report for report in reports}
    grouped: dict[str, list[IndicatorRow]] = {}
    for row in rows:
        if row.report in held:
            grouped.setdefault(folded(row.name), []).append(row)
    found = []
    for own in grouped.values():
        years = sorted({row.year for row in own if row.year is not None})
        span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        found.append(IndicatorName(own[0].name, len(own), len({area_of(held[row.report]) for row in own}), span))
    return sorted(found, key=lambda one: (-one.rows, folded(one.name)))


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().split())


def table(rows: Iterable[IndicatorRow], reports: Sequence[ReportRef], name: str) -> list[IndicatorLine]:
    """The rows of the indicator called `name`, by area and time."""
    held = {report.id: report for report in reports}
    lines = [
        IndicatorLine(area_of(held[row.report]), held[row.report], row.period or str(row.year or "?"), row)
        for row in rows
        if row.report in held and folded(row.name) == folded(name)
    ]
    return sorted(lines, key=lambda line: (line.area, _moment(line)))


def panels(lines: Sequence[IndicatorLine], shown: Shown, words: dict[str, str]) -> list[Panel]:
    """A chart for each area, all with the same scale: bars while no area has many periods, lines over the same
    periods where one has. `words` names the series."""
    units = {line.row.unit for line in lines if line.row.unit}
    moments = {short_period(line.when): _moment(line)[:2] for line in lines}
    labels = sorted(moments, key=lambda label: (moments[label], label))
    fields = (("women", "plain"), ("men", "second")) if shown == "sex" else (("value", "plain"), ("target", "target"))
    numbers = [value for line in lines for field, _ in fields if (value := _number(line.row, field)) is not None]
    if not numbers or len(units) > 1 or len(labels) > MOST_LABELS:
        return []
    drawn = []
    for area in dict.fromkeys(line.area for line in lines):
        own = [line for line in lines if line.area == area]
        series = [_series(own, labels, field, kind, words[field]) for field, kind in fields]
        held = [place for place in range(len(labels)) if any(one.points[place] for one in series)]
        if held:
            drawn.append((area, series, held))
    over_time = max(len(held) for _, _, held in drawn) > MOST_BARS
    found = []
    for area, series, held in drawn:
        title = f"{lines[0].row.name}, {area[1]}"
        told = "; ".join(_told(one, labels) for one in series if any(one.points))
        if over_time:
            # The outcome is drawn last, over its target.
            drawing = chart.lines(title, told, labels, series[::-1], top=max(numbers) * 1.1)
        else:
            kept = [
                chart.Series(one.name, tuple(one.points[place] for place in held), one.kind)
                for one in series
                if any(one.points)
            ]
            # Labels of one width give every chart the same room for its bars.
            widest = max(map(len, labels))
            beside = [labels[place].rjust(widest, "\u00a0") for place in held]
            drawing = chart.bars(title, told, beside, kept, top=max(numbers))
        found.append(Panel(area, drawing))
    return found


def _told(series: chart.Series, labels: Sequence[str]) -> str:
    pairs = zip(labels, series.points, strict=True)
    return f"{series.name}: " + ", ".join(f"{label} {point.shown}" for label, point in pairs if point)


MOST_BARS = 3
"""Periods of an area that bars show; with more, a line shows the course better."""
MOST_LABELS = 8
"""Periods that fit along a small chart; with more, the table alone is clearer."""


def _series(lines: Sequence[IndicatorLine], labels: Sequence[str], field: str, kind: str, name: str) -> chart.Series:
    points: list[chart.Point | None] = []
    for label in labels:
        # Several reports may print a period: the latest knows best.
        own = [line for line in lines if short_period(line.when) == label and _number(line.row, field) is not None]
        value = _number(own[-1].row, field) if own else None
        points.append(chart.Point(value, number(value, own[-1].row.unit)) if value is not None else None)
    return chart.Series(name, tuple(points), kind)


def _number(row: IndicatorRow, field: str) -> float | None:
    value = getattr(row, field)
    return float(value) if isinstance(value, int | float) else None


_YEAR = re.compile(r"(?:19|20)\d\d")
_TERTIAL = re.compile(r"\b(?:tertial|t)\s*([123])\b", re.IGNORECASE)


def _moment(line: IndicatorLine) -> tuple[int, int, str]:
    """When a value is from, for sorting: year, part of the year, and when it was reported."""
    year = _YEAR.findall(line.when)
    part = _TERTIAL.search(line.when)
    return (
        int(year[-1]) if year else line.report.year or 0,
        int(part[1]) if part else 9,
        f"{line.report.year or 0}{line.report.type}",
    )


def short_period(when: str) -> str:
    """A period as it stands along a chart: "Tertial 2 2022" is "T2 2022"."""
    return _TERTIAL.sub(lambda found: f"T{found[1]}", " ".join(when.split()))
