"""Tables for people: ruled on a terminal, tab-separated in a pipe."""

import os
from collections.abc import Iterable, Sequence

from api.format import on_terminal, plain, say


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None) -> None:
    """Print `rows` under `columns`; None is an empty cell."""
    if not on_terminal():
        if title:
            say(title)
        say_row(columns)
        for row in rows:
            say_row(row)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, overflow="fold", justify="left", no_wrap=number == 0 and len(columns) > 3)
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    # Without colour nothing is emphasised either: NO_COLOR means plain text.
    console = Console(highlight=False, color_system=None) if os.environ.get("NO_COLOR") else Console(highlight=False)
    console.print(table)


def say_row(row: Sequence[object]) -> None:
    """One tab-separated line."""
    print("\t".join(_cell(value) for value in row))


def _cell(value: object) -> str:
    return "" if value is None else plain(str(value))
