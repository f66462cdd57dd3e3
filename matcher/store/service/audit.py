"""The audit log: who read or wrote whose data, and when. Lines are added, exported, and never changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import MatcherError
from matcher.store.database import Database, Work, parts
from matcher.store.service.schema import audit_log
from matcher.store.times import aware
from matcher.types.service import AuditEntry


@dataclass
class _Batch:
    """Lines that are written in one transaction."""

    rows: list[dict[str, object]] = field(default_factory=list)
    written: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None


class AuditLog:
    """The audit log of one tenant. Threads that add at the same time share a transaction: a commit waits for
    the disk, and while one does, the lines of all others gather for the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering = threading.Lock()
        self._writing = threading.Lock()
        self._open: _Batch | None = None

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Write lines down, all or none. When it returns they are on disk."""
        rows = [audit_row(entry) for entry in entries]
        if not rows:
            return
        with self._gathering:
            first = self._open is None
            batch = self._open = self._open or _Batch()
            batch.rows += rows
        if first:
            self._write(batch)
        batch.written.wait()
        if isinstance(batch.failure, MatcherError):
            raise type(batch.failure)(batch.failure.message)
        if batch.failure is not None:
            raise RuntimeError("The audit log could not be written.") from batch.failure

    def _write(self, batch: _Batch) -> None:
        with self._writing:
            with self._gathering:
                self._open = None
            try:
                with self._database.noting() as work:
                    work.insert(audit_log, batch.rows)
            except BaseException as error:  # noqa: BLE001 - it is raised in each thread that waits
                batch.failure = error
            finally:
                batch.written.set()

    def entries(
        self, since: datetime | None = None, subject: str | None = None, size: int = 1000
    ) -> Iterator[AuditEntry]:
        """The lines in the order in which they were written: all, those since a time, or of one subject."""
        with self._database.reading() as work:
            for rows in work.stream(_select(since, subject), size):
                yield from map(_entry, rows)

    def page(
        self, limit: int, after: int = 0, since: datetime | None = None, subject: str | None = None
    ) -> list[AuditEntry]:
        """The same, in pages: at most `limit` lines behind the line `after`."""
        statement = _select(since, subject).where(audit_log.c.id > after).limit(limit)
        with self._database.reading() as work:
            return list(map(_entry, work.rows(statement)))


def note_people(work: Work, entry: AuditEntry, action: str, people: sa.Select[tuple[str]]) -> None:
    """Within the transaction of what `entry` tells of, a line for each person whom the statement finds: this
    was done to what the corpus had of them."""
    named = replace(entry, action=action, kind="candidate")
    for part in parts(str(row[0]) for row in work.rows(people)):
        work.insert(audit_log, [audit_row(replace(named, subject=person)) for person in sorted(part)])


def note_each(work: Work, entry: AuditEntry, kind: str, erased: Iterable[str]) -> None:
    """Within the transaction of an erasure, a line for each of this kind that went."""
    named = replace(entry, action=f"{kind}.erased", kind=kind)
    work.insert(audit_log, [audit_row(replace(named, subject=each)) for each in erased])


def _select(since: datetime | None, subject: str | None) -> sa.Select[tuple[object, ...]]:
    statement = sa.select(audit_log).order_by(audit_log.c.id)
    if since is not None:
        statement = statement.where(audit_log.c.at >= aware(since))
    if subject is not None:
        statement = statement.where(audit_log.c.subject == subject)
    return statement


def _entry(row: sa.Row[tuple[object, ...]]) -> AuditEntry:
    return AuditEntry(row.at, row.actor, row.action, row.kind, row.subject, row.request_id, row.id)


def audit_row(entry: AuditEntry) -> dict[str, object]:
    """A line as the table has it, for whoever writes it with what it tells of."""
    return {
        "at": aware(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "kind": entry.kind,
        "subject": entry.subject,
        "request_id": entry.request_id,
    }
