"""The first answers to requests that carry an Idempotency-Key, so that a repeated one gets the same again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import sqlalchemy as sa

from matcher.store.database import Database, Work, parts
from matcher.store.schema import candidates
from matcher.store.service.schema import idempotency, idempotency_people
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
        lost = idempotency.c.status.is_(None), idempotency.c.created < aware(now - LOST_AFTER)
        fresh = {"api_key": api_key, "key": key, "request_sha256": request_sha256, "created": aware(now)}
        with self._database.noting() as work:
            work.change(sa.delete(idempotency).where(*mine, idempotency.c.created < aware(now - KEPT)))
            work.change(sa.delete(idempotency).where(*mine, *lost))
            work.changed = False
            work.insert(idempotency, [fresh], skip_known=True)
            if work.changed:
                return Taken.BEGUN
            row = work.first(sa.select(idempotency).where(*mine))
        if row is None:
            return Taken.IN_FLIGHT  # dropped in this very moment
        if row.request_sha256 != request_sha256:
            return Taken.OTHER_REQUEST
        if row.status is None:
            return Taken.IN_FLIGHT
        if row.body is None:
            return Taken.ERASED
        return Answer(row.status, json.loads(row.headers_json), bytes(row.body))

    def keep(self, api_key: str, key: str, answer: Answer, people: Collection[str] = ()) -> None:
        """Keep the answer to a request that was begun; `people` are those whom it is about.

        Of one that has been erased meanwhile nothing is kept.
        """
        mine = idempotency.c.api_key == api_key, idempotency.c.key == key
        about = sorted(set(people))
        with self._database.noting() as work:
            if about:
                work.begin_writing()  # an erasure comes before this or after it
            whole = all(
                work.count(candidates, candidates.c.id.in_(part)) == len(part) for part in parts(about)
            )
            values = {
                "status": answer.status,
                "headers_json": json.dumps(dict(answer.headers)) if whole else None,
                "body": answer.body if whole else None,
            }
            if work.change(sa.update(idempotency).where(*mine).values(values)) and whole:
                rows = [{"api_key": api_key, "key": key, "candidate": each} for each in about]
                work.insert(idempotency_people, rows)

    def drop(self, api_key: str, key: str) -> None:
        """Forget a request that came to nothing, so that it can be tried again."""
        mine = idempotency.c.api_key == api_key, idempotency.c.key == key
        with self._database.noting() as work:
            work.change(sa.delete(idempotency).where(*mine, idempotency.c.status.is_(None)))

    def expire(self, now: datetime) -> int:
        """Forget what is older than is kept; returns how many there were."""
        with self._database.noting() as work:
            return work.change(sa.delete(idempotency).where(idempotency.c.created < aware(now - KEPT)))


def forget_people(work: Work, people: Sequence[str]) -> None:
    """Take away what was answered about people, within an erasure: asked again, they are gone."""
    for part in parts(people):
        about = sa.select(idempotency_people.c.api_key, idempotency_people.c.key)
        rows = work.rows(about.where(idempotency_people.c.candidate.in_(part)).distinct())
        for row in rows:
            mine = idempotency.c.api_key == row.api_key, idempotency.c.key == row.key
            work.change(sa.update(idempotency).where(*mine).values(body=None, headers_json=None))
        work.change(sa.delete(idempotency_people).where(idempotency_people.c.candidate.in_(part)))
