"""Greenhouse's assessment partner API: what Greenhouse calls here, in its casing and its error shape.

The candidate is sent nothing: what is assessed is the resume that Greenhouse has.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Annotated

import structlog
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from api.guard import BlockedAddressError, checked_url
from api.intake import ResumeUpload
from api.integrations.assessing import (
    FILE_NAME,
    accept,
    link_of,
    named,
    published,
    settings_for,
    test_id,
    told,
)
from api.integrations.dialect import dialect, refusals
from api.problems import FieldProblem, Problem, ProblemError
from api.security import Reader, Writer
from matcher.errors import NotInCorpusError
from matcher.types.corpus import ExternalId
from matcher.types.service import Asked, AssessmentState

SYSTEM = "greenhouse"

# An application's address: https://app.greenhouse.io/people/17681532?application_id=26234709
_PERSON = re.compile(r"/people/([0-9]{1,20})(?:[/?#]|$)")

_CALLS = re.compile(r"[a-z_]{1,40}")

# What begins again when it is asked for again.
_AGAIN = frozenset((AssessmentState.FAILED, AssessmentState.CANCELLED))

_Url = Annotated[str | None, Field(max_length=2000)]


class _Given(BaseModel):
    """A body of Greenhouse's, which may get more properties at any time."""

    model_config = ConfigDict(extra="ignore")


class GreenhouseError(BaseModel):
    """What is wrong with one field."""

    message: str
    field: str | None


class GreenhouseErrors(BaseModel):
    """A refusal in Greenhouse's shape."""

    message: str
    errors: list[GreenhouseError]


class PartnerTest(BaseModel):
    """A role revision, as a test that can be chosen."""

    partner_test_id: str
    partner_test_name: str


class GreenhouseCandidate(_Given):
    """Who is to be assessed. Only the resume is looked at, and whose it is; nothing is sent to anybody."""

    resume_url: _Url = Field(None, description="It expires; it is fetched at once.")
    greenhouse_profile_url: _Url = Field(None, description="It names the person's id.")


class SendTest(_Given):
    """A person is to be assessed against a role revision."""

    partner_test_id: str = Field(min_length=1, max_length=220)
    candidate: GreenhouseCandidate
    url: _Url = Field(None, description="Where to say that the test is complete, by a PATCH without a body.")


class PartnerInterview(BaseModel):
    """What was begun."""

    partner_interview_id: str


class TestStatus(BaseModel):
    """How an assessment stands. Greenhouse asks until `partner_status` is `complete`."""

    partner_status: str = Field(description="`pending`, `complete` or `failed`.")
    partner_profile_url: str | None = Field(description="The report, behind a link that expires.")
    partner_score: int | None = Field(description="0 to 100; null unless the connection's settings show it.")
    metadata: dict[str, str | int | bool | None]


class ResponseError(_Given):
    """What Greenhouse could not use of an answer."""

    api_call: str = Field("", max_length=200)
    errors: list[object] = Field(default_factory=list, max_length=1000)


def _worded(problem: Problem) -> dict[str, object]:
    errors = [{"message": each.message, "field": each.field} for each in problem.errors]
    return {"message": problem.detail, "errors": errors}


router = dialect("/integrations/greenhouse", "greenhouse", _worded)
_REFUSALS = refusals(GreenhouseErrors)
_NOT_FOUND = refusals(GreenhouseErrors, 404)


@router.get("/list_tests", summary="List role revisions", responses=_REFUSALS)
def list_tests(caller: Reader) -> list[PartnerTest]:
    """The newest revision of each role, as Greenhouse lists tests: a bare array."""
    return [
        PartnerTest(partner_test_id=test_id(each), partner_test_name=named(each))
        for each in published(caller.corpus)
    ]


@router.post("/send_test", summary="Assess a person", responses=_REFUSALS)
def send_test(caller: Writer, asked: SendTest) -> PartnerInterview:
    """Accepts the assessment and answers at once; the resume is fetched and compared by a job. Sent again
    with the same `url`, it is the same assessment, unless that failed. No mail is sent to anybody."""
    try:
        revision = caller.corpus.roles.named(asked.partner_test_id)
    except NotInCorpusError:
        raise _wrong("partner_test_id", "This is no test of list_tests, or its role was deleted.") from None
    allowed = caller.services.settings.allowed_hosts
    for field, url in (("candidate.resume_url", asked.candidate.resume_url), ("url", asked.url)):
        try:
            _ = url and checked_url(url, allowed)
        except BlockedAddressError as error:
            raise _wrong(field, str(error)) from None
    found = _PERSON.search(asked.candidate.greenhouse_profile_url or "")
    person = found[1] if found else None
    external = None if person is None else ExternalId(SYSTEM, person)
    upload = ResumeUpload(url=asked.candidate.resume_url, name=FILE_NAME, source=SYSTEM, external=external)
    known = Asked(SYSTEM, _key(asked, person), person, revision.role_id, revision.number, asked.url)
    assessment, _ = accept(caller, known, upload if asked.candidate.resume_url else None, _AGAIN)
    return PartnerInterview(partner_interview_id=assessment.id)


@router.get("/test_status", summary="Ask for the result", responses=_NOT_FOUND)
def test_status(
    caller: Reader, partner_interview_id: Annotated[str, Query(min_length=1, max_length=200)]
) -> TestStatus:
    """The state of an assessment and, when it is complete, the link to its report and counts. Asking every
    hour for weeks is expected."""
    assessment = caller.store.assessments.get(partner_interview_id)
    if assessment.system != SYSTEM:
        raise NotInCorpusError("There is no assessment with this id.")
    standing = told(caller.corpus, assessment)
    if standing.state is not AssessmentState.COMPLETE:
        pending = standing.state is AssessmentState.PENDING
        reason = None if pending else standing.message or "It was cancelled."
        return TestStatus(
            partner_status="pending" if pending else "failed",
            partner_profile_url=None,
            partner_score=None,
            metadata={"code": standing.code, "reason": reason},
        )
    settings = settings_for(caller.corpus, "greenhouse")
    result = dict(assessment.result or {})
    score = result.pop("score", None)
    caller.audit("candidate.matched", "candidate", assessment.candidate or "")
    return TestStatus(
        partner_status="complete",
        partner_profile_url=link_of(caller.services, caller.corpus, assessment, settings.report_days),
        partner_score=score if settings.show_score and isinstance(score, int) else None,
        metadata={name: value for name, value in result.items() if isinstance(value, str | int)},
    )


@router.post("/response_error", summary="Say that an answer was of no use", responses=_REFUSALS)
def response_error(caller: Writer, asked: ResponseError) -> dict[str, bool]:
    """Notes in the log that Greenhouse could not use an answer, and of which call: no word of its errors."""
    call = asked.api_call if _CALLS.fullmatch(asked.api_call) else "other"
    structlog.get_logger().error(
        "greenhouse_response_error", call=call, errors=len(asked.errors), key=caller.key.id
    )
    return {"received": True}


def _key(asked: SendTest, person: str | None) -> str:
    """What makes two requests the same: `url` is of the one test of the one application."""
    resume = asked.candidate.resume_url
    said = asked.url or (f"{person}\n{resume}" if person or resume else secrets.token_hex())
    return hashlib.sha256(f"{asked.partner_test_id}\n{said}".encode()).hexdigest()


def _wrong(field: str, message: str) -> ProblemError:
    return ProblemError("invalid", "Validation error", [FieldProblem(field=field, message=message)])
