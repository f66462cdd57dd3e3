"""Events and their deliveries: what is to be sent, what came of each attempt, and what is sent again.

These rows are the truth; a queue only carries their ids. A delivery is sent at least once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, NotInCorpusError
from matcher.store.database import Database, Work, parts
from matcher.store.service.job_rows import new_id
from matcher.store.service.schema import webhook_deliveries, webhook_endpoints, webhook_events
from matcher.store.service.webhooks import disable, endpoint_row
from matcher.store.times import aware
from matcher.types.webhooks import Attempt, Delivery, DeliveryState, Event, EventType, Result, Waiting

# How long a delivery is listed after its end.
KEPT = timedelta(days=30)

# Why an endpoint is disabled: it said so, or nothing arrived while a delivery was tried to its last attempt.
GONE, FAILING = "gone", "failing"

# Clocks of two machines are never the same: a delivery may be sent this much before its time.
_EARLY = timedelta(seconds=1)

_SHOWN = sa.select(
    webhook_deliveries, webhook_events.c.type, webhook_events.c.at.label("happened")
).join_from(
    webhook_deliveries,
    webhook_events,
    sa.and_(
        webhook_events.c.tenant == webhook_deliveries.c.tenant,
        webhook_events.c.id == webhook_deliveries.c.event,
    ),
)


class Deliveries:
    """The events and deliveries of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, kind: EventType, data: Mapping[str, object], now: datetime, key: str | None = None
    ) -> list[Waiting]:
        """Put an event down with a delivery to each enabled endpoint that asks for its type.

        Returns what is to be sent. What nobody asks for is not kept. With a `key` an event is put down once.
        """
        with self._database.reading() as work:
            if not _asking(work, kind):
                return []
        with self._database.noting() as work:
            return _put_down(work, kind, data, now, _asking(work, kind), key)

    def note_for(self, endpoint: str, kind: EventType, data: Mapping[str, object], now: datetime) -> Delivery:
        """Put an event down for one endpoint, whatever it asks for. Raises NotInCorpusError, and
        CorpusConflictError where it is disabled."""
        with self._database.noting() as work:
            _enabled(work, endpoint)
            (waiting,) = _put_down(work, kind, data, now, [endpoint], None)
        return self.get(waiting.delivery)

    def get(self, delivery: str) -> Delivery:
        """A delivery. Raises NotInCorpusError."""
        with self._database.reading() as work:
            row = work.first(_SHOWN.where(webhook_deliveries.c.id == delivery))
        if row is None:
            raise NotInCorpusError("There is no delivery with this id.")
        return _delivery(row)

    def page(
        self,
        limit: int,
        after: str | None = None,
        endpoint: str | None = None,
        state: DeliveryState | None = None,
    ) -> list[Delivery]:
        """Deliveries, the newest first, beginning behind the id `after`; perhaps of one endpoint or state."""
        statement = _SHOWN.order_by(webhook_deliveries.c.id.desc()).limit(limit)
        if after is not None:
            statement = statement.where(webhook_deliveries.c.id < after)
        if endpoint is not None:
            statement = statement.where(webhook_deliveries.c.endpoint == endpoint)
        if state is not None:
            statement = statement.where(webhook_deliveries.c.state == state.value)
        with self._database.reading() as work:
            return [_delivery(row) for row in work.rows(statement)]

    def begin(self, delivery: str, now: datetime) -> Attempt | None:
        """What to send now; None where nothing waits, or not yet."""
        with self._database.reading() as work:
            row = work.first(_SHOWN.where(webhook_deliveries.c.id == delivery))
            if row is None or row.state != DeliveryState.PENDING.value or row.due > aware(now) + _EARLY:
                return None
            to = endpoint_row(work, row.endpoint)
            event = work.first(sa.select(webhook_events).where(webhook_events.c.id == row.event))
        if event is None:
            return None
        if to.disabled is not None:  # it was while this was put down
            with self._database.noting() as work:
                disable(work, row.endpoint, to.disabled, now)
            return None
        previous = to.previous_secret if to.previous_until and aware(now) < to.previous_until else None
        signing = (to.secret,) if previous is None else (to.secret, previous)
        told = Event(event.id, EventType(event.type), event.at, json.loads(event.data_json))
        return Attempt(delivery, row.attempt + 1, row.endpoint, to.url, signing, told)

    def settle(self, attempt: Attempt, result: Result, now: datetime) -> bool:
        """Note what came of an attempt; returns whether this was the first to. An endpoint that is gone, or
        to which nothing arrived in all the time of a delivery, is disabled."""
        state = DeliveryState.DELIVERED if result.error is None else DeliveryState.FAILED
        values = {
            "state": (state if result.due is None else DeliveryState.PENDING).value,
            "attempt": attempt.number,
            "due": result.due,
            "status": result.status,
            "error": result.error,
            "at": aware(now),
            "ended": aware(now) if result.due is None else None,
        }
        which = (
            webhook_deliveries.c.id == attempt.delivery,
            webhook_deliveries.c.state == DeliveryState.PENDING.value,
            webhook_deliveries.c.attempt == attempt.number - 1,
        )
        with self._database.noting() as work:
            if not work.change(sa.update(webhook_deliveries).where(*which).values(values)):
                return False
            to = endpoint_row(work, attempt.endpoint)
            if result.due is None:
                said = {"delivered" if result.error is None else "failed": aware(now)}
                mine = webhook_endpoints.c.id == attempt.endpoint
                work.change(sa.update(webhook_endpoints).where(mine).values(said))
            if result.gone:
                disable(work, attempt.endpoint, GONE, now)
            elif result.error is not None and result.due is None and not _arrived_since(to, attempt.event):
                disable(work, attempt.endpoint, FAILING, now)
        return True

    def replay(self, delivery: str, now: datetime) -> Waiting:
        """Send a delivery again, from its first attempt. Raises NotInCorpusError, and CorpusConflictError
        where its endpoint is disabled."""
        found = self.get(delivery)
        with self._database.noting() as work:
            _enabled(work, found.endpoint)
            return _again(work, {delivery: found.endpoint}, now)[0]

    def replay_failed(self, endpoint: str, since: datetime, now: datetime) -> list[Waiting]:
        """The same for every delivery to an endpoint that failed at a time or after it."""
        which = (
            webhook_deliveries.c.endpoint == endpoint,
            webhook_deliveries.c.state == DeliveryState.FAILED.value,
            webhook_deliveries.c.ended >= aware(since),
        )
        with self._database.noting() as work:
            _enabled(work, endpoint)
            rows = work.rows(sa.select(webhook_deliveries).where(*which).order_by(webhook_deliveries.c.id))
            return _again(work, {row.id: row.endpoint for row in rows}, now)

    def overdue(self, before: datetime, limit: int) -> list[Waiting]:
        """What should have been sent before a moment, the longest overdue first."""
        which = (
            webhook_deliveries.c.state == DeliveryState.PENDING.value,
            webhook_deliveries.c.due < aware(before),
        )
        statement = sa.select(webhook_deliveries).where(*which).order_by(webhook_deliveries.c.due)
        with self._database.reading() as work:
            return [Waiting(row.id, row.endpoint, row.due) for row in work.rows(statement.limit(limit))]

    def waiting(self, kind: EventType, key: str) -> list[Waiting]:
        """What is to be sent of the event that was put down with a key."""
        which = (
            webhook_deliveries.c.event == _event_id(kind, key),
            webhook_deliveries.c.state == DeliveryState.PENDING.value,
        )
        with self._database.reading() as work:
            rows = work.rows(sa.select(webhook_deliveries).where(*which))
        return [Waiting(row.id, row.endpoint, row.due) for row in rows]

    def expire(self, now: datetime) -> int:
        """Forget deliveries that ended long ago, and events that have none; returns how many."""
        left = sa.select(webhook_deliveries.c.event)
        with self._database.noting() as work:
            old = webhook_deliveries.c.ended < aware(now - KEPT)
            gone = work.change(sa.delete(webhook_deliveries).where(old))
            work.change(sa.delete(webhook_events).where(webhook_events.c.id.not_in(left)))
        return gone


