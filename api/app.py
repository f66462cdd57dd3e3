"""The application: `create()` composes settings, middleware, problems and routes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from api import metrics, openapi, page, problems
from api.idempotency import HEADER
from api.known import KnownKeys
from api.limits import Rates
from api.middleware import Requests
from api.room import Room
from api.routes import routers
from api.security import SCHEMES
from api.settings import ServiceSettings
from api.state import Services
from api.turns import turns_of
from matcher import __version__

DESCRIPTION = """
Ranks candidates against a role and quotes the exact words that speak for each qualification, for a person to
review. It never decides about anyone.

- **Authentication**: a key made by `matcher keys make`, as `Authorization: Bearer mk_...`, or as the user
  of Basic authentication with a blank password. A key belongs to one tenant and has scopes.
- **Errors** are `application/problem+json` of one shape, with a stable `code`.
- **Slow work** is answered `202` with the `Location` of a job.
- **Repeating a POST** is safe with an `Idempotency-Key`: the first answer comes again.
- Every answer carries `X-Request-Id` and `X-Engine-Version`.
"""

# What a page of an origin that may call may read of an answer.
_EXPOSED = [
    "Link",
    "Location",
    "Retry-After",
    "Idempotent-Replayed",
    "X-Engine-Version",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
]


def create(settings: ServiceSettings | None = None) -> FastAPI:
    """The application over the corpus that the settings (by default the environment) name."""
    chosen = settings or ServiceSettings.of()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.turns = turns_of(chosen.threads)
        app.state.keys = KnownKeys()
        app.state.rates = Rates(chosen.requests_a_minute, os.environ.get(metrics.FOLDER))
        app.state.services = Services.open(chosen)
        try:
            yield
        finally:
            app.state.services.close()
            app.state.rates.close()

    app = FastAPI(
        title="matcher",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = chosen
    problems.install(app)
    openapi.install(app)
    page.install(app)
    for router, is_open in routers():
        app.include_router(router, dependencies=[] if is_open else SCHEMES)
    # The last that is added comes first.
    app.add_middleware(Room, settings=chosen)
    if chosen.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=sorted(chosen.cors_origins),
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", HEADER, "X-Request-Id"],
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Requests)
    return app


def _operation_id(route: APIRoute) -> str:
    """The name of an operation in clients that are made from the description: that of its function."""
    return route.name
