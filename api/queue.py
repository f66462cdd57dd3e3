"""The durable queue, by DBOS: it carries the ids of jobs and of deliveries from the processes that answer to
those that work.

Its tables lie in `queue.sqlite` of the corpus's folder, or in the schema `dbos` of the PostgreSQL database;
`prepare` makes them, before anything is handed in.
A job is in the corpus before it is here, and its id is its name here: handing it in twice is handing it in
once. What was begun when its process was killed is begun again by the next.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, error
from sqlalchemy.exc import SQLAlchemyError

from api import logs
from matcher.errors import CorpusUnavailableError
from matcher.types.webhooks import Waiting

# What it logs of an error shows arguments and traces.
logging.getLogger("dbos").setLevel(logging.CRITICAL)

_NAME = "matcher"
_QUEUE = "jobs"
_RUN = "run_job"
_DELIVERIES = "deliveries"
_DELIVER = "deliver"

# DBOS takes up again only what its own version of the application began. What a job does is told by its rows,
# so that every version may go on with it.
_VERSION = "1"

# Seconds between two looks at an empty queue. Each look is several statements.
_POLL, _POLL_DELIVERIES = 0.2, 0.5

# The jobs that one worker process does at once. Each parses in worker processes of its own.
AT_ONCE = 2

# The attempts that one worker process makes at once, and those to one endpoint: one that does not answer
# leaves room for others.
_SENDING, _SENDING_TO_ONE = 16, 4

# No attempt takes so many seconds.
_ATTEMPT = 120.0

# A job whose worker died this often while it was done is not begun again: it may be what kills it.
_DEATHS = 50

# Connections to a PostgreSQL server of a process that hands in, and of one that works.
_HANDING_IN, _WORKING = 2, 10

# What is told by name: what is begun again goes through a queue of the library's own.
_HERE = ["ENQUEUED", "PENDING"]
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


class Queue:
    """The end that hands in."""

    def __init__(self, where: str | Path) -> None:
        """`where` is the corpus's folder or its PostgreSQL URL. Nothing is asked of it yet."""
        self._client = DBOSClient(
            system_database_url=queue_url(where),
            system_database_pool_size=_HANDING_IN,
            lazy=True,
            retry_connection_errors=False,
        )

    def put(self, tenant: str, job: str, attempt: int, lost: datetime | None = None) -> None:
        """Hand a job in. One that is there already stays as it is; one that was lost while it was worked on,
        last seen at the moment `lost`, is handed in once more, however many machines find it so.

        It raises nothing: a job that the queue does not know is found by the next round of the worker.
        """
        name = f"{tenant}:{job}:{attempt}" + (f":{lost.timestamp():.6f}" if lost else "")
        options = {"queue_name": _QUEUE, "workflow_name": _RUN, "workflow_id": name, "app_version": _VERSION}
        try:
            self._client.enqueue(options, tenant, job)  # type: ignore[arg-type]
        except (SQLAlchemyError, error.DBOSException) as failure:
            structlog.get_logger().warning("queue_put_failed", error=type(failure).__name__, job=job)

    def put_delivery(self, tenant: str, waiting: Waiting, again: bool = False) -> None:
        """Hand a delivery in, to be made when it is due, under the id of the request that asks for it;
        otherwise as `put`."""
        left = (waiting.due - datetime.now(UTC)).total_seconds()
        name = f"{tenant}:{waiting.delivery}:{waiting.due.timestamp():.6f}"
        options: dict[str, str | float] = {
            "queue_name": _DELIVERIES,
            "workflow_name": _DELIVER,
            # Machines that look at the same time hand it in once.
            "workflow_id": name + (f":{int(time.time() / _ATTEMPT)}" if again else ""),
            "app_version": _VERSION,
            "queue_partition_key": f"{tenant}:{waiting.endpoint}",
        }
        if left > 0:
            options["delay_seconds"] = left
        try:
            self._client.enqueue(options, tenant, waiting.delivery, logs.request_id())  # type: ignore[arg-type]
        except (SQLAlchemyError, error.DBOSException) as failure:
            structlog.get_logger().warning("queue_put_failed", error=type(failure).__name__)

    def known_deliveries(self) -> set[tuple[str, str]]:
        """The deliveries that are due and here, by tenant and id; not those begun so long ago that the
        machine is gone."""
        found = self._client.list_workflows(status=_HERE, name=_DELIVER, load_input=False, load_output=False)
        lately = (time.time() - _ATTEMPT) * 1000
        return {
            _named(each.workflow_id)
            for each in found
            if each.status == "ENQUEUED" or (each.dequeued_at or 0) > lately
        }

    def known(self) -> dict[tuple[str, str], bool]:
        """The jobs that are here, by tenant and id, and whether each still waits to be begun."""
        found = self._client.list_workflows(status=_HERE, name=_RUN, load_input=False, load_output=False)
        here: dict[tuple[str, str], bool] = {}
        for each in found:
            key = _named(each.workflow_id)
            here[key] = here.get(key, False) or each.status == "ENQUEUED"
        return here

    def given_up(self) -> set[tuple[str, str, int]]:
        """The jobs that so many workers died of that none takes them up again: tenant, id, attempt."""
        found = self._client.list_workflows(
            status="MAX_RECOVERY_ATTEMPTS_EXCEEDED", name=_RUN, load_input=False, load_output=False
        )
        return {(*_named(each.workflow_id), int(each.workflow_id.split(":")[2])) for each in found}

    def forget_ended(self, most: int = 1000) -> None:
        """Drop what is done with: the jobs themselves say what became of them."""
        found = self._client.list_workflows(status=_ENDED, limit=most, load_input=False, load_output=False)
        if found:
            self._client.delete_workflows([each.workflow_id for each in found])

    def close(self) -> None:
        """Give the connections back."""
        self._client.destroy()


