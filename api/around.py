"""What stands around a name: the goals it is mentioned under, and the names in the same passages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from search.schema import Hit

MOST = 12


@dataclass(frozen=True, slots=True)
class Around:
    """The most common first."""

    goals: tuple[tuple[str, str, int], ...]
    """(number, title, passages)."""
    names: tuple[tuple[str, int], ...]
    """(name, passages)."""


def around(passages: Iterable[Hit], name: str) -> Around:
    """Count the goals and the other names of passages that mention `name`."""
    goals: Counter[tuple[str, str]] = Counter()
    names: Counter[str] = Counter()
    for hit in passages:
        goal = next((step for step in reversed(hit.section.path) if _numbered(step)), None)
        if goal is not None:
            number, _, title = goal.partition(" ")
            goals[(number.rstrip("."), title)] += 1
        names.update({one.name for one in hit.entities} - {name})
    return Around(
        tuple((number, title, count) for (number, title), count in goals.most_common(MOST)),
        tuple(names.most_common(MOST)),
    )


def _numbered(step: str) -> bool:
    number = step.partition(" ")[0].rstrip(".")
    return number.count(".") == 1 and number.replace(".", "").isdigit()
