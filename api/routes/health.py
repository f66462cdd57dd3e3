"""Whether the service lives, is ready, and what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from api import metrics, problems
from api.security import SCHEMES, Reader, caller_with
from api.state import Services
from matcher import __version__
from matcher.types.service import Scope

router = APIRouter(tags=["service"])

Value = TypeVar("Value")

# Seconds until what does not answer counts as not there, and how many may ask at once.
_PATIENCE = 3.0
_THREADS = 4


class Alive(BaseModel):
    """The process answers."""

    status: str = Field(default="ok", description="Always `ok`.")


class Ready(BaseModel):
    """What a request needs, and whether it is there."""

    status: str = Field(description="`ok` or `not_ready`.")
    model: bool = Field(description="The encoder is loaded.")
    store: bool = Field(description="The store answers.")
    index: bool = Field(description="The index holds what the store holds.")


class Version(BaseModel):
    """What answers are made with."""

    engine: str = Field(description="The version of the software.")
    model: str = Field(description="The fingerprint of the encoder.")
    corpus_revision: int = Field(description="Grows with each change of the corpus.")


@router.get("/healthz", summary="Does the process answer?")
async def healthz() -> Alive:
    """200 as long as the process answers at all. It needs no key, and no thread."""
    return Alive()


@router.get(
    "/readyz",
    summary="Can requests be answered?",
    responses={503: {"model": Ready, "description": "Something that requests need is not there."}},
)
async def readyz(request: Request, response: Response) -> Ready:
    """200 when the model is loaded, the store answers and the index is in step with it, else 503. It needs no
    key."""
    services: Services = request.app.state.services
    state = dict.fromkeys(("model", "store", "index"), False)
    with anyio.move_on_after(_PATIENCE):
        state = await _aside(request, services.ready)
    if not all(state.values()):
        response.status_code = 503
    return Ready(status="ok" if all(state.values()) else "not_ready", **state)


async def _may_read_metrics(request: Request) -> None:
    if not request.app.state.settings.open_metrics:
        await caller_with(Scope.ADMIN)(request)


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    dependencies=[Depends(_may_read_metrics), *SCHEMES],
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **problems.responses()},
)
async def read_metrics(request: Request) -> Response:
    """Counters and times in Prometheus's format, for keys with the scope `admin`, or by setting for all."""
    services: Services = request.app.state.services
    with anyio.move_on_after(_PATIENCE):
        await _aside(request, services.measure)
    return Response(metrics.exposition(), media_type="text/plain; version=0.0.4")


async def _aside(request: Request, ask: Callable[[], Value]) -> Value:
    """Asked in threads of its own, which are there when all that answer requests are taken."""
    state = request.app.state
    if not hasattr(state, "aside"):
        state.aside = anyio.CapacityLimiter(_THREADS)
    return await anyio.to_thread.run_sync(ask, abandon_on_cancel=True, limiter=state.aside)


@router.get(
    "/v1/version", summary="Engine, model and corpus", dependencies=SCHEMES, responses=problems.responses()
)
def version(caller: Reader) -> Version:
    """The version of the engine, the fingerprint of the model, and the key's corpus revision."""
    return Version(
        engine=__version__,
        model=caller.services.matcher.encoder.fingerprint,
        corpus_revision=caller.store.changes.revision(),
    )
