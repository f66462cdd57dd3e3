"""Running services over corpora of their own, in folders and on a PostgreSQL server.

Tests marked `both_databases` run on both. The others run in folders, or all of them on PostgreSQL where
MATCHER_TEST_DATABASE says so (`make server`).
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from api_service import Service, until
from postgresql_server import new_database
from webhook_receiver import receiving
from webhook_sender import TENANT, Clock, Sender

from api import queue
from api.app import create
from api.settings import ServiceSettings
from api.state import Services, now


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On which databases a test runs."""
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        chosen = os.environ.get("MATCHER_TEST_DATABASE")
        names = [chosen] if chosen else ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("database", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """What keeps the corpora: "sqlite" or "postgresql"."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_corpus(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str | Path]]:
    """Make empty corpora: `new_corpus()` is a folder, or the URL of a database."""
    with ExitStack() as databases, pytest.MonkeyPatch.context() as environment:
        # Where a corpus on a server keeps its index.
        environment.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield (
            lambda: (
                tmp_path_factory.mktemp("corpus")
                if database == "sqlite"
                else databases.enter_context(new_database())
            )
        )


@pytest.fixture(scope="session")
def start(
    new_corpus: Callable[[], str | Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Service]]:
    """Start services with other settings: `start(requests_a_minute=3)`."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(corpus: str | Path | None = None, **settings: object) -> Service:
        corpus = new_corpus() if corpus is None else corpus
        queue.prepare(corpus)  # as api.main does: what is accepted before is found by a later round
        chosen = replace(ServiceSettings(corpus=str(corpus), model="hashing"), **settings)  # type: ignore[arg-type]
        listener = socket.create_server(("127.0.0.1", 0))
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as api.main does
        server = uvicorn.Server(uvicorn.Config(create(chosen), log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        running.append((server, thread))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        until(lambda: server.started and httpx.get(f"{url}/readyz").status_code == 200)
        return Service(url, corpus, tmp_path_factory.mktemp("service") / "worker.log")

    yield begin
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture(scope="session")
def working(start: Callable[..., Service]) -> Iterator[Service]:
    """A service with the process that works beside it. It may fetch from localhost by that name alone."""
    service = start(allowed_hosts=frozenset({"localhost"}))
    process = service.begin_work(allowed_hosts="localhost")
    until(lambda: "worker_begins" in service.log.read_text("utf-8"))
    yield service
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def service(start: Callable[..., Service]) -> Service:
    """The service with the usual settings, shared by tests that name what they make."""
    return start()


@pytest.fixture(scope="session")
def sending(new_corpus: Callable[[], str | Path]) -> Iterator[Services]:
    """Services over one corpus, which may call 127.0.0.1."""
    hosts = frozenset({"127.0.0.1", "localhost"})
    opened = Services.open(ServiceSettings(corpus=str(new_corpus()), model="hashing", allowed_hosts=hosts))
    yield opened
    opened.close()


@pytest.fixture
def sender(sending: Services) -> Iterator[Sender]:
    """A sender without endpoints, at the present time."""
    for endpoint in sending.store(TENANT).webhooks.all():
        sending.store(TENANT).webhooks.remove(endpoint.id)
    with receiving() as receiver:
        yield Sender(sending, receiver, Clock(now()))
