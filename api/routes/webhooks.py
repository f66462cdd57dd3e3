"""Webhooks: who is told what happens, whether it arrived, and sending it again."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request, Response

from api import problems
from api.events import checked
from api.guard import BlockedAddressError
from api.idempotency import router as new_router
from api.paging import Cursor, Limit, Page, opened, page
from api.problems import FieldProblem, ProblemError
from api.schemas.webhooks import (
    DeliveryOut,
    EndpointIn,
    EndpointOut,
    EndpointPatch,
    EndpointSecret,
    ReplayIn,
    ReplayOut,
    RotateIn,
    delivery_out,
    endpoint_out,
    secret_out,
)
from api.security import Admin, Caller
from api.state import now
from api.webhooks.delivering import AT_ONCE, hand_over
from api.webhooks.sending import check_endpoint
from api.webhooks.signing import new_secret
from matcher.errors import NotInCorpusError
from matcher.types.webhooks import Delivery, DeliveryState, EventType, Waiting

router = new_router("webhooks")

State = Annotated[DeliveryState | None, Query(description="Only those in this state.", examples=[None])]


@router.post("/webhooks", status_code=201, summary="Make an endpoint", responses=problems.responses(409))
def create_webhook(caller: Admin, asked: EndpointIn, response: Response) -> EndpointSecret:
    """Events of the types asked for are sent there from now on, signed with the secret that this answer shows
    once (docs/webhooks.md). 422 for an address that is not public, 409 for more than 20 endpoints."""
    _check(caller, asked.url)
    secret = new_secret()
    made = caller.store.webhooks.add(asked.url, {each.type for each in asked.events}, secret, now())
    caller.audit("webhook.created", "webhook", made.id)
    response.headers["Location"] = f"/v1/webhooks/{made.id}"
    return secret_out(made, secret)


@router.get("/webhooks", summary="List endpoints", responses=problems.responses())
def list_webhooks(caller: Admin) -> Page[EndpointOut]:
    """All of them, the oldest first."""
    return Page(items=list(map(endpoint_out, caller.store.webhooks.all())), next_cursor=None)


@router.get("/webhooks/{endpoint_id}", summary="Read an endpoint", responses=problems.responses(404))
def read_webhook(caller: Admin, endpoint_id: str) -> EndpointOut:
    """Where it is, what it asks for, and why it is disabled where it is."""
    return endpoint_out(caller.store.webhooks.get(endpoint_id))


@router.patch("/webhooks/{endpoint_id}", summary="Change an endpoint", responses=problems.responses(404))
def change_webhook(caller: Admin, endpoint_id: str, change: EndpointPatch) -> EndpointOut:
    """Changes the address, the types, or both; stops it, or enables it again."""
    if change.url is not None:
        _check(caller, change.url)
    events = None if change.events is None else {each.type for each in change.events}
    made = caller.store.webhooks.change(endpoint_id, now(), change.url, events, change.enabled)
    caller.audit("webhook.changed", "webhook", endpoint_id)
    return endpoint_out(made)


@router.delete(
    "/webhooks/{endpoint_id}",
    status_code=204,
    summary="Delete an endpoint",
    responses=problems.responses(404),
)
def delete_webhook(caller: Admin, endpoint_id: str) -> None:
    """Takes away the endpoint with its deliveries."""
    caller.store.webhooks.remove(endpoint_id)
    caller.audit("webhook.deleted", "webhook", endpoint_id)


@router.post("/webhooks/{endpoint_id}/rotate", summary="Rotate the secret", responses=problems.responses(404))
def rotate_webhook_secret(caller: Admin, endpoint_id: str, asked: RotateIn) -> EndpointSecret:
    """A new secret, shown this once. Until `previous_secret_until` the one before signs as well, so that a
    receiver can change over without losing anything."""
    secret, keep = new_secret(), timedelta(hours=asked.keep_hours)
    made = caller.store.webhooks.rotate(endpoint_id, secret, now(), keep)
    caller.audit("webhook.rotated", "webhook", endpoint_id)
    return secret_out(made, secret)


@router.post(
    "/webhooks/{endpoint_id}/test",
    status_code=202,
    summary="Send a test event",
    responses=problems.responses(404, 409),
)
def test_webhook(caller: Admin, endpoint_id: str, response: Response) -> DeliveryOut:
    """An event `webhook.test`, whatever the endpoint asks for. The delivery tells whether it arrived."""
    data = checked(EventType.TEST, {"endpoint_id": endpoint_id}, caller.services.settings.public_url)
    made = caller.store.deliveries.note_for(endpoint_id, EventType.TEST, data, now())
    hand_over(caller.services, caller.key.tenant, [Waiting(made.id, endpoint_id, made.happened)])
    caller.audit("webhook.tested", "webhook", endpoint_id)
    response.headers["Location"] = f"/v1/webhooks/{endpoint_id}/deliveries/{made.id}"
    return delivery_out(made)


@router.get(
    "/webhooks/{endpoint_id}/deliveries", summary="Read the delivery log", responses=problems.responses(404)
)
def list_deliveries(
    caller: Admin,
    request: Request,
    response: Response,
    endpoint_id: str,
    state: State = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DeliveryOut]:
    """The newest first: attempts, statuses, errors and times. They are listed for 30 days after their end."""
    caller.store.webhooks.get(endpoint_id)
    found = caller.store.deliveries.page(limit + 1, opened(cursor), endpoint_id, state)
    return page(request, response, list(map(delivery_out, found)), limit, [each.id for each in found])


@router.get(
    "/webhooks/{endpoint_id}/deliveries/{delivery_id}",
    summary="Read a delivery",
    responses=problems.responses(404),
)
def read_delivery(caller: Admin, endpoint_id: str, delivery_id: str) -> DeliveryOut:
    """How far it is."""
    return delivery_out(_delivery(caller, endpoint_id, delivery_id))


@router.post(
    "/webhooks/{endpoint_id}/deliveries/{delivery_id}/replay",
    status_code=202,
    summary="Send a delivery again",
    responses=problems.responses(404, 409),
)
def replay_delivery(caller: Admin, endpoint_id: str, delivery_id: str) -> DeliveryOut:
    """At once, and from the first attempt of its schedule, whatever became of it. It keeps its `webhook-id`,
    so that a receiver who has handled it knows. 409 while the endpoint is disabled."""
    _delivery(caller, endpoint_id, delivery_id)
    waiting = caller.store.deliveries.replay(delivery_id, now())
    hand_over(caller.services, caller.key.tenant, [waiting])
    caller.audit("webhook.replayed", "webhook", endpoint_id)
    return delivery_out(caller.store.deliveries.get(delivery_id))


@router.post(
    "/webhooks/{endpoint_id}/replay",
    status_code=202,
    summary="Send again what failed",
    responses=problems.responses(404, 409),
)
def replay_failed(caller: Admin, endpoint_id: str, asked: ReplayIn) -> ReplayOut:
    """Every delivery to the endpoint that failed at a time or later. 409 while the endpoint is disabled."""
    waiting = caller.store.deliveries.replay_failed(endpoint_id, asked.since, now())
    hand_over(caller.services, caller.key.tenant, waiting[:AT_ONCE])
    caller.audit("webhook.replayed", "webhook", endpoint_id)
    return ReplayOut(replayed=len(waiting))


def _check(caller: Caller, url: str) -> None:
    try:
        check_endpoint(url, caller.services.settings)
    except BlockedAddressError as error:
        raise ProblemError(
            "blocked_url", str(error), [FieldProblem(field="url", message=str(error))]
        ) from None


def _delivery(caller: Caller, endpoint_id: str, delivery_id: str) -> Delivery:
    found = caller.store.deliveries.get(delivery_id)
    if found.endpoint != endpoint_id:
        raise NotInCorpusError("There is no delivery with this id.")
    return found
