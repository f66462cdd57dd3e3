"""The process that works: what it does with jobs that nobody does any more, and with work that goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog

from api import logs, work
from api.intake import KIND, ResumeUpload
from api.queue import prepare, queue_url
from api.settings import ServiceSettings
from api.state import Services
from api.work.task import Task
from api.worker import Worker, guarded
from matcher.errors import CorpusBusyError, NotInCorpusError
from matcher.store import Store
from matcher.types.service import Job, JobState
from matcher.types.webhooks import Waiting

NOW = datetime.now(UTC)
RESUME = b"Ola Oak\nola@example.org\n\nExperience\nWelder, Example AB\n2019 - 2022\n- Welded\n"


@pytest.fixture(scope="module")
def services(new_corpus: Callable[[], str | Path]) -> Iterator[Services]:
    """Over a corpus whose queue is there, though nobody works."""
    opened = Services.open(replace(ServiceSettings(), corpus=str(new_corpus()), model="hashing"))
    prepare(opened.first.where)
    yield opened
    opened.close()


def put_down(store: Store, kind: str = KIND) -> Job:
    return store.jobs.add(kind, {}, [ResumeUpload(RESUME).row()], "system", NOW)


def said_of(where: str | Path, job: str, **values: str | int) -> None:
    """Change what the queue says of a job, as the end of a machine leaves it."""
    engine = sa.create_engine(queue_url(where))
    columns = ("workflow_uuid", *values)
    schema = None if isinstance(where, Path) else "dbos"
    rows = sa.table("workflow_status", *(sa.column(name) for name in columns), schema=schema)
    with engine.begin() as connection:
        which = rows.c.workflow_uuid.like(f"%:{job}:%")
        assert connection.execute(sa.update(rows).where(which).values(values)).rowcount == 1
    engine.dispose()


@pytest.mark.both_databases
def test_what_nobody_does_any_more_is_handed_in_again(services: Services) -> None:
    """Jobs that the queue never heard of, and those of a machine that is gone; no job that is worked on."""
    store, queue = services.first.store, services.queue
    unheard, waiting, gone, working, deadly = (put_down(store) for _ in range(5))
    for job in (waiting, gone, working, deadly):
        queue.put("default", job.id, job.attempt)
    for job in (gone, working):
        said_of(services.first.where, job.id, status="PENDING", executor_id="elsewhere")
    said_of(services.first.where, deadly.id, status="MAX_RECOVERY_ATTEMPTS_EXCEEDED")
    store.jobs.begin(gone.id, datetime.now(UTC) - timedelta(minutes=5))
    store.jobs.begin(working.id, datetime.now(UTC))
    Worker(services).find_lost()
    known = queue.known()
    assert known == {
        ("default", unheard.id): True,
        ("default", waiting.id): True,
        ("default", gone.id): True,
        ("default", working.id): False,
    }
    failed = store.jobs.get(deadly.id)
    assert (failed.state, failed.code) == (JobState.FAILED, "worker_lost")
    Worker(services).find_lost()
    assert queue.known() == known
    assert queue.given_up() == set()


@pytest.mark.both_databases
def test_a_job_is_done_once_whoever_does_it_again(services: Services) -> None:
    """Begun twice after a kill, it says what it did the first time."""
    store = services.store("twice")
    job = put_down(store)
    (item,) = store.jobs.items(job.id, 1)
    worker = Worker(services)
    keep = store.jobs.settle
    store.jobs.settle = lambda *_, **__: (_ for _ in ()).throw(CorpusBusyError)  # type: ignore[method-assign]
    with pytest.raises(CorpusBusyError):
        worker.run("twice", job.id)
    store.jobs.settle = keep  # type: ignore[method-assign]
    assert store.stats().candidates == 1
    assert store.jobs.get(job.id).state is JobState.RUNNING
    worker.run("twice", job.id)
    worker.run("twice", job.id)
    (done,) = store.jobs.items(job.id, 1)
    assert (done.outcome, store.jobs.get(job.id).state) == ("added", JobState.DONE)
    assert store.jobs.upload(item.upload or "") is None
    assert [entry.action for entry in store.audit.entries()] == ["candidate.added"]


@pytest.mark.parametrize(
    ("raised", "code"),
    [(NotInCorpusError("There is no such role."), "not_in_corpus"), (ZeroDivisionError(), "internal")],
)
def test_what_goes_wrong_fails_the_job_alone(
    services: Services, monkeypatch: pytest.MonkeyPatch, raised: Exception, code: str
) -> None:
    """With a code; nothing of what was raised is shown where it is not meant to be."""

    def fails(_: Task) -> None:
        raise raised

    kinds: dict[str, Callable[[Task], work.Result]] = {"test": fails}
    monkeypatch.setattr("api.worker.KINDS", kinds)
    store = services.store(f"wrong-{code}")
    for kind in ("test", "of another version"):
        job = put_down(store, kind)
        Worker(services).run(store.tenant, job.id)
        found = store.jobs.get(job.id)
        assert found.state is JobState.FAILED
        assert found.code == (code if kind == "test" else "internal")
        assert "Zero" not in (found.message or "")


def test_a_job_that_is_retried_before_it_was_left_is_done_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end, and a retry that was handed in, came while the last of the first attempt was done."""
    store, worker, attempts = services.store("again"), Worker(services), []

    def slow(task: Task) -> None:
        attempts.append(task.job.attempt)
        if task.job.attempt == 1:
            store.jobs.finish(task.job.id, NOW, failure=("worker_lost", "It ended."))
            store.jobs.retry(task.job.id)
            worker.run("again", task.job.id)

    kinds: dict[str, Callable[[Task], work.Result]] = {"test": slow}
    monkeypatch.setattr("api.worker.KINDS", kinds)
    job = put_down(store, "test")
    worker.run("again", job.id)
    assert attempts == [1, 2]
    assert store.jobs.get(job.id).state is JobState.DONE


