"""The process that does the slow work: `python -m api.worker [PARENT]`.

It takes jobs out of the queue and does them by their kind. Jobs in the store that the queue does not know,
because whoever accepted them was killed in between, or a machine is gone, are found in rounds.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import structlog

from api import logs, queue
from api.problems import last_frame
from api.settings import ServiceSettings
from api.state import Services, now
from api.webhooks import delivering
from api.work import KINDS, ROUNDS
from api.work.task import LATER, Task, WorkFailedError
from matcher.errors import MatcherError

# Seconds between two looks for jobs that the queue does not know.
_ROUND = 15.0

# Seconds between two notes that a job is still worked on, and after how many without one it is not.
_NOTE = 15.0
_LOST = timedelta(seconds=60)

# Seconds that jobs at work have to end when the process is asked to.
_PATIENCE = 5


class Worker:
    """Does jobs, some at a time."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._at_work: dict[tuple[str, str], bool] = {}  # and whether it was handed in once more meanwhile
        self._lock = threading.Lock()

    def run(self, tenant: str, job_id: str) -> None:
        """Do a job, unless it has come to an end. Raises what it will be tried again for."""
        key = tenant, job_id
        with self._lock:
            if key in self._at_work:
                self._at_work[key] = True
                return
            self._at_work[key] = False
        try:
            self._do(tenant, job_id)
            while self._is_wanted_again(key):
                self._do(tenant, job_id)
        finally:
            with self._lock:
                self._at_work.pop(key, None)

    def _is_wanted_again(self, key: tuple[str, str]) -> bool:
        """Whether a job was retried before it had been left; if not, it is left now."""
        with self._lock:
            if again := self._at_work.pop(key):
                self._at_work[key] = False
            return again

    def _do(self, tenant: str, job_id: str) -> None:
        corpus = self._services.corpus(tenant)
        job = corpus.store.jobs.begin(job_id, now())
        if job is None:
            return
        with logs.asked_by(job.request_id, job=job.id, kind=job.kind):
            self._done(Task(self._services, corpus, job))

    def _done(self, task: Task) -> None:
        job = task.job
        log, begun = structlog.get_logger(), time.perf_counter()
        result, failure = None, None
        try:
            result = KINDS[job.kind](task)
        except LATER as error:
            log.error("job_put_off", code=error.code)
            raise
        except (MatcherError, WorkFailedError) as error:
            failure = error.code, error.message
        except Exception as error:  # noqa: BLE001 - a fault in one job ends no other
            log.error("job_fault", error=type(error).__name__, where=last_frame(error))
            failure = "internal", "Something went wrong here: try again, and report it with the job's id."
        task.corpus.store.jobs.finish(job.id, now(), result, failure, job.attempt)
        seconds = round(time.perf_counter() - begun, 3)
        log.info("job_ended", seconds=seconds, code=failure and failure[0])

    def deliver(self, tenant: str, delivery: str, request_id: str | None) -> None:
        """Make an attempt of a delivery, under the id of the request that it tells of."""
        with logs.asked_by(request_id):
            delivering.deliver(self._services, tenant, delivery)

    def note(self) -> None:
        """Say of the jobs at work that they are."""
        with self._lock:
            at_work = list(self._at_work)
        for tenant, job in at_work:
            self._services.store(tenant).jobs.seen(job, now())

    def find_lost(self) -> None:
        """Hand in what is not done and nobody does; end what too many workers died of."""
        jobs = self._services.first.store.open_jobs()  # before the queue is asked: it comes after them
        given_up, known = self._services.queue.given_up(), self._services.queue.known()
        self._services.queue.forget_ended()  # or what ended for want of a database would keep its name
        for job in jobs:
            waits = known.get((job.tenant, job.id))
            if waits is None and (job.tenant, job.id, job.attempt) in given_up:
                failure = "worker_lost", "The process that works ended each time that this was tried."
                jobs_of = self._services.store(job.tenant).jobs
                jobs_of.finish(job.id, now(), failure=failure, attempt=job.attempt)
            elif waits is None or (not waits and job.seen is not None and now() - job.seen > _LOST):
                structlog.get_logger().info("job_found", job=job.id, request_id=job.request_id)
                self._services.queue.put(job.tenant, job.id, job.attempt, job.seen)


def main(parent: int | None = None) -> int:
    """Work until a signal, or the end of the process `parent`; returns the exit status."""
    logs.configure()
    ending = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ending.set())
    services = Services.open(ServiceSettings.of())
    worker = Worker(services)
    queue.work(services.first.where, worker.run, worker.deliver)
    rounds = [(_ROUND, lambda _: worker.find_lost()), (_NOTE, lambda _: worker.note()), *ROUNDS]
    due = [0.0] * len(rounds)
    structlog.get_logger().info("worker_begins")
    while not ending.wait(0.5):
        if parent is not None and os.getppid() != parent:
            break
        for number, (seconds, action) in enumerate(rounds):
            if time.monotonic() >= due[number]:
                due[number] = time.monotonic() + seconds
                guarded(action, services)
    queue.stop(_PATIENCE)
    services.close()
    return 0


def guarded(action: Callable[[Services], None], services: Services) -> None:
    """Do what is done in rounds, each under an id of its own; what goes wrong is tried again in the next."""
    with logs.asked_by(None):
        try:
            action(services)
        except Exception as error:  # noqa: BLE001 - one round costs no other
            structlog.get_logger().error("round", error=type(error).__name__, where=last_frame(error))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else None))
