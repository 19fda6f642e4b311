"""Read the labels that stand before a goal's title: "KF:s mål för verksamhetsområdet:", "Nämndmål 1.1.1:"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.heading import depth, heading_shaped, split_number
from ingest.rules import GoalKind, goal_rules

KINDS: tuple[GoalKind, ...] = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
"""From the outermost to the innermost."""


@dataclass(frozen=True, slots=True)
class GoalLabel:
    """A line that begins with a goal's label."""

    kind: GoalKind
    title: str
    """With the number; "" when the label stands alone."""
    number: str
    """A number that the label ends with, while the title stands on the next line; else ""."""
    certain: bool
    """A colon tells that a goal is meant."""
    shared: bool
    """The label tells no kind of its own."""
    everyday: bool
    """The label is an ordinary word too ("Mål")."""


@cache
def _label() -> re.Pattern[str]:
    rules = goal_rules()
    own = (f"(?P<{kind}>{_either(labels)})" for kind, labels in rules.labels.items())
    shared = (f"(?P<shared_{kind}>{_either(labels)})" for kind, labels in rules.shared_labels.items())
    return re.compile(rf"(?:{'|'.join((*own, *shared))})(?P<rest>(?!\w).*)$", re.IGNORECASE)


def _either(labels: Sequence[str]) -> str:
    """A pattern for any of the labels, however the genitive and the blanks are set ("KF:s", "KFs", "KF´s")."""
    patterns = (re.escape(label).replace(r"\ ", r"\s+") for label in sorted(labels, key=len, reverse=True))
    return "|".join(re.sub(r"KF:s", r"KF\\s?[:’'´`]?\\s?s", pattern) for pattern in patterns)


_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}\.?")
_REST = re.compile(
    r"\s*(?::\s*(?P<colon>.*)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\.?\s*(?:(?P<mark>[:–-])\s*)?(?P<numbered>.*)"
    r"|(?P<bare>[^\W\d_].*)?)$"
)


def read_label(text: str) -> GoalLabel | None:
    """What a line with a goal's label says; None for other lines."""
    match = _label().match(text)
    if match is None or text[0].islower():
        return None
    rest = _REST.match(match["rest"])
    if rest is None:
        return None
    shared = not any(match[kind] for kind in KINDS)
    kind = next(
        kind for kind in KINDS if match[f"shared_{kind}" if shared and kind in goal_rules().shared_labels else kind]
    )
    number, title = rest["number"] or "", rest["numbered"] or ""
    if (
        number
        and title
        and not (title[0].isupper() and (rest["mark"] or heading_shaped(title.rstrip("."), numbered=True)))
    ):
        return None
    bare = rest["bare"] or ""
    if bare and not (bare[0].isupper() and heading_shaped(bare.rstrip("."))):
        return None
    whole = (rest["colon"] or bare).strip() if not number else f"{number} {title}".strip() if title else ""
    if _NUMBER.fullmatch(whole):
        number, whole, title = whole.rstrip("."), "", ""
    printed = split_number(whole)[0] or number
    if shared and printed:
        kind = KINDS[min(depth(printed), len(KINDS)) - 1]
    everyday = match["shared_namndmal"] is not None
    return GoalLabel(
        kind, whole, "" if title else number, rest["colon"] is not None or rest["mark"] is not None, shared, everyday
    )
