"""Help texts laid out in plain Swedish, the same on a terminal, in a pipe and in docs/commands.md."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_TYPER_NOTES = re.compile(r" <[^>]+>|\s*\[(required|[\d<>=x]+)\]")
"""What typer adds to a help text in English."""


def _write(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx)).replace("{", "").replace("}", "")
    formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help or "")
    arguments: list[tuple[str, str]] = []
    options: list[tuple[str, str]] = []
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None:
            name, text = (_TYPER_NOTES.sub("", part).rstrip() for part in record)
            (arguments if parameter.param_type_name == "argument" else options).append((name, text))
    for heading, records in (("Argument", arguments), ("Flaggor", options)):
        if records:
            with formatter.section(heading):
                formatter.write_dl(records)


def _swedish_help_option(option: Any) -> Any:
    if option is not None:
        option.help = "Visa den här hjälpen."
    return option


class Command(TyperCommand):
    """A command whose help is Swedish."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        return _swedish_help_option(super().get_help_option(ctx))


_COMPLETION = {
    "install_completion": "Låt skalet fylla i kommandon och flaggor (install shell completion).",
    "show_completion": "Visa det som skalet behöver för det (show completion script).",
}


class Group(TyperGroup):
    """The program's own help: Swedish, with the list of commands in the order they are usually used."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**{**attributes, "subcommand_metavar": "KOMMANDO …", "options_metavar": "[FLAGGOR]"})

    def get_params(self, ctx: Any) -> list[Any]:
        found: list[Any] = list(super().get_params(ctx))
        for parameter in found:
            if parameter.name in _COMPLETION:
                parameter.help = _COMPLETION[parameter.name]
        return found

    def list_commands(self, _ctx: Any) -> list[str]:
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _write(self, ctx, formatter)
        rows = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        with formatter.section("Kommandon"):
            formatter.write_dl(rows)
        with formatter.indentation():
            formatter.write_text("Hjälp om ett kommando: spana KOMMANDO --help")

    def get_help_option(self, ctx: Any) -> Any:
        return _swedish_help_option(super().get_help_option(ctx))
