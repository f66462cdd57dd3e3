"""The first answers to requests that carry an Idempotency-Key, so that a repeated one gets the same again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import sqlalchemy as sa

from matcher.store.database import Database, Work
from matcher.store.service.schema import idempotency
from matcher.store.times import aware

# How long an answer is kept: a day, as most services that take such keys say.
KEPT = timedelta(hours=24)

# After this a request that has no answer is taken for lost with the process that worked on it.
LOST_AFTER = timedelta(minutes=5)


class Taken(Enum):
    """Why there is no answer to give."""

    BEGUN = "begun"  # the request is the first: do it
    IN_FLIGHT = "in flight"
    OTHER_REQUEST = "other request"
    ERASED = "erased"  # the answer was about a person who has been erased


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out the first time."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Answers:
    """The answers of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, api_key: str, key: str, request_sha256: bytes, now: datetime) -> Answer | Taken:
        """The first answer to this request, or why there is none; BEGUN is said to one caller alone."""
        mine = idempotency.c.api_key == api_key, idempotency.c.key == key
        with self._database.noting() as work:
            work.change(sa.delete(idempotency).where(*mine, idempotency.c.created < aware(now - KEPT)))
            lost = idempotency.c.status.is_(None), idempotency.c.created < aware(now - LOST_AFTER)
            work.change(sa.delete(idempotency).where(*mine, *lost))
            row = work.first(sa.select(idempotency).where(*mine))
            if row is None:
                fresh = {
                    "api_key": api_key,
                    "key": key,
                    "request_sha256": request_sha256,
                    "created": aware(now),
                }
                work.insert(idempotency, [{**fresh, "request_sha256": request_sha256}])
                return Taken.BEGUN
        if row.request_sha256 != request_sha256:
            return Taken.OTHER_REQUEST
        if row.status is None:
            return Taken.IN_FLIGHT
        if row.body is None:
            return Taken.ERASED
        return Answer(row.status, json.loads(row.headers_json), bytes(row.body))

    def keep(self, api_key: str, key: str, answer: Answer, candidate: str | None = None) -> None:
        """Keep the answer to a request that was begun; `candidate` is whom it is about."""
        values = {
            "status": answer.status,
            "headers_json": json.dumps(dict(answer.headers)),
            "body": answer.body,
            "candidate": candidate,
        }
        mine = idempotency.c.api_key == api_key, idempotency.c.key == key
        with self._database.noting() as work:
            work.change(sa.update(idempotency).where(*mine).values(values))

    def drop(self, api_key: str, key: str) -> None:
        """Forget a request that came to nothing, so that it can be tried again."""
        mine = idempotency.c.api_key == api_key, idempotency.c.key == key
        with self._database.noting() as work:
            work.change(sa.delete(idempotency).where(*mine))

    def expire(self, now: datetime) -> int:
        """Forget what is older than is kept; returns how many there were."""
        with self._database.noting() as work:
            return work.change(sa.delete(idempotency).where(idempotency.c.created < aware(now - KEPT)))


def forget_people(work: Work, people: Sequence[str]) -> None:
    """Take away what was answered about people, within an erasure: asked again, they are gone."""
    mine = idempotency.c.candidate.in_(people)
    work.change(sa.update(idempotency).where(mine).values(body=None, headers_json=None))
