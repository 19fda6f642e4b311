"""Ranked passages in another order, or in groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.holdings import area_of
from search.schema import Filters, Hit

Order = Literal["rank", "newest", "oldest", "district"]
Group = Literal["none", "report", "district", "goal"]
ORDERS: tuple[Order, ...] = ("rank", "newest", "oldest", "district")
GROUPS: tuple[Group, ...] = ("none", "report", "district", "goal")
CONSIDERED = 100
"""The best passages, of which another order or groups are made."""
IN_GROUP = 3
"""Passages shown of each group."""


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Passages that belong together, the best first."""

    name: str
    hits: tuple[Hit, ...]
    total: int
    filters: Filters | None
    """What leaves only this group; None when no filter does."""


def ordered(hits: Sequence[Hit], order: Order) -> list[Hit]:
    """`hits` in the order asked for; those that are equal in it stay ranked."""
    keys: dict[Order, Callable[[Hit], tuple[object, ...]]] = {
        "rank": lambda hit: (hit.rank,),
        "newest": lambda hit: (-(hit.report.year or 0), hit.rank),
        "oldest": lambda hit: (hit.report.year or 9999, hit.rank),
        "district": lambda hit: (*area_of(hit.report), -(hit.report.year or 0), hit.rank),
    }
    return sorted(hits, key=keys[order])


def grouped(hits: Sequence[Hit], group: Group, filters: Filters) -> list[HitGroup]:
    """`hits` under their report, area or goal, the group with the best hit first."""
    found: dict[tuple[str, Filters | None], list[Hit]] = {}
    for hit in hits:
        found.setdefault(_group(hit, group, filters), []).append(hit)
    return [HitGroup(name, tuple(own[:IN_GROUP]), len(own), only) for (name, only), own in found.items()]


def _group(hit: Hit, group: Group, filters: Filters) -> tuple[str, Filters | None]:
    report = hit.report
    if group == "report":
        name = ", ".join(str(part) for part in (report.board or report.source, report.type, report.year) if part)
        return name, filters.model_copy(update={"report": (report.id,)})
    if group == "district":
        city_wide, name = area_of(report)
        if city_wide:
            return name, filters.model_copy(update={"board": (report.board,)}) if report.board else None
        return name, filters.model_copy(update={"district": (name,)})
    goal = next((one for one in hit.section.path if one[:1].isdigit() and "." in one.split(" ")[0].rstrip(".")), None)
    if goal is None:
        return "", None
    number = goal.split(" ")[0].rstrip(".")
    return goal, filters.model_copy(update={"goal": (number,)})
