"""The audit log: who read or wrote whose data, and when. Rows are added, exported, and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from matcher.store.database import Database
from matcher.store.service.schema import audit_log
from matcher.store.times import aware
from matcher.types.service import AuditEntry


class AuditLog:
    """The audit log of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Write lines down, all or none."""
        rows = [audit_row(entry) for entry in entries]
        with self._database.noting() as work:
            work.insert(audit_log, rows)

    def entries(
        self, since: datetime | None = None, subject: str | None = None, size: int = 1000
    ) -> Iterator[AuditEntry]:
        """The lines in the order in which they were written: all, those since a time, or of one subject."""
        statement = sa.select(audit_log).order_by(audit_log.c.id)
        if since is not None:
            statement = statement.where(audit_log.c.at >= aware(since))
        if subject is not None:
            statement = statement.where(audit_log.c.subject == subject)
        with self._database.reading() as work:
            for rows in work.stream(statement, size):
                for row in rows:
                    yield AuditEntry(row.at, row.actor, row.action, row.kind, row.subject, row.request_id)


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
