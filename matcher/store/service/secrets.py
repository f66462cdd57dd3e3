"""Random bytes of a tenant that sign what goes out: links to reports."""

from __future__ import annotations

import secrets as random

import sqlalchemy as sa

from matcher.store.database import Database
from matcher.store.service.schema import secrets

_BYTES = 32


class Secrets:
    """The secrets of one tenant, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> bytes:
        """The secret of this name, made when it is first asked for: 32 random bytes."""
        statement = sa.select(secrets.c.value).where(secrets.c.name == name)
        with self._database.reading() as work:
            row = work.first(statement)
        if row is None:
            with self._database.noting() as work:
                made = {"name": name, "value": random.token_bytes(_BYTES)}
                work.insert(secrets, [made], skip_known=True)
                row = work.first(statement)
        assert row is not None
        return bytes(row.value)

    def drop(self, name: str) -> bool:
        """Forget a secret, so that what it signed is worth nothing; returns whether there was one."""
        with self._database.noting() as work:
            return work.change(sa.delete(secrets).where(secrets.c.name == name)) > 0
