"""Jobs: what was accepted to be done later. These rows are the truth; a queue only carries their ids.

Each step is a transaction, and doing one twice changes nothing, so that a job whose worker was killed is
simply begun again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from matcher.errors import CorpusConflictError
from matcher.store.database import Database
from matcher.store.service.audit import audit_row
from matcher.store.service.job_rows import (
    ENDS,
    drop_uploads,
    item_of,
    job_row,
    jobs_of,
    new_id,
    upload_row,
)
from matcher.store.service.schema import audit_log, connections, job_items, jobs, uploads
from matcher.store.times import aware
from matcher.types.corpus import ExternalId
from matcher.types.service import AuditEntry, ItemState, Job, JobItem, JobState, Upload

# How long files that could not be taken in wait for a retry, and how long a job that ended is listed.
UPLOADS_KEPT = timedelta(hours=24)
JOBS_KEPT = timedelta(days=30)


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
        known, when = new_id(now), aware(now)
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
        kept = [upload_row(file, when) for file in files]
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
            return jobs_of(work, [job_row(work, job)])[0]

    def page(self, limit: int, after: str | None = None) -> list[Job]:
        """Jobs, the last accepted first, beginning behind the id `after`."""
        statement = sa.select(jobs).order_by(jobs.c.id.desc()).limit(limit)
        if after is not None:
            statement = statement.where(jobs.c.id < after)
        with self._database.reading() as work:
            return jobs_of(work, work.rows(statement))

    def items(self, job: str, limit: int, after: int = -1, state: ItemState | None = None) -> list[JobItem]:
        """A job's items in order, beginning behind the place `after`, perhaps only those in a state."""
        which = [job_items.c.job == job, job_items.c.ordinal > after]
        if state is not None:
            which.append(job_items.c.state == state.value)
        statement = sa.select(job_items).where(*which).order_by(job_items.c.ordinal).limit(limit)
        with self._database.reading() as work:
            return [item_of(row) for row in work.rows(statement)]

    def upload(self, upload: str) -> Upload | None:
        """A file that waits, None when it has been settled or erased."""
        with self._database.reading() as work:
            row = work.first(sa.select(uploads).where(uploads.c.id == upload))
        if row is None:
            return None
        data = None if row.data is None else bytes(row.data)
        return Upload(json.loads(row.labels_json), data, row.candidate)

    def fetched(self, upload: str, data: bytes) -> bool:
        """Keep what the address of an upload gave: it is asked once. Returns whether it is still wanted."""
        values = {"data": data, "sha256": hashlib.sha256(data).digest()}
        with self._database.noting() as work:
            return work.change(sa.update(uploads).where(uploads.c.id == upload).values(values)) > 0

    def extend(
        self, job: str, files: Sequence[Upload], now: datetime, cursor: tuple[str, object] | None = None
    ) -> None:
        """Give a job that is being worked on more files, and note in the same step how far a system's people
        were read with them: (system, place). Does nothing for a job at its end."""
        kept = [upload_row(file, aware(now)) for file in files]
        with self._database.noting() as work:
            row = job_row(work, job)
            if JobState(row.state).is_end:
                return
            items = [
                {
                    "job": job,
                    "ordinal": row.total + number,
                    "state": ItemState.PENDING.value,
                    "upload": each["id"],
                }
                for number, each in enumerate(kept)
            ]
            work.insert(uploads, kept)
            work.insert(job_items, items)
            work.change(sa.update(jobs).where(jobs.c.id == job).values(total=row.total + len(kept)))
            if cursor is not None:
                system, place = cursor
                here = {"cursor_json": json.dumps(place)}
                work.change(sa.update(connections).where(connections.c.system == system).values(here))

    def drop_waiting(self, external: ExternalId) -> int:
        """Forget files that wait of a person whom another system calls so; returns how many."""
        said = json.dumps({"external": [external.system, external.key]})[1:-1]
        with self._database.noting() as work:
            which = uploads.c.labels_json.contains(said, autoescape=True)
            return work.change(sa.delete(uploads).where(which))

    def begin(self, job: str, now: datetime) -> Job | None:
        """A job whose work begins, or goes on after a kill; None when it has come to an end."""
        with self._database.noting() as work:
            which = jobs.c.id == job, jobs.c.state.not_in(ENDS)
            values = {
                "state": JobState.RUNNING.value,
                "started": sa.func.coalesce(jobs.c.started, sa.literal(aware(now), jobs.c.started.type)),
                "seen": aware(now),
            }
            if not work.change(sa.update(jobs).where(*which).values(values)):
                return None
        return self.get(job)

    def seen(self, job: str, now: datetime) -> bool:
        """Say that a job is being worked on; returns whether it still is to be, and was not cancelled."""
        which = jobs.c.id == job, jobs.c.state == JobState.RUNNING.value
        with self._database.noting() as work:
            return work.change(sa.update(jobs).where(*which).values(seen=aware(now))) > 0

    def settle(
        self, job: str, item: JobItem, entries: Sequence[AuditEntry] = (), keep_upload: bool = False
    ) -> bool:
        """Say what became of an item, with lines of the audit log; returns whether this was the first to.

        Its file goes, unless it is kept for a retry. What was done before a cancel reached it is told too.
        """
        values = {
            "state": item.state.value,
            "candidate": item.candidate,
            "outcome": item.outcome,
            "code": item.code,
            "message": item.message,
            "upload": item.upload if keep_upload else None,
        }
        open_ = job_items.c.state.in_([ItemState.PENDING.value, ItemState.CANCELLED.value])
        which = job_items.c.job == job, job_items.c.ordinal == item.ordinal, open_
        with self._database.noting() as work:
            first = work.change(sa.update(job_items).where(*which).values(values)) > 0
            if first and item.upload is not None and not keep_upload:
                work.change(sa.delete(uploads).where(uploads.c.id == item.upload))
            if first:
                work.insert(audit_log, [audit_row(entry) for entry in entries])
        return first

    def finish(
        self,
        job: str,
        now: datetime,
        result: Mapping[str, object] | None = None,
        failure: tuple[str, str] | None = None,
        attempt: int | None = None,
    ) -> bool:
        """End a job: done with a result, or failed with a code and a message, and with it each item that is
        not settled. Returns whether this was the first to. Who says which attempt it was does not end a job
        that has been retried meanwhile."""
        code, message = failure or (None, None)
        values = {
            "state": (JobState.FAILED if failure else JobState.DONE).value,
            "finished": aware(now),
            "result_json": None if result is None else json.dumps(result),
            "code": code,
            "message": message,
        }
        pending = job_items.c.job == job, job_items.c.state == ItemState.PENDING.value
        failed = {"state": ItemState.FAILED.value, "code": code, "message": message}
        which = [jobs.c.id == job, jobs.c.state.not_in(ENDS)]
        if attempt is not None:
            which.append(jobs.c.attempt == attempt)
        with self._database.noting() as work:
            first = work.change(sa.update(jobs).where(*which).values(values)) > 0
            if first and failure:
                work.change(sa.update(job_items).where(*pending).values(failed))
        return first

    def cancel(self, job: str, now: datetime) -> Job:
        """Stop a job: what is settled stays, the rest is not done. Raises CorpusConflictError at its end."""
        with self._database.noting() as work:
            job_row(work, job)
            values = {"state": JobState.CANCELLED.value, "finished": aware(now)}
            which = jobs.c.id == job, jobs.c.state.not_in(ENDS)
            if not work.change(sa.update(jobs).where(*which).values(values)):
                raise CorpusConflictError("The job has come to its end: there is nothing to cancel.")
            pending = job_items.c.job == job, job_items.c.state == ItemState.PENDING.value
            drop_uploads(work, *pending)
            gone = {"state": ItemState.CANCELLED.value, "upload": None}
            work.change(sa.update(job_items).where(*pending).values(gone))
        return self.get(job)

    def retry(self, job: str) -> Job:
        """Begin again what failed and can be tried again. Raises CorpusConflictError where nothing is."""
        with self._database.noting() as work:
            row = job_row(work, job)
            if not JobState(row.state).is_end:
                raise CorpusConflictError("The job is still being worked on: wait for its end.")
            failed = job_items.c.job == job, job_items.c.state == ItemState.FAILED.value
            kept = job_items.c.upload.is_not(None)
            if row.code is not None:  # what failed with the job as a whole
                kept |= job_items.c.code == row.code
            again = {"state": ItemState.PENDING.value, "code": None, "message": None}
            tried = work.change(sa.update(job_items).where(*failed, kept).values(again))
            if not tried and row.state != JobState.FAILED.value:
                raise CorpusConflictError("Nothing in the job failed that could be tried again.")
            values = {
                "state": JobState.QUEUED.value,
                "attempt": row.attempt + 1,
                "finished": None,
                "code": None,
                "message": None,
                "result_json": None,
            }
            work.change(sa.update(jobs).where(jobs.c.id == job).values(values))
        return self.get(job)

    def waiting(self) -> int:
        """How many items wait to be settled."""
        with self._database.reading() as work:
            return work.count(job_items, job_items.c.state == ItemState.PENDING.value)

    def expire(self, now: datetime) -> int:
        """Forget files that nobody retried, and jobs that ended long ago; returns how many files."""
        with self._database.noting() as work:
            unused = sa.select(jobs.c.id).where(
                jobs.c.state.in_(ENDS), jobs.c.finished < aware(now - UPLOADS_KEPT)
            )
            stale = job_items.c.job.in_(unused), job_items.c.upload.is_not(None)
            dropped = drop_uploads(work, *stale)
            work.change(sa.update(job_items).where(*stale).values(upload=None))
            old = sa.select(jobs.c.id).where(jobs.c.state.in_(ENDS), jobs.c.finished < aware(now - JOBS_KEPT))
            work.change(sa.delete(job_items).where(job_items.c.job.in_(old)))
            work.change(sa.delete(jobs).where(jobs.c.id.in_(old)))
        return dropped
