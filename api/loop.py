"""The event loop of one of several processes that answer: who has the fewest connections takes the next.

asyncio takes all connections that wait at the first look. A client that opens eight and keeps them then had
all of them in one process, and the others had nothing to do. Here a process with more connections looks
later, by which time another has taken what came. Nothing is shared but the listener.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

_STEP_SECONDS = 0.001  # for each connection that a process has; event loops count in milliseconds
_STEPS = 8  # at most; a process with more takes as many at a look as keep them even to an eighth
_FULL_SECONDS = 1.0  # until the next look where the process may open no more files


class Loop(asyncio.SelectorEventLoop):
    """asyncio's own, but for how a server on a given socket takes connections."""

    async def create_server(  # type: ignore[override]
        self, made: Callable[[], asyncio.Protocol], *, sock: socket.socket, backlog: int, **_: Any
    ) -> _Server:
        """A server that takes its turn. It speaks no TLS: what stands in front does."""
        return _Server(self, made, sock, backlog)


class _Server:
    """What uvicorn asks of a server."""

    def __init__(
        self, loop: Loop, made: Callable[[], asyncio.Protocol], listener: socket.socket, waiting: int
    ) -> None:
        self._loop = loop
        self._made = made
        self._listener = listener
        self._open: WeakSet[asyncio.BaseTransport] = WeakSet()
        self._beginning: set[asyncio.Task[None]] = set()
        self._later: asyncio.TimerHandle | None = None
        listener.setblocking(False)
        listener.listen(waiting)
        self._look()

    def close(self) -> None:
        """Take no more connections; those that are there stay."""
        if self._later is not None:
            self._later.cancel()
        self._loop.remove_reader(self._listener)

    async def wait_closed(self) -> None:
        """Return at once: who closes the server ends its connections."""

    def _look(self) -> None:
        self._loop.add_reader(self._listener, self._there)

    def _there(self) -> None:
        """Somebody waits; whoever has fewer connections may take them."""
        self._loop.remove_reader(self._listener)
        self._wait(self._take, min(self._connections(), _STEPS) * _STEP_SECONDS)

    def _take(self) -> None:
        pause = 0.0
        for _ in range(max(1, self._connections() // _STEPS)):
            try:
                connection, _address = self._listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                break  # another was faster
            except OSError:
                pause = _FULL_SECONDS
                break
            connection.setblocking(False)
            task = self._loop.create_task(self._begin(connection))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)
        self._wait(self._look, pause)

    async def _begin(self, connection: socket.socket) -> None:
        transport, _ = await self._loop.connect_accepted_socket(self._made, connection)
        self._open.add(transport)

    def _connections(self) -> int:
        return len(self._beginning) + sum(not each.is_closing() for each in self._open)

    def _wait(self, act: Callable[[], None], seconds: float) -> None:
        self._later = self._loop.call_later(seconds, act)
