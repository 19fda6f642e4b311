"""The one way out of the listing commands: a table for people, or json, csv, tsv or xlsx, to the screen or a file."""

import contextlib
import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from api.format import complain

if TYPE_CHECKING:
    from pydantic import BaseModel

    from api.export import Row

FORMATS = ("table", "json", "csv", "tsv", "xlsx")


@dataclass(frozen=True, slots=True)
class Output:
    """What `--format`, `--json` and `--out` say."""

    format: str
    out: Path | None = None

    def emit(self, shape: "BaseModel", render: Callable[[], None], rows: "Callable[[], Iterable[Row]]") -> None:
        """Print a shape as JSON, its rows as a table of cells, or let `render` print it for people."""
        from api.export import write_rows

        if self.format in ("csv", "tsv", "xlsx"):
            with self.file() as target:
                write_rows(rows(), self.format, target)  # type: ignore[arg-type]
        elif self.out is not None:
            with self.file() as target:
                target.write(_text(shape, render, self.format == "json").encode("utf-8", "backslashreplace"))
        else:
            print(shape.model_dump_json(indent=2)) if self.format == "json" else render()
        if self.out is not None:
            complain(f"Skrivet till {self.out}")

    @contextlib.contextmanager
    def file(self) -> Iterator[BinaryIO]:
        """Where bytes go. A file is written beside and moved into place, so that a half one never looks whole."""
        if self.out is None:
            sys.stdout.flush()
            yield sys.stdout.buffer
            return
        part = self.out.with_name(self.out.name + ".part")
        try:
            with part.open("wb") as target:
                yield target
            part.replace(self.out)
        finally:
            part.unlink(missing_ok=True)


def _text(shape: "BaseModel", render: Callable[[], None], as_json: bool) -> str:
    import io

    if as_json:
        return shape.model_dump_json(indent=2) + "\n"
    with contextlib.redirect_stdout(io.StringIO()) as caught:
        render()
    return caught.getvalue()


def with_output(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command, which takes `output: Output`, the options `--format`, `--json` and `--out`."""

    @functools.wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        given = {name: kwargs.pop(f"output_{name}") for name in ("format", "json", "out")}
        function(*args, output=_output(given["format"], given["json"], given["out"]), **kwargs)

    signature = inspect.signature(function)
    own = [parameter for parameter in signature.parameters.values() if parameter.name != "output"]
    command.__signature__ = signature.replace(parameters=[*own, *_OPTIONS])  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *_OPTIONS)}
    return command


def _output(format: str | None, as_json: bool, out: Path | None) -> Output:
    from search.errors import UsageError

    if as_json and format not in (None, "json"):
        raise UsageError(f"--json och --format {format} går inte ihop; välj det ena.")
    chosen = "json" if as_json else format or "table"
    if chosen not in FORMATS:
        raise UsageError(f"Formatet {chosen} finns inte; välj ett av {', '.join(FORMATS)}.")
    if chosen == "xlsx" and out is None and (sys.stdout.isatty() or os.environ.get("TTY_COMPATIBLE") == "1"):
        raise UsageError("xlsx går inte att visa i terminalen; ange en fil med --out FIL.")
    return Output(chosen, out)


def _parameter(name: str, kind: Any, default: Any, option: Any) -> inspect.Parameter:
    return inspect.Parameter(
        f"output_{name}", inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option]
    )


_OPTIONS = (
    _parameter(
        "format",
        str | None,
        None,
        typer.Option(
            "--format", metavar="FORMAT", show_default=False, help="table, json, csv, tsv eller xlsx; förval table."
        ),
    ),
    _parameter("json", bool, False, typer.Option("--json", help="Detsamma som --format json (print JSON).")),
    _parameter(
        "out",
        Path | None,
        None,
        typer.Option("--out", metavar="FIL", show_default=False, help="Skriv till en fil i stället (write to a file)."),
    ),
)