def note_erased(work: Work, people: Sequence[str], now: datetime) -> None:
    """Put down within an erasure that people were erased, so that it is told whatever happens next."""
    to = _asking(work, EventType.CANDIDATE_ERASED)
    for person in people if to else ():
        _put_down(work, EventType.CANDIDATE_ERASED, {"candidate_id": person}, now, to, person)


def _asking(work: Work, kind: EventType) -> list[str]:
    rows = work.rows(sa.select(webhook_endpoints).where(webhook_endpoints.c.disabled.is_(None)))
    return [row.id for row in rows if kind in row.events.split()]


def _put_down(
    work: Work, kind: EventType, data: Mapping[str, object], now: datetime, to: list[str], key: str | None
) -> list[Waiting]:
    if not to:
        return []
    when = aware(now)
    row = {"id": _event_id(kind, key), "type": kind.value, "at": when, "data_json": json.dumps(data)}
    if work.first(sa.select(webhook_events.c.id).where(webhook_events.c.id == row["id"])) is not None:
        return []
    work.insert(webhook_events, [row])
    waiting = [Waiting(new_id(when), endpoint, when) for endpoint in to]
    rows = [
        {
            "id": each.delivery,
            "endpoint": each.endpoint,
            "event": row["id"],
            "state": DeliveryState.PENDING.value,
            "attempt": 0,
            "due": when,
        }
        for each in waiting
    ]
    work.insert(webhook_deliveries, rows)
    return waiting


def _event_id(kind: EventType, key: str | None) -> str:
    if key is None:
        return f"evt_{secrets.token_hex(16)}"
    return f"evt_{hashlib.sha256(f'{kind}:{key}'.encode()).hexdigest()[:32]}"


def _arrived_since(to: sa.Row[tuple[object, ...]], event: Event) -> bool:
    return to.delivered is not None and to.delivered >= event.at


def _enabled(work: Work, endpoint: str) -> None:
    if endpoint_row(work, endpoint).disabled is not None:
        raise CorpusConflictError("The endpoint is disabled: enable it first.")


def _again(work: Work, deliveries: Mapping[str, str], now: datetime) -> list[Waiting]:
    values = {
        "state": DeliveryState.PENDING.value,
        "attempt": 0,
        "due": aware(now),
        "status": None,
        "error": None,
        "ended": None,
    }
    for part in parts(deliveries):
        work.change(sa.update(webhook_deliveries).where(webhook_deliveries.c.id.in_(part)).values(values))
    return [Waiting(delivery, endpoint, aware(now)) for delivery, endpoint in deliveries.items()]


def _delivery(row: sa.Row[tuple[object, ...]]) -> Delivery:
    return Delivery(
        id=row.id,
        endpoint=row.endpoint,
        event=row.event,
        type=EventType(row.type),
        happened=row.happened,
        state=DeliveryState(row.state),
        attempt=row.attempt,
        due=row.due,
        at=row.at,
        status=row.status,
        error=row.error,
        ended=row.ended,
    )
