"""The web application: the HTTP interface under /api/v1 and the pages for people."""

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from api import problems
from api.conditional import Conditional
from api.deps import known_parameters
from api.home import load_settings
from api.jobs import Jobs
from api.language import examples, texts
from api.metrics import Metrics
from api.middleware import BoundedBody, Counting, ParameterNames
from api.note import words
from api.openapi import describe
from api.pages import STATIC
from api.remembered import Remembered
from api.routes import (
    entities,
    export,
    feeds,
    goals,
    good_examples,
    health,
    indicators,
    page_archive,
    page_entities,
    page_examples,
    page_goals,
    page_indicators,
    page_passage,
    page_question,
    page_reports,
    page_start,
    page_watch,
    passages,
    reports,
    search,
)
from api.security import SecurityHeaders
from api.themes import themes
from api.version import version
from api.wording import sentences
from search.archive import Archive
from search.settings import Settings

PREFIX = "/api/v1"
PAGES = (
    page_start,
    page_question,
    page_goals,
    page_indicators,
    page_examples,
    page_entities,
    page_archive,
    page_reports,
    page_passage,
    page_watch,
)
UNTAGGED = (f"{PREFIX}/health", f"{PREFIX}/metrics", f"{PREFIX}/openapi.json")
"""Paths whose answers change when the archive does not."""
MAX_UPLOAD = 100_000_000
"""Bytes in a request."""


def create_app(archive: Archive, settings: Settings | None = None) -> FastAPI:
    """The application over an open archive. `settings` gives the API key; by default it comes from the environment."""
    app = FastAPI(
        title="spana",
        version=version(),
        description="Sök i arkiv av svenska kommunala rapporter, med källa till varje svar.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
    )
    texts(), examples(), themes(), words(), sentences()  # a wrong data file stops the start, not a visitor
    app.state.archive = archive
    app.state.settings = settings or load_settings(None)
    app.state.metrics = Metrics()
    app.state.remembered = Remembered(archive)
    app.state.jobs = Jobs()
    interface = APIRouter(prefix=PREFIX, dependencies=[Depends(known_parameters)], responses=problems.RESPONSES)
    for noun in (search, reports, entities, goals, indicators, good_examples, passages, export, health):
        interface.include_router(noun.router)
    app.include_router(interface)
    app.include_router(feeds.router, include_in_schema=False)
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    describe(app)
    app.add_middleware(BoundedBody, limit=MAX_UPLOAD)
    app.add_middleware(ParameterNames)
    app.add_middleware(Conditional, prefix=f"{PREFIX}/", without=UNTAGGED)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Counting, metrics=app.state.metrics)
    app.add_middleware(SecurityHeaders)
    if app.state.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=app.state.settings.cors_origins,
            allow_methods=["GET"],
            allow_headers=["Accept", "Accept-Language", "If-None-Match"],
            expose_headers=["ETag", "Link", "Content-Disposition"],
        )
    return app


def _operation_id(route: APIRoute) -> str:
    """The function's name: it stays when paths or tags change."""
    return route.name
