"""Whether the service lives, is ready, and what it is."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from api import metrics, problems
from api.security import Reader, caller_with
from api.state import Services
from matcher import __version__
from matcher.types.service import Scope

router = APIRouter(tags=["service"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "ok"


class Ready(BaseModel):
    """What a request needs, and whether it is there."""

    status: str
    model: bool
    store: bool
    index: bool


class Version(BaseModel):
    """What answers are made with."""

    engine: str
    model: str
    corpus_revision: int


@router.get("/healthz", summary="Does the process answer?")
def healthz() -> Alive:
    """200 as long as the process answers at all. It needs no key."""
    return Alive()


@router.get("/readyz", summary="Can requests be answered?", responses={503: {"model": Ready}})
def readyz(request: Request, response: Response) -> Ready:
    """200 when the model is loaded, the store answers and the index is in step with it, else 503. It needs no
    key."""
    services: Services = request.app.state.services
    state = services.ready()
    if not all(state.values()):
        response.status_code = 503
    return Ready(status="ok" if all(state.values()) else "not_ready", **state)


def _may_read_metrics(request: Request) -> None:
    if not request.app.state.settings.open_metrics:
        caller_with(Scope.ADMIN)(request)


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    dependencies=[Depends(_may_read_metrics)],
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **problems.responses()},
)
def read_metrics(request: Request) -> Response:
    """Counters and times in Prometheus's format, for keys with the scope `admin`, or by setting for all."""
    services: Services = request.app.state.services
    services.measure()
    return Response(metrics.exposition(), media_type="text/plain; version=0.0.4")


@router.get("/v1/version", summary="Engine, model and corpus", responses=problems.responses())
def version(caller: Reader) -> Version:
    """The version of the engine, the fingerprint of the model, and the key's corpus revision."""
    return Version(
        engine=__version__,
        model=caller.services.matcher.encoder.fingerprint,
        corpus_revision=caller.store.changes.revision(),
    )
