"""Filters once they are resolved against the archive: the same for the catalogue and for the vectors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages a question is about. Empty tuples of goals, parts, statuses and entities mean "any"."""

    reports: tuple[int, ...]
    """Keys of the ready reports that the filters on reports leave."""
    all_reports: bool
    """True when `reports` are all that are ready."""
    goals: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Case folded."""
    statuses: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    exclude_goals: tuple[str, ...] = ()
    exclude_parts: tuple[str, ...] = ()
    exclude_statuses: tuple[str, ...] = ()
    exclude_entities: tuple[str, ...] = ()
    passages: tuple[int, ...] | None = None
    """Keys of the passages that mention `entities`, for stores that know no names; None for any passage."""
    exclude_passages: tuple[int, ...] = ()
    """Keys of those that mention `exclude_entities`."""
    unready: tuple[int, ...] | None = None
    """With `all_reports`, keys of the versions that are in the stores and not ready: to leave these out is quicker than
    to ask for thousands that are. None where they are not known."""

    @property
    def whole_reports(self) -> bool:
        """True when no filter looks inside the reports."""
        return not (
            self.goals
            or self.parts
            or self.statuses
            or self.entities
            or self.exclude_goals
            or self.exclude_parts
            or self.exclude_statuses
            or self.exclude_entities
        )


def goal_prefixes(number: str | None) -> tuple[str, ...]:
    """A goal number and those above it: "1.4.2" gives "1", "1.4", "1.4.2"."""
    if number is None:
        return ()
    parts = number.split(".")
    return tuple(".".join(parts[: n + 1]) for n in range(len(parts)))
