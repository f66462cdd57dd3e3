"""People of the corpus: their resumes in, what was read of them out, and their erasure."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api import problems
from api.idempotency import router as new_router
from api.intake import ResumeUpload, accept_resume
from api.paging import Cursor, ExternalKey, ExternalSystem, Limit, Page, external, opened, page
from api.problems import ProblemError
from api.routes.jobs import accepted
from api.schemas.candidates import (
    CandidateDetail,
    CandidateOut,
    CandidatePatch,
    LabelsOut,
    ReceiptOut,
    candidate_detail,
    candidate_out,
    labels_out,
    receipt_out,
)
from api.schemas.jobs import JobOut
from api.security import Caller, Eraser, Reader, Writer
from api.uploads import BODY, Posted, replaced
from api.webhooks.delivering import hand_over_erased
from matcher.errors import all_errors
from matcher.types.service import ItemState, Job, Scope

router = new_router("candidates")

_POLL = 0.05  # seconds between two looks at a job that is waited for

Wait = Annotated[
    float,
    Query(
        ge=0,
        le=10,
        description="Seconds to wait for the end of the job, to be answered with the person, or with why "
        "there is none. A key without the scope `read` is answered with the job.",
    ),
]
_TAKEN_IN: dict[int | str, dict[str, Any]] = {
    200: {"model": CandidateDetail, "description": "With `wait`: this file was known."},
    201: {"model": CandidateDetail, "description": "With `wait`: it has been taken in."},
}


@router.post(
    "/candidates",
    status_code=202,
    response_model=JobOut,
    summary="Take in a resume",
    responses={**_TAKEN_IN, **problems.responses(404, 409, 415)},
    openapi_extra=BODY,
)
async def create_candidate(
    caller: Writer, posted: Posted, request: Request, response: Response, wait: Wait = 0
) -> JobOut | Response:
    """Accepts a resume: as a file (PDF, DOCX, ODT, RTF, HTML, Markdown, text), text, JSON Resume, or the
    address of one. A file that is sent alone takes in the query what a form has as parts: `tags` (with commas
    between them), `source`, `external_system` with `external_key`, `candidate_id`.

    It is read by a job; when that is done, the job's item names the person, and the event `candidate.ready`
    or `candidate.rejected` says so. A person is known again by `candidate_id` or `external_id`, or by the
    same e-mail address and name: this is their next resume then. A file that is known changes nothing, but
    one that is sent with `candidate_id` is the newest again."""
    return await _accept(caller, posted, request, response, wait)


@router.put(
    "/candidates/{candidate_id}",
    status_code=202,
    response_model=JobOut,
    summary="Replace a person's resume",
    responses={**_TAKEN_IN, **problems.responses(404, 409, 415)},
    openapi_extra=BODY,
)
async def replace_candidate(
    caller: Writer, candidate_id: str, posted: Posted, request: Request, response: Response, wait: Wait = 0
) -> JobOut | Response:
    """The same, for a person who is there: the resume is their next one, and is searched from then on, also
    where it was an earlier one of theirs."""
    return await _accept(caller, replaced(posted, candidate_id), request, response, wait)


async def _accept(
    caller: Caller, upload: ResumeUpload, request: Request, response: Response, wait: float
) -> JobOut | Response:
    """Waiting is done here and not in a thread: there are few of those, and they have work to do."""
    job = await run_in_threadpool(_accepted, caller, upload)
    until = time.monotonic() + wait
    if wait:
        request.state.turn.end()
    while wait and not job.state.is_end and time.monotonic() < until:
        await asyncio.sleep(_POLL)
        job = await run_in_threadpool(caller.store.jobs.get, job.id)
    if wait and job.state.is_end:
        return await run_in_threadpool(_settled, caller, job, response)
    return accepted(job, response)


def _accepted(caller: Caller, upload: ResumeUpload) -> Job:
    if upload.candidate is not None:
        caller.corpus.people.get(upload.candidate)
    job = accept_resume(caller.services, caller.key.tenant, upload, caller.key.id, caller.request_id)
    caller.audit("resume.accepted", "job", job.id)
    return job


def _settled(caller: Caller, job: Job, response: Response) -> JobOut | Response:
    """The person whom a job took in, or why there is none; the job, for a key that may not read people."""
    (item,) = caller.store.jobs.items(job.id, 1)
    headers = {"Location": f"/v1/jobs/{job.id}"}
    if item.state is not ItemState.DONE or item.candidate is None:
        code, detail = item.code or "conflict", item.message or "The job was cancelled."
        error = all_errors().get(code)
        raise ProblemError(code, detail, headers=headers) if error is None else error(detail)
    if Scope.READ not in caller.key.scopes:
        return accepted(job, response)
    shown = read_candidate(caller, item.candidate)
    headers["Location"] = shown.links["self"]
    status = 200 if item.outcome == "unchanged" else 201
    return JSONResponse(shown.model_dump(mode="json"), status, headers)


@router.get("/candidates", summary="List people", responses=problems.responses())
def list_candidates(
    caller: Reader,
    request: Request,
    response: Response,
    where: Annotated[
        str | None,
        Query(max_length=2000, description="A filter, see docs/corpus.md.", examples=["months>=24 tag:fair"]),
    ] = None,
    external_system: ExternalSystem = None,
    external_key: ExternalKey = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[CandidateOut]:
    """Those who meet the filter, or the one whom another system calls so."""
    wanted = external(external_system, external_key)
    if wanted is not None:
        known = caller.store.people.by_external(wanted)
        found = [] if known is None else [caller.corpus.people.get(known)]
    else:
        after = opened(cursor)
        found = caller.corpus.people.page(where, limit=limit + 1, after=after, today=caller.today)
    caller.audit("candidate.listed", "candidate", *(each.id for each in found[:limit]))
    return page(request, response, list(map(candidate_out, found)), limit, [each.id for each in found])


@router.get("/candidates/{candidate_id}", summary="Read a person", responses=problems.responses(404))
def read_candidate(caller: Reader, candidate_id: str) -> CandidateDetail:
    """What was read of their newest resume, with the keys, tags and earlier resumes of theirs."""
    corpus = caller.corpus
    person = corpus.people.get(candidate_id)
    resume = corpus.resume(person)
    revisions = caller.store.resumes.revisions(person.id)
    caller.audit("candidate.read", "candidate", person.id)
    return candidate_detail(person, resume, revisions, caller.today)


@router.get(
    "/candidates/{candidate_id}/file",
    summary="Read a resume as it was sent",
    responses={
        200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
        **problems.responses(404),
    },
    response_class=Response,
)
def read_file(caller: Reader, candidate_id: str) -> Response:
    """The bytes of the newest resume. They are a stranger's: open them as you would an attachment."""
    person = caller.corpus.people.get(candidate_id)
    data = caller.store.resumes.file(person.revision)
    caller.audit("candidate.file_read", "candidate", person.id)
    headers = {"Content-Disposition": 'attachment; filename="resume"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.patch(
    "/candidates/{candidate_id}",
    summary="Change tags and external ids",
    responses=problems.responses(404, 409),
)
def change_candidate(caller: Writer, candidate_id: str, change: CandidatePatch) -> LabelsOut:
    """Replaces the tags, the external ids, or both at once. 409 where an external id means another person.
    The answer has no more of the person: a key that may write need not be one that may read."""
    keys = None if change.external_ids is None else [each.noun() for each in change.external_ids]
    person = caller.corpus.people.label(candidate_id, change.tags, keys)
    caller.audit("candidate.changed", "candidate", person.id)
    return labels_out(person)


@router.delete("/candidates/{candidate_id}", summary="Erase a person", responses=problems.responses(404))
def erase_candidate(caller: Eraser, candidate_id: str) -> ReceiptOut:
    """Takes away resumes, files, text, vectors, contact, tags, applications, reports, kept answers and files
    that wait; nobody finds them from then on. The receipt says what went, and what remains where."""
    person = caller.corpus.people.get(candidate_id).id
    receipt = caller.corpus.erase([person], caller.entry("candidate.erased", "candidate", person))
    hand_over_erased(caller.services, caller.key.tenant, person)
    return receipt_out(person, receipt)
