"""`spana mcp`: the archive for assistants, over standard input and output."""

import typer

from api import home


def mcp(ctx: typer.Context) -> None:
    """Låt en assistent söka med källor, över standard in och ut (Model Context Protocol, read only)."""
    home.quiet()
    # Not `home.archive`: the protocol owns standard output, and its transport sends what libraries print elsewhere.
    with home.open_archive(ctx.obj.folder) as opened:
        from api.assistant import create_server

        create_server(opened).run("stdio")
