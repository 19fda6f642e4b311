"""A measured figure, with the mark it is held against."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a result."""

    group: str
    """What was measured, e.g. "struktur 000 text"."""
    name: str
    value: float
    target: float | None = None
    """At least this is asked for; None when nothing is."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without one."""
        return None if self.target is None else self.value >= self.target


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| vad | mått | värde | krav | |", "|---|---|---|---|---|"]
    for figure in figures:
        target = "" if figure.target is None else f"{figure.target:g}"
        mark = {None: "", True: "ja", False: "NEJ"}[figure.met]
        note = f" {figure.note}" if figure.note else ""
        lines.append(f"| {figure.group} | {figure.name} | {figure.value:.3f}{note} | {target} | {mark} |")
    return "\n".join(lines)


def rows(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The figures for JSON."""
    return [{**asdict(figure), "met": figure.met} for figure in figures]
