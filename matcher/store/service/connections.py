"""How other systems are reached for one tenant: credentials, settings, and how far their people were read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.database import Database
from matcher.store.service.schema import connections
from matcher.store.times import aware
from matcher.types.service import Connection


class Connections:
    """The connections of one tenant, at most one to each system."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self, system: str, credentials: Mapping[str, str], settings: Mapping[str, object], now: datetime
    ) -> Connection:
        """Set credentials and settings, in place of those before; how far it was read stays."""
        values = {
            "credentials_json": json.dumps(dict(credentials)),
            "settings_json": json.dumps(dict(settings)),
            "updated": aware(now),
        }
        with self._database.noting() as work:
            changed = work.change(sa.update(connections).where(connections.c.system == system).values(values))
            if not changed:
                work.insert(connections, [{"system": system, **values}])
        return self.get(system)

    def get(self, system: str) -> Connection:
        """The connection to a system. Raises NotInCorpusError."""
        with self._database.reading() as work:
            row = work.first(sa.select(connections).where(connections.c.system == system))
        if row is None:
            raise NotInCorpusError(f"There is no connection to {system[:80]!r}: set its credentials first.")
        return _connection(row)

    def all(self) -> list[Connection]:
        """All of them, by system."""
        with self._database.reading() as work:
            rows = work.rows(sa.select(connections).order_by(connections.c.system))
        return [_connection(row) for row in rows]

    def remove(self, system: str) -> None:
        """Forget a connection with its credentials. Raises NotInCorpusError."""
        with self._database.noting() as work:
            if not work.change(sa.delete(connections).where(connections.c.system == system)):
                raise NotInCorpusError(f"There is no connection to {system[:80]!r}.")

    def read_to(self, system: str, cursor: Mapping[str, object] | None) -> None:
        """Note how far the system's people were read; None: to the end."""
        values = {"cursor_json": None if cursor is None else json.dumps(dict(cursor))}
        with self._database.noting() as work:
            work.change(sa.update(connections).where(connections.c.system == system).values(values))


def _connection(row: sa.Row[tuple[object, ...]]) -> Connection:
    return Connection(
        system=row.system,
        credentials=json.loads(row.credentials_json),
        settings=json.loads(row.settings_json),
        cursor=None if row.cursor_json is None else json.loads(row.cursor_json),
        updated=row.updated,
    )
