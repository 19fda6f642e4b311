"""The pages in Debian's Chromium over the example archive, with the encoder of the search tests; skipped without it."""

import asyncio
import importlib.util
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http import create_app
from search.archive import Archive
from search.settings import Settings

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
KEY = "prov-nyckel"
INDICATOR = "Andel personer som har ekonomiskt bistånd i förhållande till befolkningen"
FLAGS = [
    "--no-sandbox",
    "--headless",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} saknas; installera paketet chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


def _toolkit() -> Any:
    """The toolkit of the search tests: the real registry and a quick encoder."""
    place = ROOT / "tests/search/conftest.py"
    spec = importlib.util.spec_from_file_location("search_conftest", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.FakeToolkit()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), api_key=KEY)
    with Archive(settings, _toolkit()) as opened:
        result = opened.ingest([ROOT / "examples/archive"])
        assert {one.status for one in result.reports} == {"indexed"}
        yield opened


PIECES = 40
PAUSE = 0.004


def _in_pieces(app: ASGIApp) -> ASGIApp:
    """The app over a slow line when `langsamt` is among the parameters: a page comes a little at a time."""

    async def slowly(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_pieces(message: Message) -> None:
            body = message.get("body", b"")
            size = len(body) // PIECES + 1
            for start in range(0, len(body), size):
                await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
                await asyncio.sleep(PAUSE)
            await send(message | {"body": b""} if body else message)

        if scope["type"] == "http" and b"langsamt" in scope["query_string"]:
            plain = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
            await app({**scope, "headers": plain}, receive, send_pieces)
        else:
            await app(scope, receive, send)

    return slowly


@pytest.fixture(scope="session")
def site(archive: Archive, browser: Any) -> Iterator[str]:
    """The address of the pages."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listener:
        app = _in_pieces(create_app(archive, archive.settings))
        config = uvicorn.Config(app, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def places(archive: Archive) -> dict[str, str]:
    """The address of each page of the site, by what it shows."""
    pdf = next(one for one in archive.reports() if one.source == "skarpnack-2022-t2.pdf")
    text = next(one for one in archive.reports() if one.source == "spanga-tensta-2021-vb.txt")
    in_pdf = next(hit for hit in archive.passages(pdf.id) if hit.section.status and hit.entities)
    in_text = archive.passages(text.id)[5]
    section = in_pdf.section.id
    saved = archive.saved.add("Vilka stadsdelar nämner Trefas?")
    return {
        "start": "/",
        "omnämnanden": "/fraga?q=Vilka+stadsdelar+n%C3%A4mner+Trefas+eller+SIG+unga%3F",
        "stycken": "/fraga?q=Hur+beskrivs+samverkan+med+polisen%3F",
        "grupper": "/fraga?q=trygghet&grupp=district",
        "ordning": "/fraga?q=trygghet&ordning=newest&exclude-district=Farsta",
        "inget": "/fraga?q=trygghet&district=Farsta&year=2024",
        "tal": f"/fraga?q={quote('Hur stor andel har ekonomiskt bistånd?')}",
        "bedömningar": f"/fraga?q={quote('Vilka mål uppfylls delvis 2022?')}",
        "exempel": f"/fraga?q={quote('Vilka goda exempel finns på trygghet?')}",
        "mål": "/mal",
        "ett mål": "/mal/1.1",
        "indikatorer": "/indikatorer",
        "en indikator": f"/indikatorer?namn={quote(INDICATOR)}",
        "goda exempel": "/goda-exempel",
        "namn": "/namn",
        "ett namn": "/namn/Trefas",
        "alla omnämnanden": "/omnamnanden?namn=Trefas",
        "rapporter": "/rapporter",
        "rapport": f"/rapport/{pdf.id}",
        "avsnitt": f"/rapport/{pdf.id}/avsnitt/{section}",
        "stycke i pdf": f"/rapport/{pdf.id}/stycke/{in_pdf.passage_id}?q=trygghet&nr=2",
        "stycke i text": f"/rapport/{text.id}/stycke/{in_text.passage_id}",
        "liknande": f"/rapport/{pdf.id}/stycke/{in_pdf.passage_id}/liknande",
        "sida": f"/rapport/{pdf.id}/sida/2",
        "rader": f"/rapport/{text.id}/rad/20?till=22",
        "bevaka": "/bevaka?q=trygghet&district=Farsta",
        "bevakad": f"/bevaka/{saved.id}",
        "om": "/om",
        "fel": "/rapport/finns-inte",
    }


def _page(browser: Any, site: str, width: int, *, script: bool = True, **options: Any) -> Any:
    context = browser.new_context(
        base_url=site, viewport={"width": width, "height": 850}, java_script_enabled=script, **options
    )
    # A machine with much else to do is slow, not wrong.
    context.set_default_timeout(90_000)
    return context.new_page()


@pytest.fixture
def open_page(browser: Any, site: str) -> Iterator[Callable[..., Any]]:
    """Open a window of some width, with or without script; windows are closed after the test."""
    pages = []

    def opened(width: int = 1280, *, script: bool = True, **options: Any) -> Any:
        pages.append(_page(browser, site, width, script=script, **options))
        return pages[-1]

    yield opened
    for page in pages:
        page.context.close()


@pytest.fixture(scope="session")
def shared(browser: Any, site: str) -> Iterator[Any]:
    """One wide window for tests that only read pages."""
    page = _page(browser, site, 1280)
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def plain(browser: Any, site: str) -> Iterator[Any]:
    """One narrow window without script."""
    page = _page(browser, site, 390, script=False)
    yield page
    page.context.close()
