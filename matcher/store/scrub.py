"""Overwriting what deleted rows leave behind, as each database needs it."""

from __future__ import annotations

import time
from pathlib import Path

import sqlalchemy as sa

from matcher.errors import CorpusError
from matcher.store import gaps
from matcher.store.database import FILE, Database
from matcher.store.engines import BUSY_SECONDS
from matcher.store.schema import scrubs

_PAUSE = 0.02  # seconds between two tries to empty the log
_OPENING_PATIENCE = 1.0  # seconds that opening a corpus waits for its readers

LOG_REMAINS = (
    "Free space and the write-ahead log of the corpus still hold erased bytes, because others were reading "
    "or writing all the while, or the disk is full: they go with the next erasure, or when the corpus is "
    "next opened."
)
SERVER_REMAINS = (
    "PostgreSQL's own write-ahead log, its free space, its replicas and its backups hold erased bytes until "
    "the server's administrator recycles them."
)

# Every table that holds something of a person.
_PERSONAL = (
    "aliases applications candidates contacts contents external_ids facts files lexicon outlines "
    "revision_vectors revisions snippet_lengths snippets tags vectors "
    "assessments idempotency idempotency_people job_items match_reports uploads"
).split()


def scrub(database: Database, patience: float = BUSY_SECONDS) -> tuple[str, ...]:
    """Overwrite what is left of deleted rows; returns what remains all the same after `patience` seconds.

    It raises nothing for a corpus that is busy, full or read-only: the rows are gone already.
    """
    try:
        if database.folder is None:
            with database.outside() as work:
                for table in _PERSONAL:
                    work.run(f"VACUUM {table}")
        else:
            with database.writing() as work:
                # FTS5 keeps deleted words, and the marks that say so, until its segments are merged into one.
                work.run("INSERT INTO lexicon (lexicon) VALUES ('optimize')")
            if not _gaps_cleared(database, database.folder / FILE, patience):
                return (LOG_REMAINS,)
        with database.writing() as work:
            work.change(sa.delete(scrubs))
            work.changed = False  # nothing that a reader of the corpus could see
    except CorpusError:
        return (LOG_REMAINS,) if database.folder else (LOG_REMAINS, SERVER_REMAINS)
    return () if database.folder else (SERVER_REMAINS,)


def scrub_pending(database: Database) -> None:
    """Finish an erasure that a crash interrupted, or that others held up."""
    with database.reading() as work:
        pending = work.count(scrubs)
    if pending:
        scrub(database, _OPENING_PATIENCE)


def _gaps_cleared(database: Database, path: Path, patience: float) -> bool:
    """Whether the log was emptied, and the unused parts of pages overwritten before anybody wrote again."""
    until = time.monotonic() + patience
    log = path.with_name(f"{path.name}-wal")
    while _log_emptied(database, until - time.monotonic()):
        # Pages that this process has in memory, and writes again, would bring back what is overwritten.
        database.engine.dispose()
        with database.writing() as work:
            if not log.exists() or log.stat().st_size == 0:
                # A write, whatever it is, has all others read their pages again.
                work.change(sa.update(scrubs).values(corpus_revision=scrubs.c.corpus_revision))
                work.changed = False
                return gaps.cleared(path)
    return False


def _log_emptied(database: Database, patience: float) -> bool:
    """Whether the write-ahead log was copied into the corpus and cut to nothing; readers may delay it."""
    until = time.monotonic() + patience
    while True:
        with database.outside() as work:
            # SQLite waits here for readers as long as for any lock, which may be longer than is left.
            work.run(f"PRAGMA busy_timeout = {max(0, until - time.monotonic()) * 1000:.0f}")
            try:
                (row,) = work.run("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                work.run(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
        if not row.busy:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
