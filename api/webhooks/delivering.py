"""Deliveries: each attempt, and when the next one is."""

from __future__ import annotations

import email.utils
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from api.settings import ServiceSettings
from api.state import Services, now
from api.webhooks.sending import Answer, SendError, send
from api.webhooks.signing import body_of, signed_headers
from matcher.types.webhooks import Attempt, EventType, Result, Waiting

# Seconds between the attempts: the schedule that Standard Webhooks 1.0 gives as its example.
SCHEDULE = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)

# What failed at one moment is not tried again at one: up to this part of the time is added to it.
JITTER = 0.1

# However long an endpoint asks to be left alone, it is asked again after a day.
_LONGEST = timedelta(hours=24)

# A delivery that is this much overdue is not in the queue any more, or never was.
_LOST = timedelta(seconds=5)
_AT_A_TIME = 1000

# Deliveries that a request hands in by itself; the rounds of the worker hand in those beyond.
AT_ONCE = 100

_GONE = 410


def hand_over(services: Services, tenant: str, waiting: list[Waiting]) -> None:
    """Give deliveries to the queue. What it does not take, the next round of the worker finds."""
    for each in waiting:
        services.queue.put_delivery(tenant, each)


def hand_over_erased(services: Services, tenant: str, person: str) -> None:
    """Give to the queue that a person was erased: the erasure's own transaction has put it down."""
    waiting = services.store(tenant).deliveries.waiting(EventType.CANDIDATE_ERASED, person)
    hand_over(services, tenant, waiting)


def deliver(services: Services, tenant: str, delivery: str, clock: Callable[[], datetime] = now) -> None:
    """Make the next attempt of a delivery, if it is due, and hand in the one after it."""
    deliveries = services.store(tenant).deliveries
    attempt = deliveries.begin(delivery, clock())
    if attempt is None:
        return
    result = tried(attempt, services.settings, clock)
    if not deliveries.settle(attempt, result, clock()):
        return
    structlog.get_logger().info(
        "delivery",
        delivery=delivery,
        webhook_id=attempt.event.id,
        attempt=attempt.number,
        status=result.status,
        error=result.error,
    )
    if result.due is not None:
        hand_over(services, tenant, [Waiting(delivery, attempt.endpoint, result.due)])


def find_overdue(services: Services) -> None:
    """Hand in again what is due and not in the queue."""
    before = now() - _LOST
    found = [
        (tenant, each)
        for tenant in services.first.store.tenants()
        for each in services.store(tenant).deliveries.overdue(before, _AT_A_TIME)
    ]
    known = services.queue.known_deliveries() if found else set()
    for tenant, each in found:
        if (tenant, each.delivery) not in known:
            services.queue.put_delivery(tenant, each, again=True)


def tried(attempt: Attempt, settings: ServiceSettings, clock: Callable[[], datetime]) -> Result:
    """Send an attempt, once, and say what came of it; nothing is noted."""
    body = body_of(attempt.event)
    headers = signed_headers(attempt.event.id, body, attempt.secrets, clock())
    try:
        answer = send(attempt.url, headers, body, settings)
    except SendError as error:
        return Result(None, error.code, next_due(attempt.number, clock()))
    if 200 <= answer.status < 300:
        return Result(answer.status, None)
    if answer.status == _GONE:
        return Result(answer.status, "gone", gone=True)
    return Result(answer.status, _error_of(answer), next_due(attempt.number, clock(), answer.retry_after))


def next_due(number: int, moment: datetime, retry_after: str = "") -> datetime | None:
    """When the attempt after the one with this number is made, which failed at `moment`; None after the last.

    `retry_after` is what the endpoint asked for; it counts where it is longer than the schedule.
    """
    if number > len(SCHEDULE):
        return None
    wait = timedelta(seconds=SCHEDULE[number - 1] * (1 + random.uniform(0, JITTER)))
    return moment + max(wait, min(_asked(retry_after, moment), _LONGEST))


def _asked(retry_after: str, moment: datetime) -> timedelta:
    """The time that a Retry-After header names, in seconds or as a date; none where it is neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:10]), 10**9))
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    return until.replace(tzinfo=until.tzinfo or UTC) - moment


def _error_of(answer: Answer) -> str:
    return "redirect" if 300 <= answer.status < 400 else "status"
