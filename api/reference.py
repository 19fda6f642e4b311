"""`docs/commands.md`, written from the help texts: `python -m api.reference docs/commands.md`."""

import sys
from pathlib import Path
from typing import Any

import typer.main

from api.cli import app
from search.settings import Settings

INTRODUCTION = """# Kommandon

Den här sidan skrivs av `make docs` ur hjälptexterna; ändra dem i `api/`.

- Svar går till standard ut, allt annat (förlopp, varningar, fel) till standard fel. I ett rör blir tabeller
  tabbavgränsade rader utan färg; `NO_COLOR` stänger av färg även i terminalen.
- Alla kommandon som listar något tar `--format table|json|csv|tsv|xlsx`, `--json` (detsamma som `--format json`) och
  `--out FIL`. I csv, tsv och xlsx har varje rad sin källa (`citation_…`) och arkivets version (`archive`), och ingen
  cell kan bli en formel.
- Slutkoder: 0 klart, 1 någon indata misslyckades (eller `check` och `doctor` fann fel), 2 fel användning (också okänd
  rapport), 130 avbrutet med Ctrl-C.
- `spana --install-completion` låter skalet fylla i kommandon och flaggor.
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
    return INTRODUCTION + "\n" + "\n\n".join([*pages, _settings()]) + "\n"


def _settings() -> str:
    """The environment variables, from the settings' own descriptions."""
    rows = (f"| `SPANA_{name.upper()}` | {field.description} |" for name, field in Settings.model_fields.items())
    return "\n".join(["## Inställningar", "", "| miljövariabel | gör |", "|---|---|", *rows])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
