"""Errors of the HTTP interface as RFC 9457 problem details, in Swedish."""

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.pages import error_page
from api.security import HEADERS
from search.errors import NotFoundError, SpanaError, UsageError
from search.schema import Schema

log = logging.getLogger("spana.http")

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Begäran kan inte tolkas",
    401: "Nyckel saknas eller är fel",
    403: "Inte tillåtet",
    404: "Finns inte",
    405: "Metoden är inte tillåten",
    409: "Källfilen stämmer inte med arkivet",
    413: "Filen är för stor",
    415: "Filtypen kan inte läsas",
    422: "Felaktigt värde",
    500: "Oväntat fel",
    503: "Arkivet kan inte användas just nu",
}
_DETAILS = {
    404: "Sidan eller resursen finns inte; kontrollera adressen.",
    405: "Adressen finns, men inte med den metoden; se /api/v1/openapi.json.",
    500: "Något gick fel i spana; försök igen, och be den som driver tjänsten att se i loggen.",
}
_MESSAGES = {
    "missing": "saknas",
    "int_parsing": "ska vara ett heltal",
    "int_from_float": "ska vara ett heltal",
    "int_parsing_size": "är ett för stort tal",
    "greater_than_equal": "ska vara minst {ge}",
    "less_than_equal": "får vara högst {le}",
    "string_too_short": "får inte vara tomt",
    "string_too_long": "får ha högst {max_length} tecken",
    "too_long": "får ges högst {max_length} gånger",
    "literal_error": "ska vara ett av {expected}",
    "bool_parsing": "ska vara true eller false",
    "unknown_parameter": "är ingen känd parameter",
}


class FieldProblem(Schema):
    """One value that is wrong."""

    field: str
    message: str


class Problem(Schema):
    """Problem details, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: tuple[FieldProblem, ...] = ()


class ProblemError(Exception):
    """A problem that a route finds itself."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": TITLES[status],
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }
    for status in (404, 422, 503)
}
"""What every route may answer with, for the OpenAPI document."""


def answer(
    request: Request,
    status: int,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """The problem as JSON for programs, as a page for people."""
    title = TITLES.get(status, "Fel")
    if not request.url.path.startswith("/api/"):
        page = error_page(request, status, title, detail, [f"{one.field} {one.message}" for one in errors])
        page.headers.update(headers or {})
        return page
    problem = Problem(
        type=f"urn:spana:problem:{status}",
        title=title,
        status=status,
        detail=detail,
        instance=request.url.path[:500],
        errors=tuple(errors),
    )
    return JSONResponse(problem.model_dump(mode="json"), status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of the app with a problem."""
    app.add_exception_handler(SpanaError, _known)
    app.add_exception_handler(ProblemError, _own)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _known(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotFoundError) else 422 if isinstance(error, UsageError) else 503
    if status == 503:
        log.error("%s", error)
    return answer(request, status, str(error))


def _own(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, ProblemError) else 500
    headers = {"WWW-Authenticate": "ApiKey"} if status == 401 else None
    return answer(request, status, str(error), headers=headers)


def _invalid(request: Request, error: Exception) -> Response:
    errors = [
        FieldProblem(field=str(one["loc"][1] if len(one["loc"]) > 1 else one["loc"][0]), message=_message(one))
        for one in (error.errors() if isinstance(error, RequestValidationError) else ())
    ]
    detail = "; ".join(f"{one.field} {one.message}" for one in errors[:5]) + "."
    return answer(request, 422, detail, errors)


def _message(one: Any) -> str:
    text = _MESSAGES.get(one["type"])
    return text.format_map(one.get("ctx") or {}) if text else "kan inte tolkas"


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers) if isinstance(error, HTTPException) and error.headers else None
    return answer(request, status, _DETAILS.get(status, TITLES.get(status, "Begäran avvisades") + "."), headers=headers)


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error in %s %s", request.method, request.url.path, exc_info=error)
    # This answer is made outside the middleware that adds them.
    return answer(request, 500, _DETAILS[500], headers=HEADERS)
