"""The durable queue, by DBOS: it carries the ids of jobs from the processes that answer to the one that
works.

Its tables lie in `queue.sqlite` of the corpus's folder, or in the schema `dbos` of the PostgreSQL database.
A job is in the corpus before it is here, and its id is its name here: handing it in twice is handing it in
once. What was begun when its process was killed is begun again by the next.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS, DBOSClient, DBOSConfig

_NAME = "matcher"
_QUEUE = "jobs"
_RUN = "run_job"

# DBOS takes up again only what its own version of the application began. What a job does is told by its rows,
# so that every version may go on with it.
_VERSION = "1"

# Seconds between two looks at an empty queue.
_POLL = 0.1

# The jobs that one worker process does at once. Each parses in worker processes of its own.
AT_ONCE = 2


class Queue:
    """The end that hands in."""

    def __init__(self, where: str | Path) -> None:
        """`where` is the corpus's folder or its PostgreSQL URL."""
        self._client = DBOSClient(system_database_url=queue_url(where))

    def put(self, tenant: str, job: str, attempt: int) -> None:
        """Hand a job in. One that is there already stays as it is."""
        name = f"{tenant}:{job}:{attempt}"
        options = {"queue_name": _QUEUE, "workflow_name": _RUN, "workflow_id": name, "app_version": _VERSION}
        self._client.enqueue(options, tenant, job)  # type: ignore[arg-type]

    def close(self) -> None:
        """Give the connections back."""
        self._client.destroy()


def work(where: str | Path, run: Callable[[str, str], None]) -> None:
    """Begin to take jobs out: `run(tenant, job)` does one, in a thread. Returns at once; `stop` ends it."""
    config: DBOSConfig = {
        "name": _NAME,
        "system_database_url": queue_url(where),
        "application_version": _VERSION,
        "executor_id": socket.gethostname(),
        "log_level": "WARNING",
    }
    DBOS(config=config)

    @DBOS.workflow(name=_RUN)
    def _run_job(tenant: str, job: str) -> None:
        _step(tenant, job)

    @DBOS.step(name=f"{_RUN}_step")
    def _step(tenant: str, job: str) -> None:
        run(tenant, job)

    DBOS.launch()
    DBOS.register_queue(_QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=_POLL)


def stop() -> None:
    """Take no more jobs out. What was begun is begun again by the next process."""
    DBOS.destroy()


def queue_url(where: str | Path) -> str:
    """The address of the queue's database for a corpus."""
    if isinstance(where, Path):
        return f"sqlite:///{where / 'queue.sqlite'}"
    scheme, _, rest = where.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else where
