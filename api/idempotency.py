"""The routes of version 1: who asks is known before a body is read, few are worked on at a time, a parameter
that the route does not have is refused (a filter that is misspelt would select everybody), and a POST that is
sent again with the same `Idempotency-Key` is done once and gets its first answer.

That key belongs to the caller's API key. Answers are kept in the store: they outlive the process, and an
erasure takes those that are about the person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.bodies import FORM, is_json, kind_of, parts_of
from api.problems import UNKNOWN, ProblemError, field_problem
from api.security import Caller, identify
from api.state import now
from api.turns import Turn
from matcher.store import Answer, Taken

HEADER = "Idempotency-Key"
PATTERN = "^[!-~]{1,255}$"

# Headers of an answer that come again with it; the others are made for each.
_KEPT_HEADERS = ("content-type", "location", "link", "retry-after")


def _asked_in_query(dependant: Dependant) -> set[str]:
    """The parameters that a route, or what it depends on, takes from the query."""
    own = {each.alias for each in dependant.query_params}
    return own.union(*map(_asked_in_query, dependant.dependencies))


class Route(APIRoute):
    """A route that needs a key, and whose POST may carry the header."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with what comes before it."""
        handler = super().get_route_handler()
        said = {parameter["name"] for parameter in (self.openapi_extra or {}).get("parameters", ())}
        taken = said | _asked_in_query(self.dependant)

        async def handle(request: Request) -> Response:
            caller = await identify(request)
            # A link of an answer may be followed to change what it leads to, with a parameter of reading.
            odd = sorted(set(request.query_params) - taken) if request.method in ("GET", "POST") else []
            if odd:
                fields = [field_problem(f"query.{name}", UNKNOWN) for name in odd]
                raise ProblemError("invalid", "See `errors` for each field.", fields)
            await request.body()  # as slow as it may come, before it keeps others from their turn
            turn = await Turn.taken(request)
            try:
                return await answered(request, caller)
            finally:
                turn.end()
                await request.close()  # the files of a form

        async def answered(request: Request, caller: Caller) -> Response:
            if self.body_field is not None and not is_json(kind_of(request)):
                raise ProblemError("unsupported_media_type", "Send JSON, as `application/json`.")
            key = request.headers.get(HEADER)
            if request.method != "POST" or key is None:
                return await handler(request)
            if re.fullmatch(PATTERN, key) is None:
                detail = f"{HEADER} has 1 to 255 characters of ASCII, without spaces."
                raise ProblemError("bad_request", detail)
            return await _once(handler, request, caller, key)

        return handle


async def _once(
    handler: Callable[[Request], Coroutine[Any, Any, Response]], request: Request, caller: Caller, key: str
) -> Response:
    """The first answer: made now, or as it was kept. What was refused did nothing, and is not kept."""
    answers, holder = caller.store.answers, caller.key.id
    digest = await _digest(request)
    found = await run_in_threadpool(answers.begin, holder, key, digest, now())
    if isinstance(found, Answer):
        return Response(found.body, found.status, {**found.headers, "Idempotent-Replayed": "true"})
    if found is not Taken.BEGUN:
        raise _REFUSED[found]()
    kept = False
    try:
        response = await handler(request)
        if response.status_code < 500:
            headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
            answer = Answer(response.status_code, headers, bytes(response.body))
            await run_in_threadpool(answers.keep, holder, key, answer, caller.people)
            kept = True
    finally:
        if not kept:
            await run_in_threadpool(answers.drop, holder, key)
    return response


def router(*tags: str) -> APIRouter:
    """A router of version 1: its routes need a key, and its POSTs take the header."""
    return APIRouter(prefix="/v1", tags=list(tags), route_class=Route)


async def _digest(request: Request) -> bytes:
    """What makes two requests the same: method, path, query, kind of content and body. A form is its parts,
    because what separates them is new each time."""
    kind = kind_of(request)
    digest = hashlib.sha256()
    parts = await parts_of(request) if kind == FORM else [await request.body()]
    named = (request.method, request.url.path, request.url.query, kind)
    for part in (*(each.encode() for each in named), *parts):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


_REFUSED: dict[Taken, Callable[[], ProblemError]] = {
    Taken.IN_FLIGHT: lambda: ProblemError(
        "idempotency_in_flight", "Wait for the answer to the first one.", headers={"Retry-After": "1"}
    ),
    Taken.OTHER_REQUEST: lambda: ProblemError(
        "idempotency_mismatch",
        "Send a new key with a new request; this one came with another body or address.",
    ),
    Taken.ERASED: lambda: ProblemError("gone", "A person whom the first answer was about has been erased."),
}
