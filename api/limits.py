"""How often a key may ask: a moving window of one minute, by the `limits` library, in each process."""

from __future__ import annotations

import math
import time

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from api.problems import ProblemError


class Rates:
    """What keys asked for in this minute and the one before. For one event loop."""

    def __init__(self, a_minute: int) -> None:
        self._item = RateLimitItemPerMinute(a_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def check(self, request: Request, key_id: str) -> None:
        """Count a request of a key, for what `X-RateLimit-*` will say too. Raises a ProblemError beyond the
        rate, which does not count."""
        allowed = await self._limiter.hit(self._item, key_id)
        reset, remaining = await self._limiter.get_window_stats(self._item, key_id)
        wait = max(1, math.ceil(reset - time.time()))
        request.state.rate = {
            "X-RateLimit-Limit": str(self._item.amount),
            "X-RateLimit-Remaining": str(max(0, remaining)),
            "X-RateLimit-Reset": str(wait),
        }
        if not allowed:
            detail = f"This key may ask {self._item.amount} times a minute: wait {wait} seconds."
            raise ProblemError("rate_limited", detail, headers={"Retry-After": str(wait)})
