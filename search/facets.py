"""Filter values and how many of the passages that match each would leave."""

from collections import Counter
from collections.abc import Mapping, Sequence

from search.outline_store import Outline
from search.records import ReportRecord
from search.schema import FacetValue
from search.scope import goal_prefixes

_MOST = 30
"""Values shown of each facet."""


def facets(
    found: Sequence[Outline], reports: Mapping[int, ReportRecord], names: Counter[str]
) -> dict[str, tuple[FacetValue, ...]]:
    """Counts of districts, boards, years, types, goals, parts and statuses among the passages, and of their `names`."""
    counts: dict[str, Counter[str | int]] = {
        name: Counter() for name in ("district", "board", "year", "type", "goal", "part", "status", "entity")
    }
    counts["entity"].update(names)
    for one in found:
        report = reports[one.report_key]
        values: tuple[tuple[str, str | int | None], ...] = (
            ("district", report.district),
            ("board", report.board),
            ("year", report.year),
            ("type", report.type),
            ("part", one.part),
            ("status", one.judged),
        )
        for name, value in values:
            if value is not None:
                counts[name][value] += 1
        counts["goal"].update(goal_prefixes(one.goal_number))
    return {
        name: tuple(
            FacetValue(value=value, count=number)
            for value, number in sorted(counter.items(), key=lambda item: (-item[1], str(item[0])))[:_MOST]
        )
        for name, counter in counts.items()
    }
