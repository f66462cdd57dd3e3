"""Webhooks: endpoints, and how far deliveries to them are."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, Field, StrictBool, StrictFloat

from api.schemas.common import Strict, ZonedMoment
from matcher.types.webhooks import Delivery, Endpoint, EventType


class Asked(StrEnum):
    """The types of events that an endpoint can ask for."""

    CANDIDATE_READY = "candidate.ready"
    CANDIDATE_REJECTED = "candidate.rejected"
    CANDIDATE_ERASED = "candidate.erased"
    MATCH_COMPLETED = "match.completed"

    @property
    def type(self) -> EventType:
        """As the library has it."""
        return EventType(self.value)


_URL = Field(
    min_length=1,
    max_length=2_000,
    description="Where to POST events: https, at a public address, port 443 unless it is an allowed host; "
    "without user, password and #fragment.",
    examples=["https://hooks.example.com/matcher"],
)


class EndpointIn(Strict):
    """Where to send which events."""

    url: str = _URL
    events: list[Asked] = Field(
        min_length=1,
        max_length=10,
        description="Of which types.",
        examples=[["candidate.ready", "match.completed"]],
    )


class EndpointPatch(Strict):
    """What to change; what is left away stays."""

    url: str | None = Field(
        None, min_length=1, max_length=2_000, description="As when it was made.", examples=[None]
    )
    events: list[Asked] | None = Field(
        None, min_length=1, max_length=10, description="Of which types.", examples=[["candidate.erased"]]
    )
    enabled: StrictBool | None = Field(None, description="False stops, true begins again.", examples=[True])


class RotateIn(Strict):
    """For how long the secret before signs too."""

    keep_hours: StrictFloat = Field(24, ge=0, le=24 * 7, description="0: it is known to somebody.")


class ReplayIn(Strict):
    """Which deliveries to send again."""

    since: ZonedMoment = Field(
        description="Those that failed at this time or later.", examples=["2026-01-31T00:00:00Z"]
    )


class ReplayOut(BaseModel):
    """How many are sent again."""

    replayed: int = Field(description="Deliveries.")


class EndpointOut(BaseModel):
    """An endpoint, but for its secret."""

    id: str = Field(description="Of the endpoint.")
    url: str = Field(description="Where events go.")
    events: list[str] = Field(description="Of which types.")
    enabled: bool = Field(description="Whether anything is sent.")
    disabled_reason: Literal["by_request", "gone", "failing"] | None = Field(
        description="`by_request`; `gone`: it answered 410; `failing`: nothing arrived while a delivery was "
        "tried to its last attempt. What waited then has failed, and can be replayed."
    )
    last_delivered: datetime | None = Field(description="When something last arrived.")
    last_failed: datetime | None = Field(description="When a delivery was last given up.")
    previous_secret_until: datetime | None = Field(
        description="Until when the secret before this one signs too."
    )
    created: datetime = Field(description="When it was made.")
    links: dict[str, str] = Field(description="`self` and `deliveries`.")


class EndpointSecret(EndpointOut):
    """An endpoint with its secret, which is shown this once."""

    secret: str = Field(description="`whsec_` and base64, as Standard Webhooks libraries take it.")


class DeliveryOut(BaseModel):
    """An event on its way to an endpoint. Nothing of what an endpoint answers is kept but the status."""

    id: str = Field(description="Of the delivery.")
    endpoint_id: str = Field(description="Where it goes.")
    event_id: str = Field(description="The `webhook-id` that is sent; the same at each attempt.")
    type: str = Field(description="Of the event.")
    happened: datetime = Field(description="When what it tells of was.")
    state: Literal["pending", "delivered", "failed"] = Field(description="How far it is.")
    attempts: int = Field(description="How many were made since it was handed in or replayed.")
    next_attempt: datetime | None = Field(description="Null where none is to come.")
    last_attempt: datetime | None = Field(description="Null where none was made.")
    status: int | None = Field(description="The HTTP status of the last answer.")
    error: str | None = Field(
        description="Why the last attempt is no success: `status`, `redirect`, `timeout`, `unreachable`, "
        "`tls`, `no_answer`, `blocked_address`, `gone` or `endpoint_disabled`."
    )
    ended: datetime | None = Field(description="When it came to its end.")


def endpoint_out(endpoint: Endpoint) -> EndpointOut:
    """An endpoint as it is answered."""
    path = f"/v1/webhooks/{endpoint.id}"
    return EndpointOut.model_validate(
        {
            "id": endpoint.id,
            "url": endpoint.url,
            "events": sorted(endpoint.events),
            "enabled": endpoint.disabled is None,
            "disabled_reason": endpoint.disabled,
            "last_delivered": endpoint.delivered,
            "last_failed": endpoint.failed,
            "previous_secret_until": endpoint.previous_until,
            "created": endpoint.created,
            "links": {"self": path, "deliveries": f"{path}/deliveries"},
        }
    )


def secret_out(endpoint: Endpoint, secret: str) -> EndpointSecret:
    """The same with its secret."""
    return EndpointSecret(**endpoint_out(endpoint).model_dump(), secret=secret)


def delivery_out(delivery: Delivery) -> DeliveryOut:
    """A delivery as it is answered."""
    return DeliveryOut(
        id=delivery.id,
        endpoint_id=delivery.endpoint,
        event_id=delivery.event,
        type=delivery.type,
        happened=delivery.happened,
        state=delivery.state.value,
        attempts=delivery.attempt,
        next_attempt=delivery.due,
        last_attempt=delivery.at,
        status=delivery.status,
        error=delivery.error,
        ended=delivery.ended,
    )
