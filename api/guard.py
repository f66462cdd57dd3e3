"""Which addresses of others this service calls: public ones, so that nobody has it ask a machine inside.

A host is resolved once, and the connection goes to the very address that was checked. What this file guards
is every connection of an `httpcore` pool that has its backend: redirects are never followed by the pool.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

import httpcore

_PORTS = {"http": 80, "https": 443}

# IPv6 ranges that carry an IPv4 address, which may be a private one: mapped and compatible (RFC 4291),
# NAT64 (RFC 6052), Teredo (RFC 4380), 6to4 (RFC 3056).
_CARRIERS = tuple(
    ipaddress.ip_network(each)
    for each in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16")
)

_LONGEST = 2000


class BlockedAddressError(Exception):
    """This address may not be called; the text says why, without the address."""


def checked_url(url: str, allowed: frozenset[str]) -> SplitResult:
    """A URL that may be called, as far as can be told without asking anybody. Raises BlockedAddressError.

    `allowed` are hosts, with or without a port, that may be called wherever they are and at any port.
    """
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise BlockedAddressError(f"The address is no URL of at most {_LONGEST} ASCII characters.")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BlockedAddressError("The address is no URL.") from error
    if parts.scheme not in _PORTS or not host:
        raise BlockedAddressError("The address does not begin with https:// or http:// and a host.")
    if parts.username is not None or parts.password is not None:
        raise BlockedAddressError("The address carries a user or a password: leave them away.")
    if is_allowed(host, port or _PORTS[parts.scheme], allowed):
        return parts
    if port not in (None, *_PORTS.values()):
        raise BlockedAddressError(f"Port {port} may not be called: 80 and 443 may.")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return parts
    if not is_public(literal):
        raise BlockedAddressError("The address is not a public one.")
    return parts


def is_allowed(host: str, port: int, allowed: frozenset[str]) -> bool:
    """Whether the settings name this host."""
    name = f"[{host}]" if ":" in host else host
    return host in allowed or f"{name}:{port}" in allowed


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is of the public internet, and of one machine there."""
    if any(address.version == each.version and address in each for each in _CARRIERS):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses, and to hosts that are allowed, until a moment."""

    def __init__(self, allowed: frozenset[str], until: float) -> None:
        """`until` is by `time.monotonic`: nothing is read or written after it."""
        self._allowed = allowed
        self._until = until
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers, after all of them were checked."""
        addresses = resolved(host, port)
        if not is_allowed(host, port, self._allowed) and not all(map(is_public, addresses)):
            raise BlockedAddressError("The host's address is not a public one.")
        failure: Exception = httpcore.ConnectError()
        for address in addresses:
            try:
                left = _left(self._until, timeout)
                stream = self._backend.connect_tcp(str(address), port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return _TimedStream(stream, self._until)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._until, timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._until)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def resolved(host: str, port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The addresses of a host, in the order in which to try them. Raises httpcore.ConnectError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError from error
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _left(until: float, timeout: float | None) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left if timeout is None else min(left, timeout)