@pytest.mark.both_databases
def test_a_delivery_of_a_machine_that_is_gone_is_made_by_another(services: Services) -> None:
    """What is being sent is not handed in again; what was begun long ago is."""
    waiting = [Waiting(f"delivery-{number}", "endpoint", NOW) for number in range(2)]
    for each in waiting:
        services.queue.put_delivery("default", each)
    long_ago = int((datetime.now(UTC) - timedelta(minutes=5)).timestamp() * 1000)
    for each, since in zip(waiting, (long_ago, long_ago + 300_000), strict=True):
        said_of(services.first.where, each.delivery, status="PENDING", started_at_epoch_ms=since)
    assert services.queue.known_deliveries() == {("default", "delivery-1")}
    services.queue.put_delivery("default", waiting[0], again=True)
    services.queue.put_delivery("default", waiting[0], again=True)
    assert services.queue.known_deliveries() == {("default", each.delivery) for each in waiting}


def test_a_file_that_was_erased_while_it_waited_is_not_taken_in(services: Services) -> None:
    """The person is not there again after their erasure."""
    store = services.store("erased")
    first = put_down(store)
    Worker(services).run("erased", first.id)
    (item,) = store.jobs.items(first.id, 1)
    again = put_down(store)
    assert item.candidate is not None
    services.corpus("erased").erase([item.candidate])
    Worker(services).run("erased", again.id)
    (gone,) = store.jobs.items(again.id, 1)
    assert (gone.state.value, gone.code) == ("failed", "not_in_corpus")
    assert store.stats().candidates == 0


def test_what_is_done_in_rounds_has_an_id_of_its_own(services: Services) -> None:
    """Each round another, which its lines have, and the jobs and deliveries that it hands in."""
    seen: list[str | None] = []

    def fails(_: Services) -> None:
        seen.append(logs.request_id())
        raise CorpusBusyError("busy")

    configured, lines = structlog.get_config(), structlog.testing.LogCapture()
    try:
        structlog.configure(processors=[structlog.contextvars.merge_contextvars, lines])
        for _ in range(2):
            guarded(fails, services)
    finally:
        structlog.configure(**configured)
    assert [(each["event"], each["request_id"]) for each in lines.entries] == [
        ("round", each) for each in seen
    ]
    assert len({*seen, None}) == 3
    assert logs.request_id() is None
