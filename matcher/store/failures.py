"""What databases say when something goes wrong, as this project's errors. No statement and no value of a row
enters a message."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from matcher.errors import (
    CorpusBusyError,
    CorpusDamagedError,
    CorpusError,
    CorpusFullError,
    CorpusReadOnlyError,
    CorpusUnavailableError,
)

# SQLite's primary result codes (sqlite.org/rescode.html); an extended code has its primary in the low byte.
_SQLITE: dict[int, type[CorpusError]] = {
    sqlite3.SQLITE_BUSY: CorpusBusyError,
    sqlite3.SQLITE_LOCKED: CorpusBusyError,
    sqlite3.SQLITE_FULL: CorpusFullError,
    sqlite3.SQLITE_READONLY: CorpusReadOnlyError,
    sqlite3.SQLITE_PERM: CorpusReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: CorpusUnavailableError,
    sqlite3.SQLITE_IOERR: CorpusUnavailableError,
    sqlite3.SQLITE_CORRUPT: CorpusDamagedError,
    sqlite3.SQLITE_NOTADB: CorpusDamagedError,
}
# There was no room for the 32 KiB that those who have a corpus open share: extended, hence not above.
_NO_ROOM = sqlite3.SQLITE_IOERR_SHMSIZE
# PostgreSQL's error codes by their first characters (postgresql.org/docs/15/errcodes-appendix.html).
_POSTGRESQL: tuple[tuple[str, type[CorpusError]], ...] = (
    ("53100", CorpusFullError),  # disk full
    ("25006", CorpusReadOnlyError),  # read only transaction
    ("42501", CorpusReadOnlyError),  # insufficient privilege
    ("40", CorpusBusyError),  # serialisation failure, deadlock
    ("55P03", CorpusBusyError),  # lock not available
    ("XX001", CorpusDamagedError),
    ("XX002", CorpusDamagedError),
    ("08", CorpusUnavailableError),
    ("28", CorpusUnavailableError),
    ("3D", CorpusUnavailableError),
    ("53", CorpusUnavailableError),
    ("57", CorpusUnavailableError),
)


@contextmanager
def typed_failures() -> Iterator[None]:
    """Raise the CorpusError for a failure of the database; what is a fault of this code passes as it is."""
    try:
        yield
    except NoConnectionError:
        raise CorpusBusyError("Every connection to the corpus was in use for too long: try again.") from None
    except DBAPIError as error:
        kind = _kind(error.orig, error.connection_invalidated)
        if kind is None:
            raise
        # The cause is left out: it carries the statement with its values, which are personal data.
        raise kind(f"{kind.__doc__} ({_code(error.orig)})") from None


def _kind(cause: BaseException | None, lost: bool) -> type[CorpusError] | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        return CorpusFullError if code == _NO_ROOM else _SQLITE.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return next((kind for start, kind in _POSTGRESQL if state.startswith(start)), None)
    # psycopg gives no code when there is no server to ask.
    return CorpusUnavailableError if lost or type(cause).__name__ == "OperationalError" else None


def _code(cause: BaseException | None) -> str:
    named = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return str(named or _refusal(str(cause)) or "no answer")


def _refusal(said: str) -> str:
    """Why no connection was made, in PostgreSQL's words: they name the address, the user and the database."""
    found = re.search(r"[^\n]*failed: (?:FATAL:\s*)?([^\n]*)", said)
    return found[1][:300] if found else ""
