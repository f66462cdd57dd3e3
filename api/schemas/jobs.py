"""Jobs: what was accepted, how far it is, and what became of each item."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from matcher.types.service import ItemState, Job, JobItem


class Progress(BaseModel):
    """How many items there are, and how many are in each state."""

    total: int = Field(description="All items.")
    pending: int = Field(description="Not settled yet.")
    done: int = Field(description="Settled as asked.")
    failed: int = Field(description="Refused, each with its own code.")
    cancelled: int = Field(description="Given up when the job was cancelled.")


class JobOut(BaseModel):
    """Slow work that was accepted."""

    id: str = Field(description="Of the job.")
    kind: str = Field(description="What it does.", examples=["candidates.create"])
    state: Literal["queued", "running", "done", "failed", "cancelled"] = Field(
        description="`done`: every item was settled, whatever became of it; see the items."
    )
    progress: Progress = Field(description="How many items are in which state.")
    result: dict[str, Any] | None = Field(description="What the job as a whole gave, by ids.")
    code: str | None = Field(
        description="Why it failed as a whole: a problem's code, or one of its kind, such as `worker_lost`."
    )
    message: str | None = Field(description="The same in words.")
    attempt: int = Field(description="1, and one more for each retry.")
    created: datetime = Field(description="When it was accepted.")
    started: datetime | None = Field(description="When it was begun.")
    finished: datetime | None = Field(description="When it came to its end.")
    links: dict[str, str] = Field(description="`self` and `items`.")


class JobItemOut(BaseModel):
    """One item of a job."""

    ordinal: int = Field(description="Its place in the job, from 0.")
    state: Literal["pending", "done", "failed", "cancelled"] = Field(
        description="`pending` until it is settled."
    )
    candidate_id: str | None = Field(description="Whose it is, once it is done.")
    outcome: str | None = Field(
        description="What a resume did: `added` a person, `revised` one who was known, or `unchanged`: "
        "the file is known."
    )
    code: str | None = Field(description="Why it failed: a problem's code.")
    message: str | None = Field(description="The same in words, and what to do.")
    retryable: bool = Field(description="Whether a retry of the job tries it again.")


def job_out(job: Job) -> JobOut:
    """A job as it is answered."""
    counts = {state.value: job.counts.get(state, 0) for state in ItemState}
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state.value,
        progress=Progress(total=job.total, **counts),
        result=None if job.result is None else dict(job.result),
        code=job.code,
        message=job.message,
        attempt=job.attempt,
        created=job.created,
        started=job.started,
        finished=job.finished,
        links={"self": f"/v1/jobs/{job.id}", "items": f"/v1/jobs/{job.id}/items"},
    )


def item_out(item: JobItem) -> JobItemOut:
    """An item as it is answered."""
    return JobItemOut(
        ordinal=item.ordinal,
        state=item.state.value,
        candidate_id=item.candidate,
        outcome=item.outcome,
        code=item.code,
        message=item.message,
        retryable=item.state is ItemState.FAILED and item.upload is not None,
    )
