"""The audit log: who read or wrote whose data, and when. Lines are added, exported, and never changed.

Lines of what changes the corpus are written with the change, in its transaction and its database. All others
are added here: on a server to the same table, beside a corpus in a folder to a file (`audit_file.py`).
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice, repeat

import sqlalchemy as sa

from matcher.errors import MatcherError
from matcher.store.database import Database, Work, parts
from matcher.store.service.audit_file import AuditFile
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

    def __init__(self, database: Database, file: AuditFile | None) -> None:
        """`file` is that of a corpus in a folder, None on a server."""
        self._database = database
        self._file = file
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
                with self._added_to().noting() as work:
                    work.insert(audit_log, batch.rows)
            except BaseException as error:  # noqa: BLE001 - it is raised in each thread that waits
                batch.failure = error
            finally:
                batch.written.set()

    def entries(
        self, since: datetime | None = None, subject: str | None = None, size: int = 1000
    ) -> Iterator[AuditEntry]:
        """The lines in the order in which they were written: all, those since a time, or of one subject."""
        statement = _select(since, subject)
        with ExitStack() as open_now:
            works = [open_now.enter_context(database.reading()) for database in self._databases()]
            rows = [chain.from_iterable(work.stream(statement, size)) for work in works]
            yield from _in_order(rows, (0,) * len(rows))

    def page(
        self, limit: int, after: Sequence[int] = (), since: datetime | None = None, subject: str | None = None
    ) -> list[AuditEntry]:
        """The same, in pages: at most `limit` lines behind the one whose `place` is `after`."""
        found, places = [], []
        for number, database in enumerate(self._databases()):
            places.append(after[number] if number < len(after) else 0)
            statement = _select(since, subject).where(audit_log.c.id > places[number]).limit(limit)
            with database.reading() as work:
                found.append(work.rows(statement))
        return list(islice(_in_order(found, places), limit))

    def _added_to(self) -> Database:
        """Where lines are added."""
        apart = None if self._file is None else self._file.of(self._database.tenant, make=True)
        return apart or self._database

    def _databases(self) -> list[Database]:
        """Where there are lines: with what they tell of, and apart."""
        apart = None if self._file is None else self._file.of(self._database.tenant, make=False)
        return [self._database] if apart is None else [self._database, apart]


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


def _in_order(
    found: Sequence[Iterable[sa.Row[tuple[object, ...]]]], places: Sequence[int]
) -> Iterator[AuditEntry]:
    """The lines of several databases behind places: in the order of each, between them by their times."""
    reached = list(places)
    numbered = [zip(repeat(number), rows, strict=False) for number, rows in enumerate(found)]
    for number, row in heapq.merge(*numbered, key=lambda each: each[1].at):
        reached[number] = row.id
        yield AuditEntry(row.at, row.actor, row.action, row.kind, row.subject, row.request_id, tuple(reached))


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
