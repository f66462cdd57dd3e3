"""Room for a request: how many are in hand at once, how long its body may be and take, and what becomes of an
error that nobody expected.

Plain ASGI, so that a body is counted while it comes in, before anything has read it.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import structlog
from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import RETRY_AFTER, last_frame, problem
from api.settings import ServiceSettings

# These answer even when there is no room.
_ALWAYS = ("/healthz", "/readyz", "/metrics")

# The rest of a body that was refused is not waited for.
_CLOSE = {"Connection": "close"}


class Room:
    """Hands a request on where there is room for it."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings) -> None:
        self._app = app
        self._settings = settings
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = scope["state"]["request_id"]
        refusal = self._refusal(scope, request_id)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        begun = False

        async def answered(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        self._in_flight += 1
        try:
            await self._app(scope, _Body(receive, self._settings).receive, answered)
        except ClientDisconnect:
            pass  # there is nobody to answer
        except Exception as error:  # noqa: BLE001 - the last resort: nobody may see what it says
            structlog.get_logger().error("internal", error=type(error).__name__, where=last_frame(error))
            if not begun:
                detail = "It has been noted under this request's id."
                await problem(request_id, "internal", detail)(scope, receive, send)
        finally:
            self._in_flight -= 1

    def _refusal(self, scope: Scope, request_id: str) -> Response | None:
        """The answer to a request that is refused before anything is read of it."""
        # No database keeps a NUL, so nothing has it in its id.
        if "\0" in scope["path"]:
            return problem(request_id, "not_found", "The path has a NUL character: leave it away.")
        if b"%00" in scope["query_string"]:
            return problem(request_id, "invalid", "The query has a NUL character: leave it away.")
        if scope["path"] in _ALWAYS:
            return None
        limit = self._settings.max_body_bytes
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            return problem(request_id, "bad_request", "Content-Length is no number.", headers=_CLOSE)
        if len(length) > 18 or int(length) > limit:
            return problem(request_id, "body_too_large", _too_large(limit), headers=_CLOSE)
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
        self._until = asyncio.get_running_loop().time() + settings.body_seconds

    async def receive(self) -> Message:
        """The next message. Raises BodyRefusedError."""
        if self._ended:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            detail = f"The body was not there after {self._settings.body_seconds:g} seconds."
            raise BodyRefusedError(HTTPStatus.REQUEST_TIMEOUT, detail, _CLOSE) from None
        self._size += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)
        if self._size > self._settings.max_body_bytes:
            detail = _too_large(self._settings.max_body_bytes)
            raise BodyRefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, _CLOSE)
        return message


def _too_large(limit: int) -> str:
    return f"The body has more than {limit:,} bytes, which is the limit: send a smaller file."
