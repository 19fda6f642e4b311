"""`spana serve`: the web pages and the HTTP interface."""

import threading
from typing import TYPE_CHECKING, Annotated

import typer

from api.format import complain
from api.session import archive

if TYPE_CHECKING:
    from search.archive import Archive


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
        # In the background: pages that need no models are there at once.
        threading.Thread(target=_warm_up, args=(opened,), daemon=True).start()
        complain(f"spana svarar på http://{host}:{port} – avsluta med Ctrl-C")
        uvicorn.run(create_app(opened), host=host, port=port, log_level="warning", server_header=False)


def _warm_up(opened: "Archive") -> None:
    """Load the models, so that the first question does not wait for them."""
    from search.errors import SpanaError

    try:
        opened.warm_up()
    except SpanaError as error:
        complain(str(error))
