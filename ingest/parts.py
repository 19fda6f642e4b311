"""Know the labels that divide a goal's text."""

import re
from functools import cache

from ingest.block import Block
from ingest.rules import PartRule, goal_rules, key


@cache
def _rules() -> dict[str, PartRule]:
    return {key(rule.label): rule for rule in goal_rules().parts}


def part_rule(block: Block) -> PartRule | None:
    """The rule of the label that this line is, with or without a colon; None when it is no label."""
    if not block.text or len(block.text) > 40 or block.text[0].islower():
        return None
    return _rules().get(key(block.text))


def begins_board_goal(block: Block) -> bool:
    """True for the label that a nämndmål's text begins with."""
    rule = part_rule(block)
    return rule is not None and rule.begins_board_goal


def printed_label(block: Block) -> str:
    """The label as printed."""
    return re.sub(r"\s*:$", "", block.text)


def heading_rule(text: str) -> PartRule | None:
    """The rule of the label that a longer heading begins with: "Goda exempel – hemtjänsten"."""
    for rule in goal_rules().parts:
        if rule.begins_headings and re.match(
            rf"{re.escape(rule.label)}\b\s*(?:[:–-]|inom\b|från\b|i\b|på\b|av\b)", text
        ):
            return rule
    return None


def list_label(label: str | None) -> bool:
    """True for a part whose lines are list items ("Förväntat resultat")."""
    rule = _rules().get(key(label)) if label else None
    return rule is not None and rule.list
