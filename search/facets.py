"""Filter values and how many of the found passages each would leave."""

from collections import Counter
from collections.abc import Sequence

from search.hits import Found
from search.schema import FacetValue
from search.scope import goal_prefixes

_MOST = 30
"""Values shown of each facet."""


def facets(found: Sequence[Found]) -> dict[str, tuple[FacetValue, ...]]:
    """Counts of districts, boards, years, types, goals, parts, statuses and entities among the passages found."""
    counts: dict[str, Counter[str | int]] = {
        name: Counter() for name in ("district", "board", "year", "type", "goal", "part", "status", "entity")
    }
    for one in found:
        values: tuple[tuple[str, str | int | None], ...] = (
            ("district", one.report.district),
            ("board", one.report.board),
            ("year", one.report.year),
            ("type", one.report.type),
            ("part", one.passage.part),
            ("status", one.section.judged),
        )
        for name, value in values:
            if value is not None:
                counts[name][value] += 1
        counts["goal"].update(goal_prefixes(one.section.goal_number))
        counts["entity"].update({mention.name for mention in one.mentions})
    return {
        name: tuple(
            FacetValue(value=value, count=number)
            for value, number in sorted(counter.items(), key=lambda item: (-item[1], str(item[0])))[:_MOST]
        )
        for name, counter in counts.items()
    }
