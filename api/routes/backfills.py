"""Backfills: everybody whom an ATS has, taken in by one job."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import Response
from pydantic import Field, StrictBool

from api import problems
from api.idempotency import router as new_router
from api.integrations.harvest import SYSTEM
from api.jobs import hand_in
from api.problems import ProblemError
from api.routes.jobs import accepted
from api.schemas.common import Strict, ZonedMoment
from api.schemas.jobs import JobOut
from api.security import Admin, Caller
from api.state import now
from api.work.backfill import KIND
from matcher.types.service import Scope

router = new_router("connections")


class BackfillIn(Strict):
    """What to read of an ATS."""

    system: Literal["greenhouse"] = Field(description="Which one.", examples=["greenhouse"])
    restart: StrictBool = Field(
        False, description="Begin at the first page, also where one stopped before the end."
    )
    updated_after: ZonedMoment | None = Field(
        None, description="Only candidates that were changed since.", examples=["2026-05-01T00:00:00Z"]
    )
    follow_deletions: StrictBool = Field(
        False, description="Erase who is here under an id that the ATS does not know any more."
    )
    erase_many: StrictBool = Field(
        False, description="Erase them also when they are more than ten and than a tenth of all."
    )


@router.post(
    "/backfills",
    status_code=202,
    summary="Take everybody in from an ATS",
    responses=problems.responses(404, 409),
)
def create_backfill(caller: Admin, asked: BackfillIn, response: Response) -> JobOut:
    """Pages through the candidates and takes in the newest resume of each, under the ATS's id. One that
    stopped is gone on with. Needs the scope `write` too, and `erase` to follow deletions. 409 while one is
    running."""
    for scope, needed in ((Scope.WRITE, True), (Scope.ERASE, asked.follow_deletions)):
        if needed and scope not in caller.key.scopes:
            raise ProblemError("forbidden", f"This needs a key with the scope {scope.value!r}.")
    connection = caller.store.connections.get(SYSTEM)
    if not {"client_id", "client_secret"} <= set(connection.credentials):
        raise ProblemError("conflict", "The connection has no client_id and client_secret for Harvest.")
    running = _running(caller)
    if running is not None:
        raise ProblemError("conflict", f"A backfill is running already, as job {running}.")
    if asked.restart:
        caller.store.connections.read_to(SYSTEM, None)
    request = {
        "updated_after": None if asked.updated_after is None else _iso(asked.updated_after),
        "follow_deletions": asked.follow_deletions,
        "erase_many": asked.erase_many,
    }
    job = hand_in(
        caller.services,
        caller.key.tenant,
        KIND,
        request,
        actor=caller.key.id,
        request_id=caller.request_id,
    )
    caller.audit("backfill.accepted", "job", job.id)
    return accepted(job, response)


def _running(caller: Caller) -> str | None:
    for each in caller.store.open_jobs():
        if each.tenant == caller.key.tenant and caller.store.jobs.get(each.id).kind == KIND:
            return each.id
    return None


def _iso(moment: datetime) -> str:
    return moment.astimezone(now().tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
