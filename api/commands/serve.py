"""`spana serve`: the web pages and the HTTP interface."""

from typing import Annotated

import typer

from api.format import complain
from api.session import archive


def serve(
    ctx: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="ADRESS", show_default=False, help="Adress att lyssna på; förval 127.0.0.1 (host).")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=1, max=65_535, show_default=False, help="Port; förval 8000 (port).")
    ] = 8000,
) -> None:
    """Starta webbsidorna och HTTP-gränssnittet (web pages and HTTP API)."""
    import uvicorn

    from api.http import create_app

    with archive(ctx) as opened:
        complain(f"spana svarar på http://{host}:{port} – avsluta med Ctrl-C")
        uvicorn.run(create_app(opened), host=host, port=port, log_level="warning", server_header=False)
