"""How long a tenant keeps what, and taking away what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.database import Database, Work
from matcher.store.erase import finished, remove_people
from matcher.store.schema import UtcTime, applications, revisions, tenants
from matcher.store.times import aware
from matcher.types.corpus import Due, Receipt, Retention
from matcher.types.service import AuditEntry


class RetentionRules:
    """The rules of a tenant. Nothing goes by itself: a caller asks what is due, and takes it away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> Retention:
        """The rules; a tenant that set none keeps everything."""
        with self._database.reading() as work:
            return _rules(work)

    def set(self, rules: Retention) -> None:
        """Replace the rules. Raises InputError for less than a day."""
        for days in (rules.revisions_days, rules.candidates_days):
            if days is not None and days < 1:
                raise InputError(f"Retention is {days} days: give at least 1, or None to keep without end.")
        with self._database.writing() as work:
            values = {"revisions_days": rules.revisions_days, "candidates_days": rules.candidates_days}
            work.change(sa.update(tenants).values(values))

    def due(self, now: datetime) -> Due:
        """What the rules would take away at `now`: a dry run."""
        with self._database.reading() as work:
            return _due(work, aware(now))

    def apply(self, now: datetime, entry: AuditEntry | None = None) -> Receipt:
        """Erase what is due at `now`, as `People.erase` does, and say what that was."""
        with self._database.writing() as work:
            due = _due(work, aware(now))
            if not due.candidates and not due.revisions:
                return Receipt((), (), (), 0, 0, 0, work.revision())
            receipt = remove_people(work, due.candidates, due.revisions, entry=entry)
        return finished(self._database, receipt)


def _rules(work: Work) -> Retention:
    row = work.first(sa.select(tenants))
    return Retention() if row is None else Retention(row.revisions_days, row.candidates_days)


def _due(work: Work, now: datetime) -> Due:
    rules = _rules(work)
    people: list[str] = []
    old: list[int] = []
    if rules.candidates_days is not None:
        before = sa.literal(now - timedelta(days=rules.candidates_days), UtcTime())
        active = sa.select(applications.c.candidate).where(applications.c.updated > before)
        which = revisions.c.newest, revisions.c.received <= before, revisions.c.candidate.not_in(active)
        statement = sa.select(revisions.c.candidate).where(*which).order_by(revisions.c.candidate)
        people = [row.candidate for row in work.rows(statement)]
    if rules.revisions_days is not None:
        before = sa.literal(now - timedelta(days=rules.revisions_days), UtcTime())
        statement = sa.select(revisions.c.id, revisions.c.candidate).where(
            ~revisions.c.newest, revisions.c.superseded <= before
        )
        going = set(people)
        rows = work.rows(statement.order_by(revisions.c.id))
        old = [row.id for row in rows if row.candidate not in going]
    return Due(tuple(people), tuple(old))
