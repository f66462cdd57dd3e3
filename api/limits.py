"""How often a key may ask: a moving window of one minute, by the `limits` library, in each process."""

from __future__ import annotations

import math
import time

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.problems import ProblemError
from api.settings import ServiceSettings

_limiter = SlidingWindowCounterRateLimiter(MemoryStorage())


def check_rate(request: Request, settings: ServiceSettings, key_id: str) -> None:
    """Count a request of a key for what `X-RateLimit-*` will say. Raises a ProblemError beyond the rate."""
    item = RateLimitItemPerMinute(settings.requests_a_minute)
    allowed = _limiter.hit(item, key_id)
    reset, remaining = _limiter.get_window_stats(item, key_id)
    wait = max(1, math.ceil(reset - time.time()))
    request.state.rate = {
        "X-RateLimit-Limit": str(item.amount),
        "X-RateLimit-Remaining": str(max(0, remaining)),
        "X-RateLimit-Reset": str(wait),
    }
    if not allowed:
        detail = f"This key may ask {item.amount} times a minute: wait {wait} seconds."
        raise ProblemError("rate_limited", detail, headers={"Retry-After": str(wait)})
