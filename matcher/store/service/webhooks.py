"""Endpoints of webhooks: who is told what, and with which secret it is signed."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, InputError, NotInCorpusError
from matcher.store.database import Database, Work
from matcher.store.service.schema import webhook_deliveries, webhook_endpoints
from matcher.store.times import aware
from matcher.types.webhooks import DeliveryState, Endpoint, EventType

# Each event is delivered to each endpoint: a tenant's mistake must not multiply what is sent.
MOST_ENDPOINTS = 20

BY_REQUEST = "by_request"
DISABLED = "endpoint_disabled"


class Webhooks:
    """The endpoints of one tenant. A secret is given when it is made and never told again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, url: str, events: Collection[EventType], secret: str, now: datetime) -> Endpoint:
        """A new endpoint. Raises InputError without events, and CorpusConflictError for one too many."""
        known = f"ep_{secrets.token_hex(8)}"
        row = {
            "id": known,
            "url": url,
            "events": _listed(events),
            "secret": secret,
            "created": aware(now),
        }
        with self._database.noting() as work:
            if work.count(webhook_endpoints) >= MOST_ENDPOINTS:
                raise CorpusConflictError(f"There are {MOST_ENDPOINTS} endpoints, the limit: delete one.")
            work.insert(webhook_endpoints, [row])
        return self.get(known)

    def get(self, endpoint: str) -> Endpoint:
        """An endpoint. Raises NotInCorpusError."""
        with self._database.reading() as work:
            return _endpoint(endpoint_row(work, endpoint))

    def all(self) -> list[Endpoint]:
        """Every endpoint, the oldest first."""
        order = webhook_endpoints.c.created, webhook_endpoints.c.id
        with self._database.reading() as work:
            return [_endpoint(row) for row in work.rows(sa.select(webhook_endpoints).order_by(*order))]

    def change(
        self,
        endpoint: str,
        now: datetime,
        url: str | None = None,
        events: Collection[EventType] | None = None,
        enabled: bool | None = None,
    ) -> Endpoint:
        """Change what is given. Raises NotInCorpusError, and InputError for no events.

        One that is disabled gives up what waits for it; it can be replayed when it is enabled again.
        """
        with self._database.noting() as work:
            row = endpoint_row(work, endpoint)
            values: dict[str, object] = {} if url is None else {"url": url}
            if events is not None:
                values["events"] = _listed(events)
            if enabled:
                values["disabled"] = None
            if values:
                which = webhook_endpoints.c.id == endpoint
                work.change(sa.update(webhook_endpoints).where(which).values(values))
            if enabled is False and row.disabled is None:
                disable(work, endpoint, BY_REQUEST, now)
        return self.get(endpoint)

    def rotate(self, endpoint: str, secret: str, now: datetime, keep: timedelta) -> Endpoint:
        """Sign with a new secret, and for `keep` with the one before too. Raises NotInCorpusError."""
        with self._database.noting() as work:
            row = endpoint_row(work, endpoint)
            values = {
                "secret": secret,
                "previous_secret": row.secret,
                "previous_until": aware(now) + keep,
            }
            work.change(sa.update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint).values(values))
        return self.get(endpoint)

    def remove(self, endpoint: str) -> None:
        """Delete an endpoint with its deliveries. Raises NotInCorpusError."""
        with self._database.noting() as work:
            endpoint_row(work, endpoint)
            work.change(sa.delete(webhook_endpoints).where(webhook_endpoints.c.id == endpoint))


def endpoint_row(work: Work, endpoint: str) -> sa.Row[tuple[object, ...]]:
    """An endpoint's row. Raises NotInCorpusError."""
    row = work.first(sa.select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint))
    if row is None:
        raise NotInCorpusError("There is no webhook endpoint with this id.")
    return row


def disable(work: Work, endpoint: str, reason: str, now: datetime) -> None:
    """Send nothing more to an endpoint, and give up what waits for it."""
    which = webhook_endpoints.c.id == endpoint
    work.change(sa.update(webhook_endpoints).where(which).values(disabled=reason))
    waits = (
        webhook_deliveries.c.endpoint == endpoint,
        webhook_deliveries.c.state == DeliveryState.PENDING.value,
    )
    gone = {"state": DeliveryState.FAILED.value, "error": DISABLED, "due": None, "ended": aware(now)}
    work.change(sa.update(webhook_deliveries).where(*waits).values(gone))


def _listed(events: Collection[EventType]) -> str:
    if not events:
        raise InputError("An endpoint asks for at least one type of event.")
    return " ".join(sorted(events))


def _endpoint(row: sa.Row[tuple[object, ...]]) -> Endpoint:
    return Endpoint(
        id=row.id,
        url=row.url,
        events=frozenset(EventType(name) for name in row.events.split()),
        disabled=row.disabled,
        previous_until=row.previous_until,
        delivered=row.delivered,
        failed=row.failed,
        created=row.created,
    )
