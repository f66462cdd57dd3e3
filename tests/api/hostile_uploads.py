"""Uploads as somebody would send them who means harm: files, forms and bytes on the wire."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
BINARY = b"\x1f\x8b\x08\x00" + bytes(60)

# What a request may say that its body is.
TYPES = ["application/pdf", "text/html", "image/png", "application/zip", "text/plain; charset=utf-7", "x", ""]

# What a form may call a file.
NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/shadow",
    "C:\\boot.ini",
    "cv.pdf\0.exe",
    "\u202efdp.exe",
    "a" * 5_000,
    "con",
    "'; DROP TABLE uploads; --",
    "<script>alert(1)</script>",
]


def files() -> list[bytes]:
    """The hostile fixtures."""
    folder = FIXTURES / "hostile"
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "expected.json"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with bytes changed, taken out, doubled, or its end cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(changed) + 1)
        match chance.randrange(5):
            case 0 if at < len(changed):
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 200)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 200)]
            case 3:
                changed[at:at] = chance.randbytes(chance.randint(1, 20))
            case _ if chance.random() < 0.1:
                del changed[at:]
    return bytes(changed)


def requests(many: int) -> Iterator[httpx.Request]:
    """Whole requests: files as they are and mutated, under false types and names, and broken forms."""
    chance = random.Random(17)
    known = files()
    for number in range(many):
        data = known[number % len(known)]
        if number >= len(known):
            data = mutated(data, chance)
        match number % 4:
            case 0:
                yield _sent(content=data, headers={"Content-Type": chance.choice(TYPES)})
            case 1:
                yield _sent(files={"file": (chance.choice(NAMES), data, chance.choice(TYPES) or None)})
            case 2:
                yield _sent(content=data)
            case _:
                yield _form(data, chance)


def _sent(**body: object) -> httpx.Request:
    return httpx.Request("POST", "http://service/v1/candidates", **body)  # type: ignore[arg-type]


def _form(data: bytes, chance: random.Random) -> httpx.Request:
    """A form that is none."""
    kind = chance.choice(
        [
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=" + "y" * 300,
            'multipart/form-data; boundary="\xff"',
            "application/json",
        ]
    )
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = chance.choice([data, part + data, part * 50, part + data[:50] + b"\r\n--x--", b"--x\r\n" * 500])
    return _sent(content=body, headers={"Content-Type": kind.encode("latin-1")})  # type: ignore[dict-item]


def on_the_wire(key: str) -> Iterator[tuple[bytes, bytes]]:
    """What is sent, and what is sent after a moment: lengths that lie, chunks that are none."""
    head = f"POST /v1/candidates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n".encode()
    for said, body in (
        ("Content-Length: 1000", BINARY),  # longer than what comes
        ("Content-Length: 4", BINARY),  # shorter: the rest is no request
        ("Content-Length: -5", BINARY),
        ("Content-Length: 0x10", BINARY),
        ("Content-Length: 99999999999999999999", BINARY),
        ("Content-Length: 64\r\nContent-Length: 3", BINARY),
        ("Content-Length: 64\r\nTransfer-Encoding: chunked", BINARY),
        ("Transfer-Encoding: chunked", b"zz\r\n" + BINARY),
        ("Transfer-Encoding: chunked", b"ffffffff\r\n" + BINARY),
        ("Transfer-Encoding: chunked", b"4\r\nabcdefgh\r\n0\r\n\r\n"),
        ("Transfer-Encoding: gzip, chunked", b"0\r\n\r\n"),
        ("Expect: 100-continue\r\nContent-Length: 10", b""),
        ("X: " + "y" * 100_000 + "\r\nContent-Length: 4", BINARY),
        ("Content-Length: 4\r\n X: folded", BINARY),
    ):
        yield head + said.encode() + b"\r\n\r\n" + body, b""
        yield head + said.encode() + b"\r\n\r\n", body


def answered(url: str, first: bytes, then: bytes, patience: float = 1.0) -> int | None:
    """The status of what comes back on a connection of one's own, None where it is just closed."""
    parts = httpx.URL(url)
    with socket.create_connection((parts.host, parts.port or 80), timeout=10) as wire:
        try:
            wire.sendall(first)
            if then:
                time.sleep(0.01)
                wire.sendall(then)
            wire.settimeout(patience)
            got = wire.recv(100)
        except (TimeoutError, OSError):
            return None
    return int(got.split(b" ")[1]) if got.startswith(b"HTTP/1.1 ") else None
