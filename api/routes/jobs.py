"""Jobs: slow work that was accepted with 202."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api import problems
from api.idempotency import router as new_router
from api.paging import Cursor, Limit, Page, opened, ordinal, page
from api.schemas.jobs import JobItemOut, JobOut, item_out, job_out
from api.security import Reader, Writer
from api.state import now
from matcher.types.service import ItemState, Job

router = new_router("jobs")

# Seconds after which it is worth asking again.
_ASK_AGAIN = "1"

State = Annotated[ItemState | None, Query(description="Only items in this state.", examples=[None])]


def accepted(job: Job, response: Response) -> JobOut:
    """The answer that a job was accepted: where to ask for it, and when."""
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    response.headers["Retry-After"] = _ASK_AGAIN
    return job_out(job)


@router.get("/jobs", summary="List jobs", responses=problems.responses())
def list_jobs(
    caller: Reader, request: Request, response: Response, limit: Limit = 50, cursor: Cursor = None
) -> Page[JobOut]:
    """The last accepted first. Jobs are listed until 30 days after their end."""
    found = caller.store.jobs.page(limit + 1, opened(cursor))
    return page(request, response, list(map(job_out, found)), limit, [each.id for each in found])


@router.get("/jobs/{job_id}", summary="Read a job", responses=problems.responses(404))
def read_job(caller: Reader, job_id: str, response: Response) -> JobOut:
    """How far it is. While it is not at its end, `Retry-After` says when to ask again."""
    job = caller.store.jobs.get(job_id)
    if not job.state.is_end:
        response.headers["Retry-After"] = _ASK_AGAIN
    return job_out(job)


@router.get("/jobs/{job_id}/items", summary="What became of each item", responses=problems.responses(404))
def list_job_items(
    caller: Reader,
    request: Request,
    response: Response,
    job_id: str,
    state: State = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[JobItemOut]:
    """In the order in which they were sent. That some fail and others do not is usual."""
    caller.store.jobs.get(job_id)
    # A cursor says the place behind the last one, so that none is 0.
    found = caller.store.jobs.items(job_id, limit + 1, ordinal(opened(cursor)) - 1, state)
    caller.audit("job.read", "job", job_id)
    items = list(map(item_out, found))
    return page(request, response, items, limit, [str(each.ordinal + 1) for each in found])


@router.post("/jobs/{job_id}/cancel", summary="Cancel a job", responses=problems.responses(404, 409))
def cancel_job(caller: Writer, job_id: str) -> JobOut:
    """What is settled stays, the rest is not done, and its files are dropped. 409 when it is at its end."""
    job = caller.store.jobs.cancel(job_id, now())
    caller.audit("job.cancelled", "job", job_id)
    return job_out(job)


@router.post(
    "/jobs/{job_id}/retry", status_code=202, summary="Retry a job", responses=problems.responses(404, 409)
)
def retry_job(caller: Writer, job_id: str, response: Response) -> JobOut:
    """Begins again what failed and may not fail again: files wait a day for it. Else 409."""
    job = caller.store.jobs.retry(job_id)
    caller.services.queue.put(caller.key.tenant, job.id, job.attempt)
    caller.audit("job.retried", "job", job_id)
    return accepted(job, response)
