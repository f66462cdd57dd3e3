"""Accepting slow work: a job in the store first, then its id in the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.problems import overloaded
from api.state import Services, now
from matcher.types.service import Job, Upload


def hand_in(
    services: Services,
    tenant: str,
    kind: str,
    request: Mapping[str, object],
    *,
    actor: str,
    request_id: str | None,
    files: Sequence[Upload] = (),
    total: int | None = None,
) -> Job:
    """Accept a job. When it returns, the job will be done once, whatever is killed meanwhile.

    Raises a ProblemError when more items wait than the settings allow.
    """
    jobs, limit = services.store(tenant).jobs, services.settings.queue_limit
    waiting = jobs.waiting()
    if waiting + (len(files) if total is None else total) > limit:
        raise overloaded(f"{waiting} items wait to be worked on, and the limit is {limit}: try again later.")
    job = jobs.add(kind, request, files, actor, now(), request_id, total)
    services.queue.put(tenant, job.id, job.attempt)
    return job
