"""Filter values and how many of the passages that match each would leave."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

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
    held = Counter(one.report_key for one in found)

    def of_reports(value: Callable[[ReportRecord], str | int | None]) -> Counter[str | int]:
        counter: Counter[str | int] = Counter()
        for key, number in held.items():
            if (told := value(reports[key])) is not None:
                counter[told] += number
        return counter

    goals: Counter[str | int] = Counter()
    for number, passages in Counter(one.goal_number for one in found).items():
        goals.update(dict.fromkeys(goal_prefixes(number), passages))
    counts: dict[str, Mapping[str | int, int]] = {
        "district": of_reports(lambda report: report.district),
        "board": of_reports(lambda report: report.board),
        "year": of_reports(lambda report: report.year),
        "type": of_reports(lambda report: report.type),
        "goal": goals,
        "part": Counter(one.part for one in found if one.part is not None),
        "status": Counter(one.judged for one in found if one.judged is not None),
        "entity": Counter(names),
    }
    return {
        name: tuple(
            FacetValue(value=value, count=number)
            for value, number in sorted(counter.items(), key=lambda item: (-item[1], str(item[0])))[:_MOST]
        )
        for name, counter in counts.items()
    }
