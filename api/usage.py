"""Typer's messages about wrong use, as one Swedish line."""

import re

_PATTERNS = (
    (r"No such command ['\"](.+?)['\"]\. Did you mean (.+?)\?", r"Kommandot \1 finns inte. Menade du \2?"),
    (r"No such command ['\"](.+?)['\"]\.", r"Kommandot \1 finns inte."),
    (r"Missing command\.", "Kommando saknas."),
    (r"No such option:? ['\"]?(\S+?)['\"]?\.? \(?Did you mean (.+?)\?\)?", r"Flaggan \1 finns inte. Menade du \2?"),
    (
        r"No such option:? ['\"]?([^'\"\s]+)['\"]?\.? \(Possible options: (.+)\)",
        r"Flaggan \1 finns inte. Menade du \2?",
    ),
    (r"No such option:? ['\"]?([^'\"\s]+?)['\"]?\.?", r"Flaggan \1 finns inte."),
    (r"Option ['\"](.+?)['\"] requires an argument\.", r"Flaggan \1 behöver ett värde."),
    (r"Option ['\"](.+?)['\"] does not take a value\.", r"Flaggan \1 tar inget värde."),
    (r"Got unexpected extra arguments? \((.+)\)", r"För många argument: \1. Sätt citattecken om frågan."),
    (r"Missing argument ['\"](.+?)['\"]\.", r"\1 saknas."),
    (r"Missing option ['\"](.+?)['\"]\.", r"Flaggan \1 saknas."),
    (r"Invalid value for (.+?): ['\"]?(.*?)['\"]? is not a valid integer.*", r"\2 är inget heltal (\1)."),
    (r"Invalid value for (.+?): ['\"]?(.*?)['\"]? is not in the range (.+?)\.", r"\2 ligger utanför \3 (\1)."),
    (r"Invalid value for (.+?): ['\"]?(.*?)['\"]? is not one of (.+?)\.", r"\2 är inte ett av \3 (\1)."),
    (r"Invalid value for (.+?): (.+)", r"Värdet för \1 kan inte användas: \2"),
)


def translate(message: str, command_path: str) -> str:
    """The Swedish sentence for an English message, and where to find help."""
    line = " ".join(message.split())
    for pattern, swedish in _PATTERNS:
        match = re.fullmatch(pattern, line)
        if match:
            line = match.expand(swedish)
            break
    else:
        line = f"Kommandot kan inte tolkas ({line})."
    return f"{line} Hjälp: {command_path} --help"
