"""Errors of the HTTP interface as RFC 9457 problem details, in Swedish or English."""

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.language import Language
from api.pages import error_page, get_page
from api.security import HEADERS
from api.wording import DETAILS, MESSAGES, OTHER, TITLES, UNREADABLE, detail_in, english, for_people, language_of
from search.errors import NotFoundError, SpanaError, UsageError
from search.schema import Schema

log = logging.getLogger("spana.http")

MEDIA_TYPE = "application/problem+json"


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


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problems with those statuses, for the OpenAPI document."""
    return {status: _document(status) for status in statuses}


def _document(status: int) -> dict[str, Any]:
    example = Problem(
        type=f"urn:spana:problem:{status}",
        title=TITLES[status].sv,
        status=status,
        detail=DETAILS.get(status, DETAILS[500]).sv,
        instance="/api/v1/search",
    )
    content = {"schema": Problem.model_json_schema(), "example": example.model_dump(mode="json")}
    return {"description": TITLES[status].sv, "content": {MEDIA_TYPE: content}}


RESPONSES = {
    304: {"description": "Oförändrat sedan svaret vars ETag står i If-None-Match"},
    **documented(400, 404, 405, 409, 422, 500, 503),
}
"""What every route may answer with."""
KEYED = documented(401, 403, 413, 415)
"""What those may answer with that change the archive."""


def answer(
    request: Request,
    status: int,
    detail: str,
    errors: Sequence[FieldProblem] = (),
    headers: dict[str, str] | None = None,
    *,
    translated: bool = False,
) -> Response:
    """The problem as JSON for programs, as a page for people. `translated`: the detail is in the caller's language."""
    language = _language(request)
    title = TITLES.get(status, OTHER).read(language)
    if not request.url.path.startswith("/api/"):
        told = detail if translated or language == "sv" else english(detail)
        told = for_people(told) if told else None
        listed = [f"{one.field} {one.message}" for one in errors]
        page = error_page(request, status, title, told, listed, swedish=detail if told is None else None)
        page.headers.update(headers or {})
        return page
    problem = Problem(
        type=f"urn:spana:problem:{status}",
        title=title,
        status=status,
        detail=detail if translated else detail_in(language, detail, status),
        instance=request.url.path[:500],
        errors=tuple(errors),
    )
    said = {"Content-Language": language, "Vary": "Accept-Language", **(headers or {})}
    return JSONResponse(problem.model_dump(mode="json"), status, headers=said, media_type=MEDIA_TYPE)


def _language(request: Request) -> Language:
    """Programs choose by header or parameter, pages have a language of their own."""
    if request.url.path.startswith("/api/"):
        return language_of(request)
    return get_page(request, request.query_params.get("lang")).language


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
    language = _language(request)
    errors = [
        FieldProblem(
            field=str(one["loc"][1] if len(one["loc"]) > 1 else one["loc"][0]), message=_message(one, language)
        )
        for one in (error.errors() if isinstance(error, RequestValidationError) else ())
    ]
    detail = "; ".join(f"{one.field} {one.message}" for one in errors[:5]) + "."
    return answer(request, 422, detail, errors, translated=True)


def _message(one: Any, language: Language) -> str:
    text = MESSAGES.get(one["type"], UNREADABLE).read(language)
    return text.format_map(one.get("ctx") or {})


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers) if isinstance(error, HTTPException) and error.headers else None
    return answer(request, status, _general(request, status), headers=headers, translated=True)


def _general(request: Request, status: int) -> str:
    """What can be said of a status alone."""
    language = _language(request)
    return DETAILS.get(status, TITLES.get(status, OTHER)).read(language)


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error in %s %s", request.method, request.url.path, exc_info=error)
    # This answer is made outside the middleware that adds them.
    return answer(request, 500, _general(request, 500), headers=HEADERS, translated=True)
