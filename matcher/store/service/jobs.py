"""Jobs: what was accepted to be done later. These rows are the truth; a queue only carries their ids.

Each step is a transaction, and doing one twice changes nothing, so that a job whose worker was killed is
simply begun again.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, NotInCorpusError
from matcher.store.database import Database, Work
from matcher.store.service.schema import job_items, jobs, uploads
from matcher.store.times import aware
from matcher.types.service import ItemState, Job, JobItem, JobState, Upload

_ENDS = [state.value for state in JobState if state.is_end]


class Jobs:
    """The jobs of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        kind: str,
        request: Mapping[str, object],
        files: Sequence[Upload],
        actor: str,
        now: datetime,
        request_id: str | None = None,
        total: int | None = None,
    ) -> Job:
        """Put a job down, with an item for each file, or with `total` items that have none."""
        known, when = uuid.uuid4().hex, aware(now)
        count = len(files) if total is None else total
        row = {
            "id": known,
            "kind": kind,
            "state": JobState.QUEUED.value,
            "request_json": json.dumps(request),
            "total": count,
            "actor": actor,
            "request_id": request_id,
            "created": when,
            "attempt": 1,
        }
        kept = [_upload_row(file, when) for file in files]
        names: Sequence[str | None] = [str(each["id"]) for each in kept] or [None] * count
        items = [
            {"job": known, "ordinal": ordinal, "state": ItemState.PENDING.value, "upload": name}
            for ordinal, name in enumerate(names)
        ]
        with self._database.noting() as work:
            work.insert(jobs, [row])
            work.insert(uploads, kept)
            work.insert(job_items, items)
        return self.get(known)

    def get(self, job: str) -> Job:
        """A job as it is now. Raises NotInCorpusError."""
        with self._database.reading() as work:
            return _jobs(work, [_row(work, job)])[0]

    def page(self, limit: int, after: str | None = None) -> list[Job]:
        """Jobs by id, beginning behind the id `after`."""
        statement = sa.select(jobs).order_by(jobs.c.id).limit(limit)
        if after is not None:
            statement = statement.where(jobs.c.id > after)
        with self._database.reading() as work:
            return _jobs(work, work.rows(statement))

    def items(self, job: str, limit: int, after: int = -1, state: ItemState | None = None) -> list[JobItem]:
        """A job's items in order, beginning behind the place `after`, perhaps only those in a state."""
        which = [job_items.c.job == job, job_items.c.ordinal > after]
        if state is not None:
            which.append(job_items.c.state == state.value)
        statement = sa.select(job_items).where(*which).order_by(job_items.c.ordinal).limit(limit)
        with self._database.reading() as work:
            return [
                JobItem(
                    row.ordinal,
                    ItemState(row.state),
                    row.upload,
                    row.candidate,
                    row.outcome,
                    row.code,
                    row.message,
                )
                for row in work.rows(statement)
            ]

    def upload(self, upload: str) -> Upload | None:
        """A file that waits, None when it has been settled or erased."""
        with self._database.reading() as work:
            row = work.first(sa.select(uploads).where(uploads.c.id == upload))
        if row is None:
            return None
        data = None if row.data is None else bytes(row.data)
        return Upload(json.loads(row.labels_json), data, row.candidate)

    def begin(self, job: str, now: datetime) -> Job | None:
        """A job whose work begins, or goes on after a kill; None when it has come to an end."""
        with self._database.noting() as work:
            which = jobs.c.id == job, jobs.c.state.not_in(_ENDS)
            values = {
                "state": JobState.RUNNING.value,
                "started": sa.func.coalesce(jobs.c.started, aware(now)),
            }
            if not work.change(sa.update(jobs).where(*which).values(values)):
                return None
        return self.get(job)

    def settle(self, job: str, item: JobItem, keep_upload: bool = False) -> None:
        """Say what became of an item. Its file goes, unless it is kept for a retry."""
        values = {
            "state": item.state.value,
            "candidate": item.candidate,
            "outcome": item.outcome,
            "code": item.code,
            "message": item.message,
            "upload": item.upload if keep_upload else None,
        }
        which = job_items.c.job == job, job_items.c.ordinal == item.ordinal
        with self._database.noting() as work:
            pending = job_items.c.state == ItemState.PENDING.value
            changed = work.change(sa.update(job_items).where(*which, pending).values(values))
            if changed and item.upload is not None and not keep_upload:
                work.change(sa.delete(uploads).where(uploads.c.id == item.upload))

    def finish(
        self,
        job: str,
        now: datetime,
        result: Mapping[str, object] | None = None,
        failure: tuple[str, str] | None = None,
    ) -> None:
        """End a job: done with a result, or failed with a code and a message."""
        code, message = failure or (None, None)
        values = {
            "state": (JobState.FAILED if failure else JobState.DONE).value,
            "finished": aware(now),
            "result_json": None if result is None else json.dumps(result),
            "code": code,
            "message": message,
        }
        with self._database.noting() as work:
            work.change(sa.update(jobs).where(jobs.c.id == job, jobs.c.state.not_in(_ENDS)).values(values))

    def cancel(self, job: str, now: datetime) -> Job:
        """Stop a job: what is settled stays, the rest is not done. Raises CorpusConflictError at its end."""
        with self._database.noting() as work:
            _row(work, job)
            values = {"state": JobState.CANCELLED.value, "finished": aware(now)}
            which = jobs.c.id == job, jobs.c.state.not_in(_ENDS)
            if not work.change(sa.update(jobs).where(*which).values(values)):
                raise CorpusConflictError("The job has come to its end: there is nothing to cancel.")
            pending = job_items.c.job == job, job_items.c.state == ItemState.PENDING.value
            _drop_uploads(work, *pending)
            gone = {"state": ItemState.CANCELLED.value, "upload": None}
            work.change(sa.update(job_items).where(*pending).values(gone))
        return self.get(job)

    def retry(self, job: str, now: datetime) -> Job:
        """Begin again what failed and can be tried again. Raises CorpusConflictError where nothing is."""
        failed = job_items.c.job == job, job_items.c.state == ItemState.FAILED.value
        kept = *failed, job_items.c.upload.is_not(None)
        with self._database.noting() as work:
            row = _row(work, job)
            if not JobState(row.state).is_end:
                raise CorpusConflictError("The job is still being worked on: wait for its end.")
            again = {"state": ItemState.PENDING.value, "code": None, "message": None}
            tried = work.change(sa.update(job_items).where(*kept).values(again))
            if not tried and row.state != JobState.FAILED.value:
                raise CorpusConflictError("Nothing in the job failed that could be tried again.")
            values = {
                "state": JobState.QUEUED.value,
                "attempt": row.attempt + 1,
                "finished": None,
                "code": None,
                "message": None,
                "created": aware(now),
            }
            work.change(sa.update(jobs).where(jobs.c.id == job).values(values))
        return self.get(job)

    def unfinished(self) -> list[tuple[str, int]]:
        """The jobs that have not come to an end, the oldest first, each with its attempt."""
        statement = sa.select(jobs.c.id, jobs.c.attempt).where(jobs.c.state.not_in(_ENDS))
        with self._database.reading() as work:
            return [(row.id, row.attempt) for row in work.rows(statement.order_by(jobs.c.created))]

    def waiting(self) -> int:
        """How many items wait to be settled."""
        with self._database.reading() as work:
            return work.count(job_items, job_items.c.state == ItemState.PENDING.value)


def forget_people(work: Work, people: Sequence[str]) -> None:
    """Take people out of jobs within an erasure: files that wait, and what was said of items."""
    mine = job_items.c.candidate.in_(people)
    _drop_uploads(work, mine)
    work.change(sa.delete(uploads).where(uploads.c.candidate.in_(people)))
    work.change(sa.update(job_items).where(mine).values(message=None, upload=None))


def _upload_row(file: Upload, when: datetime) -> dict[str, object]:
    return {
        "id": uuid.uuid4().hex,
        "data": file.data,
        "labels_json": json.dumps(file.labels),
        "candidate": file.candidate,
        "created": when,
    }


def _drop_uploads(work: Work, *which: sa.ColumnElement[bool]) -> None:
    names = sa.select(job_items.c.upload).where(*which, job_items.c.upload.is_not(None))
    work.change(sa.delete(uploads).where(uploads.c.id.in_(names)))


def _row(work: Work, job: str) -> sa.Row[tuple[object, ...]]:
    row = work.first(sa.select(jobs).where(jobs.c.id == job))
    if row is None:
        raise NotInCorpusError("There is no job with this id.")
    return row


def _jobs(work: Work, rows: Sequence[sa.Row[tuple[object, ...]]]) -> list[Job]:
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
