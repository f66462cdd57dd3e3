"""Fetching a file from an address that somebody gave us: guarded, bounded, redirects looked at one by one."""

from __future__ import annotations

import ssl
import time
from urllib.parse import urljoin

import httpcore

from api.guard import BlockedAddressError, GuardedBackend, checked_url
from api.settings import ServiceSettings
from matcher import __version__

# An address of a resume leads to storage by one redirect, seldom by two.
_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)

# Seconds until all of it has to be here.
_SECONDS = 30.0


class FetchError(Exception):
    """An address that gave no file. The message shows nothing of it: it may be a key in itself."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def fetch(url: str, settings: ServiceSettings, seconds: float = _SECONDS) -> bytes:
    """What is at the address. Raises FetchError with the code blocked_url or fetch_failed."""
    until = time.monotonic() + seconds
    backend = GuardedBackend(settings.allowed_hosts, until)
    try:
        with httpcore.ConnectionPool(ssl.create_default_context(), network_backend=backend) as pool:
            for _ in range(_REDIRECTS + 1):
                data, location = _asked(pool, url, settings)
                if location is None:
                    return data
                url = _next(url, location)
    except BlockedAddressError as error:
        raise FetchError("blocked_url", str(error)) from None
    except httpcore.TimeoutException:
        raise FetchError("fetch_failed", f"The file was not there after {seconds:g} seconds.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError):
        raise FetchError(
            "fetch_failed", "The address could not be reached: check that it is valid."
        ) from None
    raise FetchError("fetch_failed", f"The address was moved more than {_REDIRECTS} times.")


def _asked(pool: httpcore.ConnectionPool, url: str, settings: ServiceSettings) -> tuple[bytes, str | None]:
    """The file, or where it moved to."""
    checked_url(url, settings.allowed_hosts)
    headers = [("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", f"matcher/{__version__}")]
    with pool.stream("GET", url.partition("#")[0], headers=headers) as response:
        said = {name.lower(): value for name, value in response.headers}
        if response.status in _MOVED:
            return b"", said.get(b"location", b"").decode("ascii", "replace")
        if response.status != 200:
            raise FetchError("fetch_failed", f"The address answered {response.status}, not 200.")
        if said.get(b"content-encoding", b"identity").strip().lower() != b"identity":
            raise FetchError("fetch_failed", "The address answered with compressed content, unasked.")
        most, data = settings.max_body_bytes, bytearray()
        for part in response.iter_stream():
            data += part
            if len(data) > most:
                raise FetchError("document_too_large", f"The file has more than {most:,} bytes, the limit.")
    if not data:
        raise FetchError("document_empty", "The address answered with nothing.")
    return bytes(data), None


def _next(url: str, location: str) -> str:
    moved = urljoin(url, location)
    if not location or (url.startswith("https:") and not moved.startswith("https:")):
        raise FetchError("blocked_url", "The address was moved to one without encryption, or to none.")
    return moved
