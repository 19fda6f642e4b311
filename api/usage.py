"""Typer's messages about wrong use, as one Swedish line."""

import re

_PATTERNS = (
    (r"No such command '(.+?)'\. Did you mean (.+?)\?", r"Kommandot \1 finns inte. Menade du \2?"),
    (r"No such command '(.+?)'\.", r"Kommandot \1 finns inte."),
    (r"No such option: (\S+) \(Possible options: (.+)\)", r"Flaggan \1 finns inte. Menade du \2?"),
    (r"No such option: (\S+)", r"Flaggan \1 finns inte."),
    (r"Option '(.+?)' requires an argument\.", r"Flaggan \1 behöver ett värde."),
    (r"Option '(.+?)' does not take a value\.", r"Flaggan \1 tar inget värde."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)", r"För många argument: \1. Sätt citattecken om frågan."),
    (r"Missing argument '(.+?)'\.", r"\1 saknas."),
    (r"Invalid value for '(.+?)': .*valid integer.*", r"Värdet för \1 ska vara ett heltal."),
    (r"Invalid value for '(.+?)': .*greater than or equal to (\d+)", r"Värdet för \1 ska vara minst \2."),
    (r"Invalid value for '(.+?)': .*less than or equal to (\d+)", r"Värdet för \1 får vara högst \2."),
    (r"Invalid value for '(.+?)': .*", r"Värdet för \1 kan inte användas."),
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
