"""What happens to every request: an id, a limit on its body, room or a refusal, a log line, safe headers.

Plain ASGI, so that a body is counted while it comes in, before anything has read it.
"""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from http import HTTPStatus

import structlog
from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import metrics
from api.problems import RETRY_AFTER, last_frame, problem
from api.settings import ServiceSettings
from matcher import __version__

# An id that a client may give its request; any other is replaced.
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

# These answer even when there is no room.
_ALWAYS = ("/healthz", "/readyz", "/metrics")

_SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Requests:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings) -> None:
        self._app = app
        self._settings = settings
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        state = scope.setdefault("state", {})
        state["request_id"] = request_id
        begun, status = time.perf_counter(), 0

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
        refusal = self._refusal(scope, request_id)
        self._in_flight += 1
        try:
            if refusal is not None:
                await refusal(scope, receive, answered)
            else:
                await self._app(scope, _Body(receive, self._settings).receive, answered)
        except Exception as error:  # noqa: BLE001 - the last resort: nobody may see what it says
            structlog.get_logger().error("internal", error=type(error).__name__, where=last_frame(error))
            if not status:
                detail = "It has been noted under this request's id."
                await problem(request_id, "internal", detail)(scope, receive, answered)
        finally:
            self._in_flight -= 1
            seconds = time.perf_counter() - begun
            route = getattr(
                scope.get("route"), "path", "none"
            )  # the pattern: a path may hold an id or a name
            metrics.request(scope["method"], route, status, seconds)
            structlog.get_logger().info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
                key=state.get("key_id"),
            )
            structlog.contextvars.clear_contextvars()

    def _refusal(self, scope: Scope, request_id: str) -> Response | None:
        """The answer to a request that is refused before anything is read of it."""
        if scope["path"] in _ALWAYS:
            return None
        limit = self._settings.max_body_bytes
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return problem(request_id, "bad_request", "Content-Length is no number.")
        if int(length) > limit:
            return problem(request_id, "body_too_large", _too_large(limit))
        if self._in_flight >= self._settings.in_flight:
            detail = f"{self._in_flight} requests are being worked on: try again in {RETRY_AFTER} seconds."
            return problem(request_id, "overloaded", detail, headers={"Retry-After": str(RETRY_AFTER)})
        return None


class BodyRefusedError(HTTPException):
    """A body that is too long or too slow. FastAPI hands on no other error from reading a body."""


class _Body:
    """Hands a body on while it stays within the limits."""

    def __init__(self, receive: Receive, settings: ServiceSettings) -> None:
        self._receive = receive
        self._settings = settings
        self._size = 0
        self._ended = False
        self._until = time.monotonic() + settings.body_seconds

    async def receive(self) -> Message:
        """The next message. Raises BodyRefusedError."""
        if self._ended:
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._until - time.monotonic()))
        except TimeoutError:
            detail = f"The body was not there after {self._settings.body_seconds:g} seconds."
            raise BodyRefusedError(HTTPStatus.REQUEST_TIMEOUT, detail) from None
        self._size += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._size > self._settings.max_body_bytes:
            raise BodyRefusedError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large(self._settings.max_body_bytes)
            )
        return message


def _too_large(limit: int) -> str:
    return f"The body has more than {limit:,} bytes, which is the limit: send a smaller file."
