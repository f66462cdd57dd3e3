"""Running services over corpora of their own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest
import uvicorn
from api_service import Service, begin_work
from webhook_receiver import receiving
from webhook_sender import TENANT, Clock, Sender

from api.app import create
from api.settings import ServiceSettings
from api.state import Services, now


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Service]]:
    """Start services with other settings: `start(requests_a_minute=3)`."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(**settings: object) -> Service:
        folder = tmp_path_factory.mktemp("service")
        chosen = replace(ServiceSettings(corpus=str(folder), model="hashing"), **settings)  # type: ignore[arg-type]
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as api.main does
        server = uvicorn.Server(uvicorn.Config(create(chosen), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        running.append((server, thread))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if server.started and httpx.get(f"{url}/readyz").status_code == 200:
                return Service(url, folder)
        raise TimeoutError

    yield begin
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def working(start: Callable[..., Service]) -> Iterator[Service]:
    """A service with the process that works beside it. It may fetch from localhost by that name alone."""
    service = start(allowed_hosts=frozenset({"localhost"}))
    process = begin_work(service.corpus, allowed_hosts="localhost")
    yield service
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def service(start: Callable[..., Service]) -> Service:
    """The service with the usual settings, shared by tests that name what they make."""
    return start()


@pytest.fixture(scope="session")
def sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Services over one corpus, which may call 127.0.0.1."""
    folder = tmp_path_factory.mktemp("webhooks")
    hosts = frozenset({"127.0.0.1", "localhost"})
    opened = Services.open(ServiceSettings(corpus=str(folder), model="hashing", allowed_hosts=hosts))
    yield opened
    opened.close()


@pytest.fixture
def sender(sending: Services) -> Iterator[Sender]:
    """A sender without endpoints, at the present time."""
    for endpoint in sending.store(TENANT).webhooks.all():
        sending.store(TENANT).webhooks.remove(endpoint.id)
    with receiving() as receiver:
        yield Sender(sending, receiver, Clock(now()))
