"""What the worker does: one module for each kind of job, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api import matching
from api.state import Services, now
from api.webhooks.delivering import find_overdue
from api.work import assessments, backfill, candidates, inbound
from api.work.task import Task

Result = Mapping[str, object] | None

# What does a job of each kind. It is done again from its rows when its worker was killed, so that whatever
# it did before must not count twice; what it returns is the job's result.
KINDS: dict[str, Callable[[Task], Result]] = {
    candidates.KIND: candidates.take,
    assessments.KIND: assessments.assess,
    assessments.TELL: assessments.tell,
    backfill.KIND: backfill.backfill,
    inbound.FETCH: inbound.fetch_resume,
    matching.KIND: lambda task: matching.run(task.services, task.corpus.store.tenant, task.job),
}


def _expire(services: Services) -> None:
    """Forget what is kept for a time only."""
    for tenant in services.first.store.tenants():
        store = services.store(tenant)
        store.jobs.expire(now())
        store.answers.expire(now())
        store.deliveries.expire(now())
        store.inbound.expire(now())


# What is done again and again, with the seconds between two times.
ROUNDS: tuple[tuple[float, Callable[[Services], None]], ...] = (
    (3600.0, _expire),
    (1.0, assessments.tell_due),
    (15.0, find_overdue),
)