def prepare(where: str | Path) -> None:
    """Make the queue's tables, or bring them up; several machines that do so at once wait for each other.

    Raises CorpusUnavailableError.
    """
    try:
        DBOS.migrate(queue_url(where))
    except (SQLAlchemyError, error.DBOSException, OSError) as failure:
        raise CorpusUnavailableError(
            "The queue's tables cannot be made: they need a folder that can be written, or on PostgreSQL the "
            "right to create a schema."
        ) from failure


def work(
    where: str | Path, run: Callable[[str, str], None], deliver: Callable[[str, str, str | None], None]
) -> None:
    """Begin to take out: `run(tenant, job)` does a job in a thread, `deliver(tenant, delivery,
    request_id)` makes an attempt. Returns at once; `stop` ends it."""
    config: DBOSConfig = {
        "name": _NAME,
        "system_database_url": queue_url(where),
        "application_version": _VERSION,
        "executor_id": socket.gethostname(),
        "sys_db_pool_size": _WORKING,
        "log_level": "CRITICAL",
    }
    DBOS(config=config)

    @DBOS.workflow(name=_RUN, max_recovery_attempts=_DEATHS)
    def _run_job(tenant: str, job: str) -> None:
        run(tenant, job)

    @DBOS.workflow(name=_DELIVER, max_recovery_attempts=_DEATHS)
    def _deliver(tenant: str, delivery: str, request_id: str | None = None) -> None:
        deliver(tenant, delivery, request_id)

    DBOS.launch()
    DBOS.register_queue(_QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=_POLL)
    DBOS.register_queue(
        _DELIVERIES,
        worker_concurrency=_SENDING,
        partition_worker_concurrency=_SENDING_TO_ONE,
        polling_interval_sec=_POLL_DELIVERIES,
    )


def stop(seconds: int = 0) -> None:
    """Take no more jobs out, and wait for those at work; what is not done then is begun again later."""
    DBOS.destroy(workflow_completion_timeout_sec=seconds)


def queue_url(where: str | Path) -> str:
    """The address of the queue's database for a corpus; a file is for nobody's eyes but its owner's."""
    if isinstance(where, Path):
        file = where / "queue.sqlite"
        if not file.exists():
            file.touch(mode=0o600)
        return f"sqlite:///{file}"
    scheme, _, rest = where.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else where


def _named(name: str) -> tuple[str, str]:
    tenant, job = name.split(":")[:2]
    return tenant, job
