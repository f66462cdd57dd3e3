"""Engines as this project wants them, of both databases."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from matcher.errors import CorpusUnavailableError

# How long a writer waits for another before it gives up.
BUSY_SECONDS = 30.0

# Bytes of the file that are mapped, at most: SQLite is usually built for no more.
_MAPPED = 1 << 31


def connect_sqlite(path: Path) -> Engine:
    """An engine for a SQLite file. Several processes may use it: many read while one writes.

    In a folder that may not be written SQLite cannot keep readers and writers apart, and does without: a
    corpus that nobody has open is read there, until somebody else changes it.
    """
    still = _state(path) if _is_closed(path) and not os.access(path.parent, os.W_OK) else None
    address = str(path) if still is None else f"{path.absolute().as_uri()}?immutable=1"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, BUSY_SECONDS, uri=still is not None, check_same_thread=False)

    engine = sa.create_engine(
        "sqlite://",
        creator=connect,
        poolclass=sa.QueuePool,
        hide_parameters=True,  # they are personal data, and errors end in logs
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in (
            "foreign_keys = ON",
            "secure_delete = ON",  # freed bytes are overwritten with zeros
            "synchronous = FULL",  # what was acknowledged survives a power cut
            "temp_store = MEMORY",  # nothing of a person in temporary files
            "cache_size = -16384",  # KiB of each connection: the system keeps the file in memory besides
            f"mmap_size = {_MAPPED}",  # and pages are read from there without copying them
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if still is not None and still != (_state(path) if _is_closed(path) else None):
            raise CorpusUnavailableError("The corpus was changed from elsewhere meanwhile: open it again.")
        begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        if begin == "BEGIN":  # takes no lock, so that there is no failure to be told of
            connection.connection.cursor().execute(begin)
        elif begin:
            connection.exec_driver_sql(begin)

    return engine


def _is_closed(path: Path) -> bool:
    """Whether all of a corpus is in its file, none of it in the log of somebody who has it open."""
    log = path.with_name(f"{path.name}-wal")
    return path.exists() and not (log.exists() and log.stat().st_size)


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def connect_postgresql(url: sa.URL) -> Engine:
    """An engine for a PostgreSQL server. A reader sees one moment of the corpus in all its statements."""
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        hide_parameters=True,
    )
