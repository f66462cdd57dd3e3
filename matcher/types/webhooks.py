"""The nouns of webhooks: who is told what, and how far telling them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventType(StrEnum):
    """What an endpoint can ask for."""

    CANDIDATE_READY = "candidate.ready"
    CANDIDATE_REJECTED = "candidate.rejected"
    CANDIDATE_ERASED = "candidate.erased"
    MATCH_COMPLETED = "match.completed"
    TEST = "webhook.test"  # sent on request, whatever was asked for


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where events are sent to, but for its secret.

    `disabled` says why nothing is sent, and is None while something is; `previous_until` ends the time in
    which the secret before this one signs too; `delivered` is when something last arrived, `failed` when a
    delivery was last given up.
    """

    id: str
    url: str
    events: frozenset[EventType]
    disabled: str | None
    previous_until: datetime | None
    delivered: datetime | None
    failed: datetime | None
    created: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told by ids and codes alone."""

    id: str
    type: EventType
    at: datetime
    data: Mapping[str, object]


class DeliveryState(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event on its way to an endpoint, or at its end there.

    `attempt` counts those made; `at`, `status` and `error` are of the last one: when it was, what the
    endpoint answered, and why that is no success. `due` is when the next one is.
    """

    id: str
    endpoint: str
    event: str
    type: EventType
    happened: datetime
    state: DeliveryState
    attempt: int
    due: datetime | None
    at: datetime | None
    status: int | None
    error: str | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What to send now: the attempt's `number`, from 1, and every secret that signs it, the newest first."""

    delivery: str
    number: int
    endpoint: str
    url: str
    secrets: tuple[str, ...]
    event: Event


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: `error` is None for a success; `due` is when the next one is, None at the end.

    `gone` says that the endpoint wants nothing any more.
    """

    status: int | None
    error: str | None
    due: datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery to be handed to whoever sends, with the moment from which it may be sent."""

    delivery: str
    endpoint: str
    due: datetime
