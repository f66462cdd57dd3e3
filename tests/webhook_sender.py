"""Deliveries of one tenant at injected times, to a receiver on loopback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webhook_receiver import Receiver

from api.state import Services
from api.webhooks.delivering import deliver
from api.webhooks.signing import new_secret
from matcher.store import Store
from matcher.types.webhooks import Delivery, EventType

TENANT = "default"
DATA = {"candidate_id": "c-1"}
ERASED = EventType.CANDIDATE_ERASED


@dataclass
class Clock:
    """The time, as the test sets it."""

    time: datetime

    def __call__(self) -> datetime:
        """This moment."""
        return self.time


@dataclass
class Sender:
    """Deliveries of one tenant, whose endpoints are those of a receiver."""

    services: Services
    receiver: Receiver
    clock: Clock

    @property
    def store(self) -> Store:
        """The tenant's store."""
        return self.services.store(TENANT)

    def endpoint(self, path: str, *events: EventType) -> str:
        """A new endpoint; returns its id."""
        url, asked = self.receiver.url + path, set(events or (ERASED,))
        return self.store.webhooks.add(url, asked, new_secret(), self.clock()).id

    def emitted(self) -> str:
        """An event for the only endpoint; returns the delivery."""
        (waiting,) = self.store.deliveries.note(ERASED, DATA, self.clock())
        return waiting.delivery

    def attempt(self, delivery: str) -> Delivery:
        """One attempt now, and what came of it."""
        deliver(self.services, TENANT, delivery, self.clock)
        return self.store.deliveries.get(delivery)
