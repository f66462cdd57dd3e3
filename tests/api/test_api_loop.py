"""How processes that share a listener share the connections that come to it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import ExitStack

from api.loop import Loop

PROCESSES = 2
CONNECTIONS = 16


class _Counting(asyncio.Protocol):
    """Counts itself among the connections of one loop, while it is open."""

    def __init__(self, there: set[object]) -> None:
        self._there = there

    def connection_made(self, _transport: asyncio.BaseTransport) -> None:
        self._there.add(self)

    def connection_lost(self, _error: Exception | None) -> None:
        self._there.discard(self)


def _serving(listener: socket.socket, there: set[object], ending: threading.Event) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Counting(there), sock=listener, backlog=100)
        while not ending.is_set():
            await asyncio.sleep(0.005)
        server.close()
        await server.wait_closed()

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(serve())


def _come_to(wanted: int, there: list[set[object]]) -> list[int]:
    until = time.monotonic() + 10
    while sum(map(len, there)) != wanted and time.monotonic() < until:
        time.sleep(0.005)
    return [len(each) for each in there]


def test_connections_that_come_at_once_are_shared() -> None:
    """Each of two loops on a listener has its share of connections that came together and are kept, and again
    of those that come when these are gone."""
    ending = threading.Event()
    there: list[set[object]] = [set() for _ in range(PROCESSES)]
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        address = listener.getsockname()
        threads = [
            threading.Thread(target=_serving, args=(stack.enter_context(listener.dup()), each, ending))
            for each in there
        ]
        try:
            for thread in threads:
                thread.start()
            for _ in range(2):
                with ExitStack() as clients:
                    for _ in range(CONNECTIONS):
                        clients.enter_context(socket.create_connection(address))
                    assert min(_come_to(CONNECTIONS, there)) >= CONNECTIONS // 4
                assert _come_to(0, there) == [0, 0]
        finally:
            ending.set()
            for thread in threads:
                thread.join()
