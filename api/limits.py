"""How often a key may ask: in a moving minute, counted by all processes of a machine together.

Requests of this minute count whole, those of the minute before by the part of it that the last sixty seconds
reach back into. The counts lie in a file that every process maps: one slot for each key.
"""

from __future__ import annotations

import hashlib
import math
import mmap
import os
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import Request

from api.problems import ProblemError

_WINDOW = 60.0  # seconds
_ROUNDING = 0.001  # seconds by which arithmetic may be wrong

# A key's digest, the number of the window it last asked in, its requests in that one and in the one before.
_SLOT = struct.Struct("=QQII")

# Keys that are counted at the same time, and the slots that one of them may be in. Where these are taken by
# others, the one who has not asked for longest is forgotten, and may ask as if for the first time.
_SLOTS = 16_384
_TRIES = 8

_NAME = "rates"


class Rates:
    """What keys asked for in this window and the one before."""

    def __init__(
        self, a_minute: int, folder: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """`folder` is where the processes that count together find each other; without one this counts for
        itself. `clock` is in seconds, the same for all of them."""
        self._limit = a_minute
        self._clock = clock
        size = _SLOTS * _SLOT.size
        self._file = tempfile.TemporaryFile() if folder is None else (Path(folder) / _NAME).open("a+b")  # noqa: SIM115
        os.truncate(self._file.fileno(), size)  # what others have counted stays
        self._counts = mmap.mmap(self._file.fileno(), size)

    def close(self) -> None:
        """Give the file back."""
        self._counts.close()
        self._file.close()

    def check(self, request: Request, key_id: str) -> None:
        """Count a request of a key, for what `X-RateLimit-*` will say too. Raises a ProblemError beyond the
        rate, which does not count."""
        allowed, left, wait = self.count(key_id)
        request.state.rate = {
            "X-RateLimit-Limit": str(self._limit),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": str(wait),
        }
        if not allowed:
            detail = f"This key may ask {self._limit} times a minute: wait {wait} seconds."
            raise ProblemError("rate_limited", detail, headers={"Retry-After": str(wait)})

    def count(self, key_id: str) -> tuple[bool, int, int]:
        """Count a request of a key where it is within the rate; returns whether it is, how many more are, and
        the seconds until one more than that is."""
        digest = int.from_bytes(hashlib.blake2b(key_id.encode(), digest_size=8).digest(), "little")
        with _locked(self._file.fileno()):
            now = self._clock() / _WINDOW
            window, passed = int(now), now % 1.0
            place, current, before = self._found(digest, window)
            fading = before * (1.0 - passed)
            allowed = math.floor(fading) + current < self._limit
            if allowed:
                current += 1
                _SLOT.pack_into(self._counts, place, digest, window, current, before)
        left = self._limit - math.floor(fading) - current
        return allowed, left, _seconds_to_one_more(fading, before, passed)

    def _found(self, digest: int, window: int) -> tuple[int, int, int]:
        """A key's slot, or the one that it takes, with its requests in this window and in the one before."""
        oldest, place = window + 1, 0
        for number in range(_TRIES):
            here = (digest + number) % _SLOTS * _SLOT.size
            known, last, current, before = _SLOT.unpack_from(self._counts, here)
            if known == digest and last == window:
                return here, current, before
            if known == digest:
                return here, 0, current if last == window - 1 else 0
            if last < oldest:
                oldest, place = last, here
        return place, 0, 0


def _seconds_to_one_more(fading: float, before: int, passed: float) -> int:
    """Until the next request is forgotten: those of the window before fade in this one, and when less than
    one is left of them, those of this window do in the next."""
    whole = math.floor(fading)
    windows = (fading - whole) / before if whole else 1.0 - passed
    return math.floor(windows * _WINDOW + _ROUNDING) + 1


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def _locked(descriptor: int) -> Iterator[None]:
    """Hold the file, for some microseconds; it ends with the process, however that ends."""
    _lock(descriptor)
    try:
        yield
    finally:
        _unlock(descriptor)
