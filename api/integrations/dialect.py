"""Refusals in another system's own shape: the same checks as everywhere, worded as that system words them."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from api.problems import Problem, ProblemError
from api.security import identify
from matcher.errors import MatcherError

# How a system words a problem.
Wording = Callable[[Problem], Mapping[str, object]]

_ERRORS = (ProblemError, MatcherError, RequestValidationError, HTTPException)


def dialect(prefix: str, tag: str, wording: Wording) -> APIRouter:
    """A router of a system: its routes need a key, and refuse in its words."""

    class Route(APIRoute):
        """A route of this system."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handler = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    await identify(request)
                    return await handler(request)
                except _ERRORS as error:
                    return await _worded(request, error, wording)

            return handle

    return APIRouter(prefix=prefix, tags=[tag], route_class=Route)


async def _worded(request: Request, error: Exception, wording: Wording) -> Response:
    """What the service answers to this error, in other words."""
    handlers = request.app.exception_handlers
    handler = next(handlers[kind] for kind in type(error).__mro__ if kind in handlers)
    usual: Response = await handler(request, error)
    said = Problem.model_validate(json.loads(bytes(usual.body)))
    headers = {
        name: value for name, value in usual.headers.items() if name not in ("content-length", "content-type")
    }
    return JSONResponse(dict(wording(said)), usual.status_code, headers)


def refusals(model: type[BaseModel], *codes: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route for its description."""
    named = sorted({*codes, 400, 401, 403, 408, 413, 415, 422, 429, 500, 503})
    return {code: {"model": model} for code in named}
