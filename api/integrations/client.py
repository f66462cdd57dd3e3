"""Calls to another system's API: guarded, bounded, and repeated where that may help."""

from __future__ import annotations

import base64
import json
import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from api.guard import BlockedAddressError, GuardedBackend, checked_url
from api.settings import ServiceSettings
from matcher import __version__

# Seconds until an answer has to be here, and the most of it that is read: 500 candidates are some MB.
_SECONDS = 20.0
_MOST_BYTES = 50_000_000

# Seconds between tries of a call that is waited for, and the longest wait that another system may ask for.
_PAUSES = (0.5, 2.0, 8.0)
_LONGEST_WAIT = 300.0
_JITTER = 0.2


class CallError(Exception):
    """A call that came to nothing. `code` is stable; the message shows nothing of the address or the answer.

    `passing` says whether another try may do better, `status` what was answered, None where nothing was.
    """

    def __init__(self, code: str, message: str, *, passing: bool, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.passing = passing
        self.status = status


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its headers in small letters, its JSON, None where the body is empty."""

    status: int
    headers: Mapping[str, str]
    data: Any


def basic(user: str, password: str = "") -> str:
    """An Authorization header's value."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def call(
    method: str,
    url: str,
    settings: ServiceSettings,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    *,
    read: bool = True,
    seconds: float = _SECONDS,
) -> Reply:
    """Ask once. Raises CallError for no answer, one that is not 2xx, or one that is no JSON.

    Without `read` the body of the answer is not looked at.
    """
    said = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": f"matcher/{__version__}",
        **(headers or {}),
    }
    backend = GuardedBackend(settings.allowed_hosts, time.monotonic() + seconds)
    try:
        checked_url(url, settings.allowed_hosts)
        with (
            httpcore.ConnectionPool(ssl.create_default_context(), network_backend=backend) as pool,
            pool.stream(method, url.partition("#")[0], headers=list(said.items()), content=body) as response,
        ):
            data = bytearray()
            for part in response.iter_stream() if read else ():
                data += part
                if len(data) > _MOST_BYTES:
                    raise CallError("bad_answer", "The other system's answer is too long.", passing=False)
            found = {
                name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers
            }
            return _reply(response.status, found, bytes(data))
    except BlockedAddressError as error:
        raise CallError("blocked_url", str(error), passing=False) from None
    except httpcore.TimeoutException:
        raise CallError(
            "timeout", f"The other system did not answer in {seconds:g} s.", passing=True
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise CallError("unreachable", "The other system could not be reached.", passing=True) from None


def patiently(ask: Callable[[], Reply], wanted: Callable[[], bool]) -> Reply:
    """Ask, and again after a while where that may help; as long as the other system says where it says so.

    `wanted` is asked between two tries whether to go on. Raises CallError.
    """
    for pause in (*_PAUSES, None):
        try:
            return ask()
        except RateLimitedError as error:
            _wait(error.seconds, wanted)
        except CallError as error:
            if pause is None or not error.passing:
                raise
            _wait(pause * (1 + random.uniform(0, _JITTER)), wanted)
    return ask()


class RateLimitedError(CallError):
    """The other system wants to be left alone for some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("rate_limited", "The other system asks for fewer calls.", passing=True, status=429)
        self.seconds = min(max(seconds, 0.0), _LONGEST_WAIT)


def rest(headers: Mapping[str, str]) -> float:
    """Seconds that a rate limit's headers ask to wait; 1 where they say nothing.

    `X-RateLimit-Reset` is a Unix time, or seconds where it is too small for one.
    """
    for name, moment in (("retry-after", 0.0), ("x-ratelimit-reset", time.time())):
        text = headers.get(name, "").strip()
        if text.replace(".", "", 1).isdecimal():
            number = float(text)
            return number - moment if number > 10**9 else number
    return 1.0


def _wait(seconds: float, wanted: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if not wanted():
            raise CallError("cancelled", "The job was cancelled.", passing=False)
        time.sleep(min(left, 5.0))


def _reply(status: int, headers: Mapping[str, str], data: bytes) -> Reply:
    if status == 429:
        raise RateLimitedError(rest(headers))
    if not 200 <= status < 300:
        text = f"The other system answered {status}."
        raise CallError("refused", text, passing=status >= 500 or status == 408, status=status)
    if not data.strip():
        return Reply(status, headers, None)
    try:
        return Reply(status, headers, json.loads(data))
    except ValueError:
        raise CallError("bad_answer", "The other system's answer is no JSON.", passing=True) from None
