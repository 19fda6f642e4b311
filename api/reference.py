"""`docs/commands.md`, written from the help texts: `python -m api.reference docs/commands.md`."""

import sys
from pathlib import Path
from typing import Any

import typer.main

from api.cli import app

INTRODUCTION = """# Kommandon

Den här sidan skrivs av `make docs` ur hjälptexterna; ändra dem i `api/`.

- Svar går till standard ut, allt annat (förlopp, varningar, fel) till standard fel. I ett rör blir tabeller
  tabbavgränsade rader utan färg; `NO_COLOR` stänger av färg även i terminalen.
- Slutkoder: 0 klart, 1 någon indata misslyckades, 2 fel användning (också okänd rapport), 130 avbrutet med Ctrl-C.
- Filter går att ge flera gånger och betyder då *eller*; olika filter tillsammans betyder *och*.
- `--home` får stå var som helst på kommandoraden.
"""
WIDTH = 100


def reference() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("spana", ["--version"], resilient_parsing=True)
    context.terminal_width = WIDTH
    pages = [f"## spana\n\n```\n{group.get_help(context).rstrip()}\n```"]
    for name, command in group.commands.items():
        own = command.context_class(command, info_name=name, parent=context, terminal_width=WIDTH)
        pages.append(f"## spana {name}\n\n```\n{command.get_help(own).rstrip()}\n```")
    return INTRODUCTION + "\n" + "\n\n".join(pages) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
