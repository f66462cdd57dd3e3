"""`Idempotency-Key`: a POST that is sent again with the same key is done once, and gets its first answer.

The key belongs to the caller's API key and is kept in the store, so that it outlives the process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.problems import ProblemError
from api.security import key_of
from api.state import Services, now
from matcher.store import Answer, Taken

HEADER = "idempotency-key"
_LONGEST = 255

# Headers of an answer that come again with it; the others are made for each.
_KEPT_HEADERS = ("content-type", "location", "link")


class IdempotentRoute(APIRoute):
    """A route whose POST may carry the header."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the header in front of it."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if request.method != "POST" or key is None:
                return await handler(request)
            if not 1 <= len(key) <= _LONGEST or not key.isprintable():
                detail = f"Idempotency-Key has 1 to {_LONGEST} printable characters."
                raise ProblemError("bad_request", detail)
            holder = await run_in_threadpool(key_of, request)
            services: Services = request.app.state.services
            answers = services.store(holder.tenant).answers
            digest = _digest(request, await request.body())
            found = await run_in_threadpool(answers.begin, holder.id, key, digest, now())
            if isinstance(found, Answer):
                headers = {**found.headers, "Idempotent-Replayed": "true"}
                return Response(found.body, found.status, headers)
            if found is not Taken.BEGUN:
                raise _REFUSED[found]()
            kept = False
            try:
                response = await handler(request)
                if response.status_code < 500:
                    answer = Answer(response.status_code, _headers(response), bytes(response.body))
                    candidate = getattr(request.state, "candidate", None)
                    await run_in_threadpool(answers.keep, holder.id, key, answer, candidate)
                    kept = True
            finally:
                if not kept:
                    await run_in_threadpool(answers.drop, holder.id, key)
            return response

        return handle


def router(*tags: str) -> APIRouter:
    """A router of version 1 whose POSTs take the header."""
    return APIRouter(prefix="/v1", tags=list(tags), route_class=IdempotentRoute)


def _digest(request: Request, body: bytes) -> bytes:
    """What makes two requests the same: method, address, kind of content and body."""
    parts = request.method, str(request.url), request.headers.get("content-type", "")
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + body).digest()


def _headers(response: Response) -> dict[str, str]:
    return {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}


_REFUSED: dict[Taken, Callable[[], ProblemError]] = {
    Taken.IN_FLIGHT: lambda: ProblemError(
        "idempotency_in_flight", "Wait for the answer to the first one.", headers={"Retry-After": "1"}
    ),
    Taken.OTHER_REQUEST: lambda: ProblemError(
        "idempotency_mismatch",
        "Send a new key with a new request; this one came with another body or address.",
    ),
    Taken.ERASED: lambda: ProblemError("gone", "The person whom the first answer was about has been erased."),
}
