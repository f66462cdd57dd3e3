"""An endpoint of webhooks on loopback that behaves as its path says, in all the ways in which they fail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Got:
    """A request that came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, and what to answer: `status` and `retry_after` for /told."""

    url: str
    got: list[Got] = field(default_factory=list)
    status: int = 500
    retry_after: str | None = None
    ended: threading.Event = field(default_factory=threading.Event)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver, until the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server.receiver  # type: ignore[attr-defined]
    finally:
        server.receiver.ended.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        receiver.got.append(Got(self.path, headers, body))
        match self.path:
            case "/told":
                extra = {} if receiver.retry_after is None else {"Retry-After": receiver.retry_after}
                self._answer(receiver.status, extra)
            case "/redirect":
                self._answer(302, {"Location": "/ok"})
            case "/closed":
                self.connection.close()
            case "/silent":
                receiver.ended.wait(10)
            case "/garbage":
                self.wfile.write(b"nothing of HTTP\r\n\r\n")
            case "/slow" | "/huge":
                self._answer(200, {"Content-Length": str(10**12)}, end=False)
                self._never_ending(receiver)
            case _:
                self._answer(204, {})

    def _answer(self, status: int, headers: dict[str, str], end: bool = True) -> None:
        self.send_response(status)
        for name, value in (({"Content-Length": "0"} if end else {}) | headers).items():
            self.send_header(name, value)
        self.end_headers()

    def _never_ending(self, receiver: Receiver) -> None:
        try:
            while not receiver.ended.wait(0.05 if self.path == "/slow" else 0):
                self.wfile.write(b"x" * (1 if self.path == "/slow" else 65_536))
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
