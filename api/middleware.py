"""What every request passes: spelling of parameters, bounded bodies and counting."""

import re
import time
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problems import ProblemError


class ParameterNames:
    """Reads `from-year` as `from_year`, so that a command's options work as query parameters; drops empty ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["query_string"]:
            pairs = parse_qsl(
                scope["query_string"].decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace"
            )
            named = [(re.sub(r"(?<=\w)-", "_", name), value) for name, value in pairs]
            kept = [(name, value) for name, value in named if value or name == "q"]
            scope = {**scope, "query_string": urlencode(kept).encode("ascii")}
        await self.app(scope, receive, send)


class BoundedBody:
    """Refuses bodies above `limit` bytes before they fill memory or disk."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def receive_bounded() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > self.limit:
                    raise ProblemError(
                        413, f"Högst {self.limit // 1_000_000} MB tas emot; läs in större filer med spana ingest."
                    )
            return message

        await self.app(scope, receive_bounded, send)


class Counting:
    """Counts requests and their time by operation, method and status."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        start = time.perf_counter()
        try:
            await self.app(scope, receive, send_noting)
        finally:
            # The operation's name, not the path: paths are unbounded.
            operation = getattr(scope.get("endpoint"), "__name__", "other")
            self.metrics.note(scope["method"], operation, status, time.perf_counter() - start)
