"""One attempt: a POST to an address that a stranger gave us. Nothing of the answer is kept but its status."""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore

from api.guard import BlockedAddressError, GuardedBackend, checked_url, is_allowed, is_public, resolved
from api.settings import ServiceSettings
from matcher import __version__


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint said: the status, and the Retry-After header, "" where there is none."""

    status: int
    retry_after: str


class SendError(Exception):
    """No answer came; `code` says why: blocked_address, timeout, tls, unreachable or no_answer."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_endpoint(url: str, settings: ServiceSettings) -> None:
    """Raise BlockedAddressError for an address that is never called. A host that is not there yet may be."""
    parts = checked_url(url, settings.allowed_hosts)
    if "#" in url:
        raise BlockedAddressError("The address carries a #fragment, which is never sent: leave it away.")
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if is_allowed(host, port, settings.allowed_hosts):
        return
    if parts.scheme != "https":
        raise BlockedAddressError("The address does not begin with https://.")
    try:
        addresses = resolved(host, port)
    except httpcore.ConnectError:
        return
    if not all(map(is_public, addresses)):
        raise BlockedAddressError("The host's address is not a public one.")


def send(url: str, headers: Mapping[str, str], body: bytes, settings: ServiceSettings) -> Answer:
    """Post a body to an endpoint. Raises SendError.

    The address is checked again and connected to as it was checked; no redirect is followed; of the answer
    the status and the headers are read, and no body, however long or slow it is.
    """
    said = {
        "Content-Type": "application/json",
        "User-Agent": f"matcher/{__version__}",
        "Connection": "close",
        **headers,
    }
    backend = GuardedBackend(settings.allowed_hosts, time.monotonic() + settings.webhook_seconds)
    try:
        checked_url(url, settings.allowed_hosts)
        with (
            httpcore.ConnectionPool(_trusted(), network_backend=backend) as pool,
            pool.stream("POST", url.partition("#")[0], headers=list(said.items()), content=body) as response,
        ):
            found = {name.lower(): value for name, value in response.headers}
            return Answer(response.status, found.get(b"retry-after", b"").decode("ascii", "replace"))
    except BlockedAddressError:
        raise SendError("blocked_address") from None
    except httpcore.TimeoutException:
        raise SendError("timeout") from None
    except httpcore.ConnectError as error:
        raise SendError("tls" if isinstance(error.__context__, ssl.SSLError) else "unreachable") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        raise SendError("no_answer") from None


@functools.cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
