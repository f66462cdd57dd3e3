"""A service that runs on loopback for tests, and the one check of every refusal."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from matcher.store import open_store
from matcher.types.service import Scope


@dataclass(frozen=True)
class Service:
    """A service on loopback, encoding by hashing words, its corpus, and where those who work for it log."""

    url: str
    corpus: str | Path
    log: Path = Path(os.devnull)

    def key(self, *scopes: Scope, tenant: str = "default") -> str:
        """A new key; without scopes it may do everything."""
        with open_store(self.corpus, tenant) as store:
            return store.keys.make("test", scopes or tuple(Scope), datetime.now(UTC))[1]

    def client(self, *scopes: Scope, tenant: str = "default") -> httpx.Client:
        """A client with a key of its own."""
        headers = {"Authorization": f"Bearer {self.key(*scopes, tenant=tenant)}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def begin_work(self, **settings: str) -> subprocess.Popen[bytes]:
        """A process that works for it, until it is killed or this process ends."""
        return begin_work(self.corpus, self.log, **settings)

    def kept(self, *tables: str) -> str:
        """Every row of the tables that are named, or of all, as text."""
        with open_store(self.corpus) as store, store._database.engine.connect() as connection:
            names = tables or sa.inspect(connection).get_table_names()
            rows = (connection.exec_driver_sql(f'SELECT * FROM "{name}"') for name in names)
            return "".join(str(row) for found in rows for row in found)


def begin_work(corpus: str | Path, log: Path, **settings: str) -> subprocess.Popen[bytes]:
    """The process that works for a corpus, until it is killed or this process ends."""
    environment = {"MATCHER_CORPUS": str(corpus), "MATCHER_MODEL": "hashing"}
    environment |= {f"MATCHER_{name.upper()}": value for name, value in settings.items()}
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "api.worker", str(os.getpid())],
            env={**os.environ, **environment},
            stdout=file,
            stderr=file,
        )


def until(met: Callable[[], bool], seconds: float = 180.0) -> None:
    """Wait until something is so, looking twenty times a second. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not met():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def ended(client: httpx.Client, job: str, seconds: float = 180.0) -> dict[str, Any]:
    """A job at its end; `job` is its address."""
    until(lambda: client.get(job).json()["state"] in ("done", "failed", "cancelled"), seconds)
    found: dict[str, Any] = client.get(job).json()
    return found


def check_problem(response: httpx.Response, status: int, code: str) -> dict[str, object]:
    """Assert that a refusal has the one shape, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert set(body) == {"type", "title", "status", "detail", "code", "request_id", "errors"}
    assert body["code"] == code
    assert body["type"] == f"urn:matcher:problem:{code}"
    assert body["status"] == status
    assert body["request_id"] == response.headers["x-request-id"]
    assert body["title"]
    assert body["detail"]
    return body
