"""A load of HTTP requests on loopback, from a process of its own: what `service_load.py` runs.

    python benchmarks/http_load.py PLAN

PLAN is a JSON file: `port`, `key`, `requests` (each [method, path, content type, text of the body]), `phases`
(each [requests a second, seconds]) and `connections`, on which a phase with a rate of 0 asks again as soon as
an answer is there. Requests are taken in turn. Prints a JSON object: `cpu`, seconds of processor that this
process spent; `answers`, of each request its phase, the second it was due in, the seconds until its answer
and its status (0: no answer).

With a rate a request is sent when it is due, whatever became of those before it, on a new connection where
all are in use: a server that stalls is not spared the requests that others would have sent meanwhile.
Plain asyncio over connections that are kept: a request costs some 0.15 ms here, a fifth of what it costs
httpx, and the cores are the server's too.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 30.0  # seconds that an answer is waited for

Answer = tuple[int, float, float, int]


@dataclass
class Connection:
    """One connection, opened when it is needed and kept while the server does."""

    port: int
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer; 0 when there is none."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer(request)
        except (TimeoutError, OSError, EOFError, ValueError):
            self.close()
            return 0, b""

    async def _answer(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        _, _, length = head.partition(b"content-length:")
        body = await reader.readexactly(int(length.partition(b"\r")[0] or 0))
        if b"\r\nconnection: close" in head:
            self.close()
        return int(head[9:12]), body

    def close(self) -> None:
        """Give the connection up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass
class Load:
    """Requests on their way, and what came back."""

    port: int
    requests: Iterator[bytes]
    free: asyncio.Queue[Connection] = field(default_factory=asyncio.Queue)
    answers: list[Answer] = field(default_factory=list)

    async def one(self, phase: int, due: float, start: float) -> None:
        """Ask on a free connection, or a new one."""
        connection = Connection(self.port) if self.free.empty() else self.free.get_nowait()
        status, _ = await connection.ask(next(self.requests))
        self.answers.append((phase, due - start, time.perf_counter() - due, status))
        self.free.put_nowait(connection)

    async def at_rate(self, phase: int, rate: float, begun: float, seconds: float, start: float) -> None:
        """Requests that are due one after the other, at even distances."""
        async with asyncio.TaskGroup() as group:
            for number in range(round(rate * seconds)):
                due = begun + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(self.one(phase, due, start))

    async def at_once(self, phase: int, many: int, until: float, start: float) -> None:
        """So many at every moment."""

        async def again() -> None:
            while time.perf_counter() < until:
                await self.one(phase, time.perf_counter(), start)

        await asyncio.gather(*(again() for _ in range(many)))


def encoded(method: str, path: str, kind: str, body: str, key: str) -> bytes:
    """A request as it is sent."""
    data = body.encode()
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


async def send(plan: dict[str, object]) -> list[Answer]:
    """Go through the phases; a phase begins when the time of the one before is over, answered or not."""
    port, key = int(str(plan["port"])), str(plan["key"])
    requests = [encoded(*each, key) for each in plan["requests"]]  # type: ignore[attr-defined]
    load, many = Load(port, itertools.cycle(requests)), int(str(plan["connections"]))
    start = begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for phase, (rate, seconds) in enumerate(plan["phases"]):  # type: ignore[arg-type]
            if rate:
                group.create_task(load.at_rate(phase, rate, begun, seconds, start))
            else:
                group.create_task(load.at_once(phase, many, begun + seconds, start))
            begun += seconds
            await asyncio.sleep(max(0.0, begun - time.perf_counter()))
    while not load.free.empty():
        load.free.get_nowait().close()
    return load.answers


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    answers = asyncio.run(send(plan))
    print(json.dumps({"cpu": time.process_time(), "answers": answers}))


if __name__ == "__main__":
    main()
