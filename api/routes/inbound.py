"""Where other systems send their events: open to all, and deaf to what is not signed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

import api.integrations.inbound  # noqa: F401 - it fills the table of handlers
from api import problems
from api.inbound import receive
from api.problems import ProblemError
from api.state import Services

router = APIRouter(prefix="/v1", tags=["inbound"])

# Events are a few kilobytes; their body is read before anybody is known.
_MOST_BYTES = 1_000_000

_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


class Received(BaseModel):
    """What became of an event."""

    status: Literal["handled", "duplicate", "ignored"] = Field(
        description="`duplicate`: it was handled before; `ignored`: nothing here depends on it."
    )


@router.post(
    "/inbound/{system}/{tenant}",
    summary="Receive an event of another system",
    responses=problems.responses(),
    openapi_extra=_BODY,
)
async def receive_event(
    request: Request,
    system: Literal["greenhouse", "ashby"],
    tenant: Annotated[str, Path(max_length=200)],
) -> Received:
    """Webhooks of Greenhouse (`Signature`, `Greenhouse-Event-ID`) and Ashby (`Ashby-Signature`), known by
    their signature: no API key is sent. The secret is the connection's `webhook_secret`. An event is handled
    once; one that could not be handled is answered 5xx, and handled when it is sent again."""
    services: Services = request.app.state.services
    raw = await _body(request)
    headers = dict(request.headers)
    request_id = request.state.request_id
    became = await run_in_threadpool(receive, services, system, tenant, headers, raw, request_id)
    return Received.model_validate({"status": became})


async def _body(request: Request) -> bytes:
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > _MOST_BYTES:
            raise ProblemError("body_too_large", f"An event has at most {_MOST_BYTES:,} bytes.")
    return bytes(raw)
