"""Rows of jobs, their items and their files; what an erasure does to them."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.database import Work
from matcher.store.service.schema import job_items, jobs, uploads
from matcher.store.times import aware
from matcher.types.service import ItemState, Job, JobItem, JobState, Upload

ENDS = [state.value for state in JobState if state.is_end]

_MILLISECONDS_DIGITS = 12  # hexadecimal, until the year 10889


def new_id(now: datetime) -> str:
    """An id that nobody can guess; those of later moments come later in order."""
    milliseconds = int(aware(now).timestamp() * 1000)
    return f"{milliseconds:0{_MILLISECONDS_DIGITS}x}{secrets.token_hex(10)}"


def forget_people(work: Work, people: Sequence[str], digests: Sequence[bytes]) -> None:
    """Take people out of jobs within an erasure: what was said of items, and files that wait.

    `digests` are the SHA-256 of their files: one that is being taken in while they go must not come back.
    """
    mine = job_items.c.candidate.in_(people)
    drop_uploads(work, mine)
    work.change(sa.delete(uploads).where(uploads.c.candidate.in_(people)))
    work.change(sa.delete(uploads).where(uploads.c.sha256.in_(digests)))
    work.change(sa.update(job_items).where(mine).values(message=None, upload=None))


def upload_row(file: Upload, when: datetime) -> dict[str, object]:
    """A file as it waits."""
    return {
        "id": secrets.token_hex(16),
        "data": file.data,
        "sha256": None if file.data is None else hashlib.sha256(file.data).digest(),
        "labels_json": json.dumps(file.labels),
        "candidate": file.candidate,
        "created": when,
    }


def drop_uploads(work: Work, *which: sa.ColumnElement[bool]) -> int:
    """Delete the files of the items that meet the conditions; returns how many."""
    names = sa.select(job_items.c.upload).where(*which, job_items.c.upload.is_not(None))
    return work.change(sa.delete(uploads).where(uploads.c.id.in_(names)))


def job_row(work: Work, job: str) -> sa.Row[Any]:
    """A job's row. Raises NotInCorpusError."""
    row = work.first(sa.select(jobs).where(jobs.c.id == job))
    if row is None:
        raise NotInCorpusError("There is no job with this id.")
    return row


def item_of(row: sa.Row[Any]) -> JobItem:
    """An item from its row."""
    state = ItemState(row.state)
    return JobItem(row.ordinal, state, row.upload, row.candidate, row.outcome, row.code, row.message)


def jobs_of(work: Work, rows: Sequence[sa.Row[Any]]) -> list[Job]:
    """Jobs from their rows, with the counts of their items."""
    counts: dict[str, dict[ItemState, int]] = {row.id: {} for row in rows}
    counted = (
        sa.select(job_items.c.job, job_items.c.state, sa.func.count().label("many"))
        .where(job_items.c.job.in_(list(counts)))
        .group_by(job_items.c.job, job_items.c.state)
    )
    for each in work.rows(counted) if rows else ():
        counts[each.job][ItemState(each.state)] = each.many
    return [
        Job(
            id=row.id,
            kind=row.kind,
            state=JobState(row.state),
            request=json.loads(row.request_json),
            result=None if row.result_json is None else json.loads(row.result_json),
            total=row.total,
            counts=counts[row.id],
            code=row.code,
            message=row.message,
            actor=row.actor,
            request_id=row.request_id,
            created=row.created,
            started=row.started,
            finished=row.finished,
            attempt=row.attempt,
        )
        for row in rows
    ]
