"""The filters of the contract, once: as options of a command and as parameters of the HTTP interface."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import typer


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its field in `search.schema.Filters` and how it is explained."""

    field: str
    type: type[str] | type[int]
    metavar: str
    help: str
    repeatable: bool = True

    @property
    def name(self) -> str:
        """As written in a command or a query string."""
        return self.field.replace("_", "-")


_POSITIVE = (
    Filter("district", str, "STADSDEL", "Bara den här stadsdelen, t.ex. Spånga-Tensta (district)."),
    Filter("board", str, "NÄMND", "Bara den här nämnden, t.ex. Socialnämnden (board)."),
    Filter("year", int, "ÅR", "Bara rapporter för det här året (year)."),
    Filter("type", str, "TYP", "Bara den här rapporttypen, t.ex. verksamhetsplan (report type)."),
    Filter("goal", str, "MÅL", "Bara det här målet och målen under det, t.ex. 1.4 (goal)."),
    Filter("part", str, "DEL", "Bara den här delen av måltexten, t.ex. analys (part)."),
    Filter("status", str, "STATUS", "Bara mål med den här bedömningen: helt, delvis eller inte (status)."),
    Filter("entity", str, "NAMN", "Bara text som nämner det här namnet, t.ex. Trefas (name)."),
    Filter("report", str, "RAPPORT", "Bara den här rapporten: id eller filnamn utan ändelse (report)."),
)
FILTERS: tuple[Filter, ...] = (
    *_POSITIVE,
    Filter("from_year", int, "ÅR", "Bara rapporter från och med det här året (from year).", repeatable=False),
    Filter("to_year", int, "ÅR", "Bara rapporter till och med det här året (to year).", repeatable=False),
    *(
        Filter(
            f"exclude_{one.field}",
            one.type,
            one.metavar,
            one.help.replace("Bara", "Inte", 1).split(" (")[0].rstrip(".") + ".",
        )
        for one in _POSITIVE
    ),
)
"""In the order of the contract; a filter given several times means "or"."""


def with_filters(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command, which takes `filters: Filters`, every filter of the contract as an option."""

    @functools.wraps(function)
    def command(*args: Any, **kwargs: Any) -> None:
        from search.schema import Filters

        given = {one.field: kwargs.pop(f"filter_{one.field}") for one in FILTERS}
        filters = Filters(**{field: value for field, value in given.items() if value is not None})
        function(*args, filters=filters, **kwargs)

    signature = inspect.signature(function)
    own = [parameter for parameter in signature.parameters.values() if parameter.name != "filters"]
    options = [_option(one) for one in FILTERS]
    command.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *options)}
    return command


def _option(one: Filter) -> inspect.Parameter:
    kind: Any = list[one.type] if one.repeatable else one.type  # type: ignore[name-defined]
    option = typer.Option(f"--{one.name}", help=one.help, metavar=one.metavar, show_default=False)
    return inspect.Parameter(
        f"filter_{one.field}", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, option]
    )
