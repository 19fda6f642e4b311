"""The command `spana`."""

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands import (
    assistant,
    doctor,
    entities,
    evaluate,
    export,
    find,
    ingest,
    maintain,
    reports,
    serve,
    watch,
)
from api.format import complain
from api.help import Command, Group
from api.home import Home, load_settings
from api.usage import translate

DONE, SOME_FAILED, WRONG_USE, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141

app = typer.Typer(
    name="spana",
    cls=Group,
    help="Sök i arkiv av svenska kommunala rapporter, med källa till varje svar.",
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


@app.callback()
def _program(
    ctx: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            metavar="KATALOG",
            show_default=False,
            help="Var spana sparar allt; annars SPANA_HOME, annars användarens datakatalog (data folder).",
        ),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Visa versionen (show version).")] = False,
) -> None:
    ctx.obj = Home(home)
    if version:
        from api.version import version as current

        print(f"spana {current()}")
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        print(ctx.get_help(), file=sys.stderr)
        raise typer.Exit(WRONG_USE)


_COMMANDS: dict[str, Callable[..., None]] = {
    "ingest": ingest.ingest,
    "ask": find.ask,
    "search": find.search,
    "similar": find.similar,
    "annotate": find.annotate,
    "reports": reports.reports,
    "report": reports.report,
    "entities": entities.entities,
    "entity": entities.entity,
    "export": export.export,
    "watch": watch.watch,
    "serve": serve.serve,
    "mcp": assistant.mcp,
    "doctor": doctor.doctor,
    "status": maintain.status,
    "check": maintain.check,
    "remove": maintain.remove,
    "reindex": maintain.reindex,
    "eval": evaluate.quality,
    "bench": evaluate.bench,
}
for _name, _function in _COMMANDS.items():
    app.command(
        _name,
        cls=Command,
        options_metavar="[FLAGGOR]",
        context_settings=evaluate.PASS_ON if _name in ("eval", "bench") else None,
    )(_function)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code; what goes wrong is one Swedish line on standard error."""
    home, rest = _home(list(arguments))
    try:
        code = app(args=[*home, *rest], prog_name="spana", standalone_mode=False)
        sys.stdout.flush()
        # Typer turns Ctrl-C into this code.
        return _interrupted() if code == INTERRUPTED else code if isinstance(code, int) else DONE
    except (KeyboardInterrupt, typer.Abort):
        return _interrupted()
    except (BrokenPipeError, SystemExit) as error:
        # Typer makes SystemExit of a closed pipe.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        # Python flushes standard output again at exit: give it somewhere to go.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        return _explain(error, Path(home[1]) if home else None)


def _home(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Let `--home` stand anywhere before `--`: (the option, the other arguments)."""
    stop = arguments.index("--") if "--" in arguments else len(arguments)
    for place in range(stop):
        if arguments[place] == "--home" and place + 1 < stop:
            return arguments[place : place + 2], arguments[:place] + arguments[place + 2 :]
        if arguments[place].startswith("--home="):
            return ["--home", arguments[place][len("--home=") :]], arguments[:place] + arguments[place + 1 :]
    return [], arguments


def _interrupted() -> int:
    complain("Avbrutet; kör samma kommando igen för att fortsätta")
    return INTERRUPTED


def _explain(error: Exception, home: Path | None) -> int:
    from search.errors import NotFoundError, SpanaError, UsageError

    if isinstance(error, SpanaError):
        complain(str(error))
        return WRONG_USE if isinstance(error, NotFoundError | UsageError) else SOME_FAILED
    if hasattr(error, "format_message"):
        context = getattr(error, "ctx", None)
        complain(translate(error.format_message(), context.command_path if context else "spana"))
        return WRONG_USE
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        complain(f"{error.filename}: {_REASONS.get(type(error), error.strerror)}")
        return SOME_FAILED
    complain(f"Ett oväntat fel avbröt kommandot; felrapporten finns i {_log(error, home)}")
    return SOME_FAILED


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "filen eller katalogen finns inte; kontrollera sökvägen.",
    PermissionError: "åtkomst nekas; kontrollera rättigheterna.",
    IsADirectoryError: "är en katalog; ange en fil.",
    NotADirectoryError: "är ingen katalog; kontrollera sökvägen.",
}


def _log(error: Exception, home: Path | None) -> str:
    """Write the traceback to the home folder and give the file's path."""
    from search.errors import SpanaError

    text = "".join(traceback.format_exception(error))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    try:
        folder = load_settings(home).home / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"fel-{stamp}-{os.getpid()}.log"
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except (OSError, SpanaError):
        return "ingen fil: hemkatalogen går inte att skriva i"
    return str(path)


def main() -> None:
    """Entry point of the installed program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = run(sys.argv[1:])
    raise SystemExit(code)


if __name__ == "__main__":
    main()
