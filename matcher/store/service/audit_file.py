"""The file beside a corpus in a folder that holds lines of the audit log.

Whoever commits to a SQLite file has every other connection give up the pages that it holds of it, and every
search writes lines: in the corpus's own file they made the next search read its pages anew.
"""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.schema import CreateIndex, CreateTable

from matcher.errors import CorpusReadOnlyError
from matcher.store.database import Database
from matcher.store.engines import connect_sqlite
from matcher.store.service.schema import audit_log

FILE = "audit.sqlite"

_SAID = "Lines of the audit log are neither changed nor deleted."


class AuditFile:
    """Of all tenants of a corpus; it is made when the first line is added."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE
        self._engine: Engine | None = None
        self._opening = threading.Lock()

    def of(self, tenant: str, *, make: bool) -> Database | None:
        """A tenant's part of it. Without `make` None where no line was ever added. Raises CorpusErrors."""
        with self._opening:
            if self._engine is None:
                if not make and not self._path.exists():
                    return None
                self._engine = _opened(self._path)
        return Database(self._engine, tenant, self._folder)

    def close(self) -> None:
        """Give the connections back."""
        if self._engine is not None:
            self._engine.dispose()


def _opened(path: Path) -> Engine:
    try:
        path.touch(mode=0o600)
    except OSError as error:
        if not path.exists():
            message = f"No audit log can be made in {path.parent}: check the permissions."
            raise CorpusReadOnlyError(message) from error
    engine = connect_sqlite(path)
    database = Database(engine, "", path.parent)
    with database.reading() as work:
        if work.run("SELECT 1 FROM sqlite_master WHERE name = 'audit_log'"):
            return engine
    with database.outside() as work:
        work.run("PRAGMA journal_mode = WAL")
    with database.noting() as work:  # of several that come so far at once, the others find everything made
        made: list[CreateTable | CreateIndex] = [CreateTable(audit_log, if_not_exists=True)]
        made += [CreateIndex(each, if_not_exists=True) for each in audit_log.indexes]
        for each in made:
            work.run(str(each.compile(dialect=sqlite.dialect())))
        for change in ("UPDATE", "DELETE"):
            work.run(
                f"CREATE TRIGGER IF NOT EXISTS audit_log_no_{change.lower()} BEFORE {change} "
                f"ON audit_log BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
            )
    return engine
