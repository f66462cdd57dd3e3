"""Whose turn it is to change what processes share beside the store: an index on a server.

A turn ends with its process, however that ends: it is a lock on a file in a folder, and on PostgreSQL one of
the session's (which a pooler that shares sessions between transactions does not keep).
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from matcher.store.database import Database

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def turn(database: Database, patience: float) -> Iterator[bool]:
    """Whether it is this caller's turn, after waiting at most `patience` seconds; the others are told False.

    In a corpus that cannot be written it is nobody's turn.
    """
    held = _in_folder(database, patience) if database.folder else _on_server(database, patience)
    with held as ours:
        yield ours


@contextmanager
def _on_server(database: Database, patience: float) -> Iterator[bool]:
    digest = hashlib.sha256(f"matcher index {database.tenant}".encode()).digest()
    key = {"key": int.from_bytes(digest[:8], "big", signed=True)}
    with database.outside() as work:
        ours = _tried(lambda: bool(work.run("SELECT pg_try_advisory_lock(:key)", key)[0][0]), patience)
        try:
            yield ours
        finally:
            if ours:
                work.run("SELECT pg_advisory_unlock(:key)", key)


@contextmanager
def _in_folder(database: Database, patience: float) -> Iterator[bool]:
    assert database.folder is not None
    try:
        file = (database.folder / f"turn-{database.tenant}").open("ab")
    except OSError:
        yield False
        return
    with file:
        yield _tried(lambda: _locked(file), patience)


def _tried(take: Callable[[], bool], patience: float) -> bool:
    until = time.monotonic() + patience
    while not take():
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True


def _locked(file: IO[bytes]) -> bool:
    """Whether the file is locked now; closing it unlocks it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
