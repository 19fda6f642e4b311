"""Entity tags: an answer that the caller has already is not made again."""

import re
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.version import version
from search.errors import SpanaError

CACHE_CONTROL = "no-cache"
"""Answers may be kept, but are asked for again each time: an ingest may have changed them (RFC 9111, 5.2.2.4)."""
_TAG = re.compile(r'(?:W/)?"[^"]*"')


class Conditional:
    """Gives the GET answers under `prefix` a weak ETag of the archive's edition, the address and the language."""

    def __init__(self, app: ASGIApp, prefix: str, without: tuple[str, ...]) -> None:
        """`without`: paths that change when the archive does not."""
        self.app = app
        self.prefix = prefix
        self.without = without

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not self._tagged(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = await run_in_threadpool(_tag, scope, headers)
        if tag is not None and _same(headers.get("if-none-match", ""), tag):
            await Response(status_code=304, headers=_headers(tag))(scope, receive, send)
            return

        async def send_tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200 and tag is not None:
                own = MutableHeaders(scope=message)
                for name, value in _headers(tag).items():
                    own.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_tagged)

    def _tagged(self, path: str) -> bool:
        return path.startswith(self.prefix) and not path.startswith(self.without)


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding, Accept-Language"}


def _tag(scope: Scope, headers: Headers) -> str | None:
    """None when the archive cannot say: the route then tells why."""
    try:
        edition = scope["app"].state.archive.edition().id
    except SpanaError:
        return None
    said = "\n".join(
        (version(), edition, scope["path"], scope["query_string"].decode("latin-1"), headers.get("accept-language", ""))
    )
    return f'W/"{sha256(said.encode()).hexdigest()[:24]}"'


def _same(given: str, tag: str) -> bool:
    """Weak comparison (RFC 9110, 8.8.3.2) with any of the tags given."""
    return tag.removeprefix("W/") in {one.removeprefix("W/") for one in _TAG.findall(given)}
