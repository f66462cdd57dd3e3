"""A lock on a file that one process at a time holds, and that ends with its process, however that ends."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock on a file, which is made where it is not there, and stays.

    Without `wait` BlockingIOError says that another process has it. Raises OSError where it cannot be made.
    """
    with path.open("ab") as file:  # closing it lets go of the lock
        while not _taken(file.fileno()):
            if not wait:
                raise BlockingIOError
            time.sleep(_PAUSE)
        yield


if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        """Whether the first byte of the file, which need not be there, is locked now."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        """Whether the file is locked now."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
