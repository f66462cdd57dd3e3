"""What happens to every request, first and last: an id, a log line, a measurement, safe headers."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import metrics
from matcher import __version__

# An id that a client may give its request; any other is replaced.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

_SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

# The status of a request whose client went away before the answer, as nginx writes it down.
_CLIENT_LEFT = 499


class Requests:
    """The outermost layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        # HEAD is answered as GET is, without the body, which the server leaves out.
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        state = inner.setdefault("state", {})
        state["request_id"] = request_id
        begun, status = time.perf_counter(), _CLIENT_LEFT

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in (_SAFETY | state.get("rate", {})).items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
                headers["X-Engine-Version"] = __version__
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._app(inner, receive, answered)
        finally:
            seconds = time.perf_counter() - begun
            # The pattern of the path: the path may hold an id or a name.
            route = getattr(inner.get("route"), "path", "none")
            metrics.request(scope["method"], route, status, seconds)
            structlog.get_logger().info(
                "request",
                method=metrics.method(scope["method"]),
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
                key=state.get("key_id"),
            )
            structlog.contextvars.clear_contextvars()
