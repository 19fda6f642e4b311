"""`spana serve`: the web pages and the HTTP interface."""

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from api.format import complain
from api.home import archive

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

    listener = _listen(host, port)
    with listener, archive(ctx) as opened:
        # In the background: pages that need no models are there at once.
        loading = threading.Thread(target=_warm_up, args=(opened,))
        loading.start()
        complain(f"spana svarar på http://{host}:{port} – avsluta med Ctrl-C")
        config = uvicorn.Config(create_app(opened), log_level="warning", server_header=False)
        # Ctrl-C is how a service is ended: no error.
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
        loading.join()


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address. Raises search.errors.UsageError when it cannot be had."""
    from search.errors import UsageError

    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError:
        reason = "är upptagen eller finns inte på den här datorn"
        raise UsageError(f"Adressen {host}:{port} {reason}; välj en annan med --host och --port.") from None


def _warm_up(opened: "Archive") -> None:
    """Load the models, so that the first question does not wait for them."""
    from search.errors import SpanaError

    try:
        opened.warm_up()
    except SpanaError as error:
        complain(str(error))
