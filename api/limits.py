"""How often a key may ask: a moving window of one minute, in each process.

Of the minute before, the share that the window still reaches counts as if it had come evenly.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from fastapi import Request

from api.problems import ProblemError

_WINDOW = 60.0  # seconds
_KEPT = 10_000  # keys; those that did not ask for two minutes are dropped when there are more


@dataclass(slots=True)
class _Count:
    minute: int
    now: int = 0
    before: int = 0


class Rates:
    """What keys asked for in this minute and the one before. For one event loop."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._counts: dict[str, _Count] = {}

    def check(self, request: Request, key_id: str) -> None:
        """Count a request of a key, for what `X-RateLimit-*` will say too. Raises a ProblemError beyond the
        rate, which does not count."""
        minute, passed = divmod(time.monotonic(), _WINDOW)
        count = self._of(key_id, int(minute))
        asked = count.now + count.before * (1 - passed / _WINDOW)
        allowed = asked + 1 <= self._a_minute
        count.now += allowed
        wait = max(1, math.ceil(_WINDOW - passed))
        request.state.rate = {
            "X-RateLimit-Limit": str(self._a_minute),
            "X-RateLimit-Remaining": str(max(0, math.floor(self._a_minute - asked - allowed))),
            "X-RateLimit-Reset": str(wait),
        }
        if not allowed:
            detail = f"This key may ask {self._a_minute} times a minute: wait {wait} seconds."
            raise ProblemError("rate_limited", detail, headers={"Retry-After": str(wait)})

    def _of(self, key_id: str, minute: int) -> _Count:
        count = self._counts.get(key_id)
        if count is None:
            if len(self._counts) >= _KEPT:
                recent = {name: one for name, one in self._counts.items() if one.minute >= minute - 1}
                self._counts = recent
            count = self._counts[key_id] = _Count(minute)
        elif count.minute != minute:
            before = count.now if count.minute == minute - 1 else 0
            count.minute, count.now, count.before = minute, 0, before
        return count
