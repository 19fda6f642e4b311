"""What routes ask for: the archive, the filters, bounded numbers and the right to change things."""

import functools
import inspect
import secrets
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Query, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import APIKeyHeader

from api.filters import FILTERS, Filter
from api.problems import ProblemError
from search.archive import Archive
from search.schema import Filters

MAX_QUESTION = 1000
"""Characters in a question."""
MAX_LIMIT = 100
"""Rows in one answer; the next ones come with `offset`."""
MAX_VALUES = 50
"""Values of one filter."""


def get_archive(request: Request) -> Archive:
    """The archive that the app was made with; it may be used from several threads."""
    archive: Archive = request.app.state.archive
    return archive


def _parameter(one: Filter) -> inspect.Parameter:
    item: Any = Annotated[int, Query(ge=1, le=9999)] if one.type is int else Annotated[str, Query(max_length=200)]
    kind: Any = list[item] if one.repeatable else item
    # Each value is bounded by its own type, the number of values by the list's.
    query = (
        Query(alias=one.field, description=one.help, max_length=MAX_VALUES)
        if one.repeatable
        else Query(alias=one.field, description=one.help)
    )
    return inspect.Parameter(
        one.field, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind | None, query]
    )


def _filter_reader() -> Callable[..., Filters]:
    def read_filters(**given: Any) -> Filters:
        return Filters(**{field: value for field, value in given.items() if value is not None})

    read_filters.__signature__ = inspect.Signature([_parameter(one) for one in FILTERS])  # type: ignore[attr-defined]
    return read_filters


read_filters = _filter_reader()
"""The filters of the contract as query parameters; `from-year` and `from_year` are the same (see api.query)."""

ArchiveDep = Annotated[Archive, Depends(get_archive)]
FiltersDep = Annotated[Filters, Depends(read_filters)]
Question = Annotated[
    str,
    Query(
        alias="q",
        min_length=1,
        max_length=MAX_QUESTION,
        description="Ord eller en fråga, på svenska eller engelska.",
        openapi_examples={
            "namn": {"summary": "Vilka nämner ett namn", "value": "Vilka stadsdelar nämner Trefas eller SIG unga?"},
            "ord": {"summary": "Ord", "value": "trygghetsvandring"},
        },
    ),
]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Högst så många rader.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Hoppa över så många rader.")]
HitOffset = Annotated[int, Query(ge=0, le=100_000, description="Hoppa över så många träffar eller grupper.")]


def known_parameters(
    request: Request,
    lang: Annotated[  # noqa: ARG001 - read by api.wording, also where this is not reached
        Literal["sv", "en"] | None,
        Query(description="Språk i felmeddelanden och noter; annars huvudet Accept-Language, annars svenska."),
    ] = None,
) -> None:
    """Refuse parameters that the route does not have: a misspelt filter must not give an unfiltered answer."""
    operation: str = request.scope["endpoint"].__name__
    known = _query_names(request.app)[operation]
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        raise RequestValidationError(
            [{"type": "unknown_parameter", "loc": ("query", name[:100])} for name in unknown[:10]]
        )


@functools.lru_cache(maxsize=8)
def _query_names(app: FastAPI) -> dict[str, frozenset[str]]:
    """Names of query parameters by operation id, as the app's own OpenAPI document says."""
    operations = (operation for methods in app.openapi()["paths"].values() for operation in methods.values())
    return {
        one["operationId"]: frozenset(given["name"] for given in one.get("parameters", ()) if given["in"] == "query")
        for one in operations
    }


_key_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="Nyckeln i SPANA_API_KEY.")


def require_key(request: Request, given: Annotated[str | None, Security(_key_header)]) -> None:
    """Let only those with the key change the archive."""
    check_key(request, given)


def check_key(request: Request, given: str | None) -> None:
    """Raise ProblemError unless `given` is the key; the comparison takes the same time for any wrong key."""
    key = request.app.state.settings.api_key
    if key is None or not key.get_secret_value():
        raise ProblemError(
            403,
            "Arkivet kan inte ändras över HTTP förrän en nyckel är satt: starta om med miljövariabeln SPANA_API_KEY "
            "och skicka den i huvudet X-API-Key.",
        )
    if given is None or not secrets.compare_digest(given.encode(), key.get_secret_value().encode()):
        raise ProblemError(401, "Skicka rätt nyckel i huvudet X-API-Key.")
