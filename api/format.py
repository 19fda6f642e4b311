"""The one output option of the listing commands, and how text reaches a terminal or a pipe."""

import os
import sys
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pydantic import BaseModel

Json = Annotated[bool, typer.Option("--json", help="Skriv svaret som JSON på standard ut (print JSON).")]


def emit(shape: "BaseModel", as_json: bool, render: Callable[[], None]) -> None:
    """Print a shape as JSON, or let `render` print it for people. Call it outside `api.home.archive`."""
    if as_json:
        print(shape.model_dump_json(indent=2))
    else:
        render()


def on_terminal() -> bool:
    """Whether people read standard output: a terminal, or TTY_COMPATIBLE=1 (the convention that rich follows too)."""
    return sys.stdout.isatty() or os.environ.get("TTY_COMPATIBLE") == "1"


def say(text: str = "") -> None:
    """One line for people on standard output."""
    print(plain(text))


def complain(text: str) -> None:
    """One line for people on standard error."""
    print(plain(text), file=sys.stderr)


def plain(text: str) -> str:
    """`text` without control characters, so that no document can steer the terminal."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)
