"""Fetching resumes from addresses that others give: only public ones, bounded, each redirect looked at."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from api_service import Service, ended

from api import guard
from api.fetch import FetchError, fetch
from api.guard import BlockedAddressError, checked_url, is_public
from api.settings import ServiceSettings

Answer = Callable[[BaseHTTPRequestHandler], None]

RESUME = b"Hal Hedlund\nhal@example.org\n\nExperience\nWelder, Example AB\n2019 - 2022\n- Welded\n"


@contextmanager
def serving(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback by the name localhost; its address, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def gives(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with these."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def moves(*steps: str) -> Answer:
    """The n-th path, "/n", is moved to the n-th step; behind them all lies the resume."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        place = int(request.path.strip("/") or 0)
        if place < len(steps):
            gives(b"", 302, Location=steps[place])(request)
        else:
            gives(RESUME)(request)

    return answer


ALLOWED = ServiceSettings(allowed_hosts=frozenset({"localhost"}), max_body_bytes=10_000)


def refusal(url: str, settings: ServiceSettings = ALLOWED, seconds: float = 5.0) -> str:
    """The code with which an address is refused."""
    with pytest.raises(FetchError) as caught:
        fetch(url, settings, seconds)
    assert "localhost" not in caught.value.message
    return caught.value.code


def test_a_file_is_fetched_from_a_host_that_is_allowed() -> None:
    """Its query goes along; a fragment does not."""
    with serving(gives(RESUME)) as (url, asked):
        assert fetch(f"{url}/a?key=1#part", ALLOWED) == RESUME
    assert asked == ["/a?key=1"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0/",
        "http://10.0.0.8/",
        "http://172.16.3.4/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:8.8.8.8]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[ff02::1]/",
        "http://localhost.localdomain.invalid:8080/",
        "http://example.org:22/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http://[::1",
        "http://example.org:99999/",
        "http://example.org/\r\nHost: inside",
        "http://exa mple.org/",
        "http:\\\\example.org\\",
        "http://exämple.org/",
        "http://example.org/" + "a" * 3000,
    ],
)
def test_an_address_that_is_not_public_is_never_called(url: str) -> None:
    """However it is written."""
    assert refusal(url, ServiceSettings()) == "blocked_url"


def test_a_name_that_leads_inside_is_refused_where_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """All addresses of a host have to be public, and the one that was checked is the one that is called."""
    answers = iter([["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def resolved(host: str, _port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
        asked.append(host)
        return [ipaddress.ip_address(each) for each in next(answers)]

    monkeypatch.setattr(guard, "resolved", resolved)
    assert refusal("http://mixed.example/", ServiceSettings()) == "blocked_url"
    assert refusal("http://inside.example/", ServiceSettings()) == "blocked_url"
    assert asked == ["mixed.example", "inside.example"]


def test_a_redirect_is_looked_at_like_the_first_address() -> None:
    """A few are followed; one that leads inside, in circles or nowhere is not."""
    with serving(moves("/1", "/2", "/3")) as (url, asked):
        assert fetch(f"{url}/0", ALLOWED) == RESUME
        assert asked == ["/0", "/1", "/2", "/3"]
    with serving(moves("/0")) as (url, asked):
        assert refusal(f"{url}/0") == "fetch_failed"
        assert len(asked) == 4
    with serving(gives(RESUME)) as (inside, asked):
        port = inside.rpartition(":")[2]
        for step in (f"http://127.0.0.1:{port}/", "http://169.254.169.254/", "file:///etc/passwd", ""):
            with serving(moves(step)) as (url, _):
                assert refusal(f"{url}/0") == "blocked_url"
        assert asked == []


def test_an_answer_is_bounded_in_bytes_and_seconds() -> None:
    """However it says its length, and however slowly it drips."""

    def drips(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            for _ in range(100):
                request.wfile.write(b".")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass  # the other side has gone, as it should

    def drips_headers(request: BaseHTTPRequestHandler) -> None:
        try:
            request.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(100):
                request.wfile.write(b"X-%d: y\r\n" % number)
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    with serving(gives(b"x" * 10_001)) as (url, _):
        assert refusal(url) == "document_too_large"
    with serving(gives(b"")) as (url, _):
        assert refusal(url) == "document_empty"
    for slow in (drips, drips_headers):
        with serving(slow) as (url, _):
            begun = time.monotonic()
            assert refusal(url, seconds=0.5) == "fetch_failed"
            assert time.monotonic() - begun < 2.0
    cases = [
        gives(b"nothing", 404),
        gives(b"", 500),
        gives(b"", 204),
        gives(b"\x1f\x8b", Content_Encoding="gzip"),
        lambda request: request.wfile.write(b"not http\r\n\r\n"),
        lambda request: request.connection.shutdown(socket.SHUT_RDWR),
    ]
    for answer in cases:
        with serving(answer) as (url, _):
            assert refusal(url) == "fetch_failed"


def test_what_is_public_is_what_anybody_may_reach() -> None:
    """Not more than the registries of IANA say, and no address that carries another."""
    for public in ("8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"):
        assert is_public(ipaddress.ip_address(public))
    with pytest.raises(BlockedAddressError):
        checked_url("http://10.0.0.8/", frozenset({"10.0.0.9"}))
    assert checked_url("http://10.0.0.8:8080/", frozenset({"10.0.0.8:8080"})).port == 8080
    with pytest.raises(BlockedAddressError):
        checked_url("http://10.0.0.8:8081/", frozenset({"10.0.0.8:8080"}))


def test_a_resume_is_taken_in_from_where_it_is(working: Service) -> None:
    """Asked for once; what could not be fetched can be retried, what may not be is refused at last."""
    gone = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        gives(b"", 503)(request) if not gone.is_set() else gives(RESUME)(request)

    with serving(answer) as (url, asked), working.client(tenant="fetched") as client:
        made = client.post("/v1/candidates", json={"resume_url": f"{url}/hal.txt", "tags": ["link"]})
        assert made.status_code == 202
        where = made.headers["location"]
        job = ended(client, where)
        assert (job["state"], job["progress"]["failed"]) == ("done", 1)
        (item,) = client.get(f"{where}/items").json()["items"]
        assert (item["code"], item["retryable"]) == ("fetch_failed", True)
        assert url not in item["message"]
        gone.set()
        again = client.post(f"{where}/retry")
        assert (again.status_code, again.headers["location"]) == (202, where)
        job = ended(client, where)
        assert (job["progress"]["done"], job["attempt"]) == (1, 2)
        assert asked == ["/hal.txt"] * 2
        assert [each["name"] for each in client.get("/v1/candidates").json()["items"]] == ["Hal Hedlund"]
        port = url.rpartition(":")[2]
        blocked = client.post("/v1/candidates?wait=10", json={"resume_url": f"http://127.0.0.1:{port}/"})
        assert (blocked.status_code, blocked.json()["code"]) == (422, "blocked_url")
        assert len(asked) == 2
