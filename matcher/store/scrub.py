"""Overwriting what deleted rows leave behind, as each database needs it."""

from __future__ import annotations

import time

import sqlalchemy as sa

from matcher.store.database import BUSY_SECONDS, Database
from matcher.store.schema import scrubs

_PAUSE = 0.02  # seconds between two tries to empty the log

LOG_REMAINS = (
    "The write-ahead log of the corpus still holds erased bytes, because another process was reading all the "
    "while: they go with the next erasure, or when the corpus is next opened."
)
SERVER_REMAINS = (
    "PostgreSQL's own write-ahead log, its free space, its replicas and its backups hold erased bytes until "
    "the server's administrator recycles them."
)

# Every table that holds something of a person.
_PERSONAL = (
    "aliases applications candidates contacts contents external_ids facts files lexicon revisions snippets "
    "tags vectors"
).split()


def scrub(database: Database) -> tuple[str, ...]:
    """Overwrite what is left of deleted rows; returns what remains all the same. Work that a crash left over
    is done with it."""
    remains: tuple[str, ...]
    if database.folder is None:
        with database.outside() as work:
            for table in _PERSONAL:
                work.run(f"VACUUM {table}")
        remains = (SERVER_REMAINS,)
    else:
        with database.writing() as work:
            # FTS5 keeps deleted words, and the marks that say so, until its segments are merged into one.
            work.run("INSERT INTO lexicon (lexicon) VALUES ('optimize')")
        remains = () if _log_emptied(database) else (LOG_REMAINS,)
    if remains != (LOG_REMAINS,):
        with database.writing() as work:
            work.change(sa.delete(scrubs))
            work.changed = False  # nothing that a reader of the corpus could see
    return remains


def scrub_pending(database: Database) -> None:
    """Finish an erasure that a crash interrupted, or that another process's reading held up."""
    with database.reading() as work:
        pending = work.count(scrubs)
    if pending:
        scrub(database)


def _log_emptied(database: Database) -> bool:
    """Whether the write-ahead log was copied into the corpus and cut to nothing; readers may delay it."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        with database.outside() as work:
            (row,) = work.run("PRAGMA wal_checkpoint(TRUNCATE)")
        if not row.busy:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
