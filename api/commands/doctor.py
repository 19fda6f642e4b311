"""`spana doctor`: what must be in place."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.format import say
from api.home import load_settings, quiet
from api.output import Output, with_output

if TYPE_CHECKING:
    from api.shapes import Finding


@with_output
def doctor(
    ctx: typer.Context,
    output: Output,
    host: Annotated[
        str, typer.Option(metavar="ADRESS", show_default=False, help="Adress som spana serve ska få; förval 127.0.0.1.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(metavar="PORT", min=1, max=65_535, show_default=False, help="Port som den ska få; förval 8000."),
    ] = 8000,
) -> None:
    """Kontrollera att allt som behövs är på plats; slutkod 1 när något fattas (check the installation)."""
    quiet()
    from api.doctor import examine, faults
    from api.rows import listed
    from api.shapes import FindingList

    findings = examine(load_settings(ctx.obj.folder), host, port)
    listing = FindingList(findings=tuple(findings), total=len(findings))
    output.emit(listing, lambda: _tell(findings), lambda: listed(findings, ""))
    if any(faults(findings)):
        raise typer.Exit(1)


def _tell(findings: "list[Finding]") -> None:
    for one in findings:
        step = f" – {one.step}" if one.step else ""
        say(f"{'ok ' if one.ok else 'fel'}  {one.name}: {one.found}{step}")
