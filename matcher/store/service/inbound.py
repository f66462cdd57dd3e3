"""Events that other systems sent here: which were handled, for they come at least once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa

from matcher.store.database import Database
from matcher.store.service.schema import connections, inbound_events
from matcher.store.times import aware

# Senders give up within days; an event that comes after this is handled again.
KEPT = timedelta(days=30)

# What a connection's credentials call the secrets that its events are signed with: one, and the one before.
SECRET, PREVIOUS_SECRET = "webhook_secret", "previous_webhook_secret"


class InboundEvents:
    """The events that one tenant got from other systems."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def secrets(self, system: str) -> tuple[str, ...]:
        """What a system's events are signed with; nothing where it is not connected."""
        with self._database.reading() as work:
            row = work.first(sa.select(connections).where(connections.c.system == system))
        kept = {} if row is None else json.loads(row.credentials_json)
        return tuple(kept[name] for name in (SECRET, PREVIOUS_SECRET) if kept.get(name))

    def handled(self, system: str, event: str) -> bool:
        """Whether an event has been handled."""
        which = inbound_events.c.system == system, inbound_events.c.event == event
        with self._database.reading() as work:
            return work.count(inbound_events, *which) > 0

    def note(self, system: str, event: str, now: datetime) -> None:
        """Note that an event has been handled."""
        row = {"system": system, "event": event, "received": aware(now)}
        with self._database.noting() as work:
            work.insert(inbound_events, [row], skip_known=True)

    def expire(self, now: datetime) -> int:
        """Forget events that came long ago; returns how many."""
        with self._database.noting() as work:
            old = inbound_events.c.received < aware(now - KEPT)
            return work.change(sa.delete(inbound_events).where(old))
