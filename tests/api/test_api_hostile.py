"""Hostile uploads: each gets its own refusal, or a job's item with a code, and the next is served."""

from __future__ import annotations

import json
import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import pytest
from api_service import Service, check_problem, until
from hostile_uploads import BINARY, answered, on_the_wire, requests

from matcher.errors import all_errors
from matcher.store import open_store

# `make hostile` sends a thousand and more.
MANY = int(os.environ.get("MATCHER_HOSTILE", "90"))

GOOD = b"Nils Nord\nnils@example.org\n\nExperience\nWelder, Example AB\n2019 - 2022\n- Welded boats\n"


def assert_serves(client: httpx.Client, name: str) -> None:
    """A good resume is still taken in."""
    good = GOOD.replace(b"Nils", name.encode())
    assert client.post("/v1/candidates?wait=10", content=good).status_code == 201


# The form parser leaves the file of a form without an end to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
def test_each_hostile_file_is_refused_or_read_by_itself(working: Service) -> None:
    """Files, mutated too, under false types and names, and forms that are none. What is refused leaves
    nothing; what can be read, with what it hides set aside, is one person; none is a fault of the service."""
    statuses: Counter[int] = Counter()
    with (
        working.client(tenant="hostile") as client,
        open_store(working.corpus, "hostile") as store,
    ):
        for request in requests(MANY):
            request.headers["authorization"] = client.headers["authorization"]
            request.url = httpx.URL(f"{working.url}/v1/candidates")
            answer = client.send(request)
            statuses[answer.status_code] += 1
            if answer.status_code != 202:
                assert 400 <= answer.status_code < 500, answer.text
                check_problem(answer, answer.status_code, answer.json()["code"])
        until(lambda: store.jobs.waiting() == 0, 60 + MANY)
        jobs = store.jobs.page(MANY)
        items = [store.jobs.items(job.id, 9)[0] for job in jobs]
        assert len(items) == statuses[202] > MANY / 2
        assert statuses.total() == MANY
        codes = Counter(item.code for item in items)
        assert set(codes) <= {None, *all_errors()}
        assert sum(count for code, count in codes.items() if code) > MANY / 10
        people = {item.candidate for item in items if item.candidate}
        assert {person.id for person in store.people.page(limit=MANY + 1)} == people
        for person in store.people.page(limit=MANY + 1):
            name = store.resumes.file_name(person.revision) or ""
            assert not set(name) & set("/\\\0"), name
        assert store.problems() == []
        assert_serves(client, "After")
    log = working.log.read_text()
    events = {json.loads(line)["event"] for line in log.splitlines()}
    assert not events & {"internal", "round_failed", "job_failed"}  # others share the worker
    assert not [mark for mark in ("passwd", "Nils", "nils@example.org", "DROP TABLE") if mark in log]


def test_lengths_that_lie_end_their_own_connection(working: Service) -> None:
    """Shorter, longer, negative, twice, in chunks that are none: refused or closed, and nothing is stored."""
    key = working.key(tenant="wire")
    statuses = [answered(working.url, *sent, patience=0.3) for sent in on_the_wire(key)]
    assert all(status is None or status in (100, 202) or 400 <= status < 500 for status in statuses), statuses
    assert len([status for status in statuses if status and 400 <= status < 500]) > len(statuses) / 3
    with working.client(tenant="wire") as client, open_store(working.corpus, "wire") as store:
        until(lambda: store.jobs.waiting() == 0)
        assert client.get("/v1/candidates").json()["items"] == []
        assert_serves(client, "Wire")


@pytest.fixture(scope="module")
def narrow(start: Callable[..., Service]) -> Service:
    """A service with little patience, and no worker."""
    return start(max_body_bytes=50_000, body_seconds=2.0)


def test_a_body_is_counted_while_it_comes(narrow: Service) -> None:
    """Whether it says its length or not, alone or in a form: what is too long is not read to its end."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 10_000
            yield b"x" * 10_000

    with narrow.client() as client:
        long = b"%PDF-1.7\n" + b"x" * 50_000
        check_problem(client.post("/v1/candidates", content=long), 413, "body_too_large")
        form = client.post("/v1/candidates", files={"file": ("cv.pdf", long)})
        check_problem(form, 413, "body_too_large")
        with suppress(httpx.WriteError):  # the service has answered and closed while this still wrote
            check_problem(client.post("/v1/candidates", content=endless()), 413, "body_too_large")
        assert sent < 10_000_000
        assert client.get("/v1/jobs").json()["items"] == []


def test_slow_bodies_end_in_time_and_hold_nobody_up(narrow: Service) -> None:
    """Many at once, a byte now and then; others are served meanwhile, and nothing is kept."""
    parts = httpx.URL(narrow.url)
    head = f"POST /v1/candidates HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {narrow.key()}\r\n"
    slow = [socket.create_connection((parts.host, parts.port or 80), timeout=10) for _ in range(20)]
    with narrow.client() as client:
        for wire in slow:
            wire.sendall(head.encode() + b"Content-Length: 1000\r\n\r\n" + BINARY)
        begun = time.monotonic()
        assert client.get("/v1/version").status_code == 200
        for wire in slow:
            wire.settimeout(20)
            got = wire.recv(2000)
            assert b" 408 " in got.splitlines()[0]
            assert b"body_too_slow" in got or b"body_too_slow" in wire.recv(2000)
            wire.close()
        assert time.monotonic() - begun < 20
        assert client.get("/v1/jobs").json()["items"] == []
