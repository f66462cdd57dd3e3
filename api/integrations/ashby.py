"""Ashby's assessments partner API: what Ashby calls here, in its envelope.

`assessment.start` carries neither a resume nor a posting: `api.integrations.ashby_api` fetches them.
"""

from __future__ import annotations

import structlog
from pydantic import BaseModel, ConfigDict, Field

from api.integrations.ashby_api import SYSTEM
from api.integrations.assessing import accept, connection_of, named, published, test_id
from api.integrations.dialect import dialect, refusals
from api.problems import FieldProblem, Problem, ProblemError
from api.security import Reader, Writer
from api.state import now
from matcher.errors import NotInCorpusError
from matcher.types.service import Asked, AssessmentState

# Instead of a role revision: the posting of the job that was applied to, read from Ashby.
POSTING = "job-posting"

_ENDS = frozenset(AssessmentState) - {AssessmentState.PENDING}


class _Given(BaseModel):
    """A body of Ashby's, which may get more properties at any time."""

    model_config = ConfigDict(extra="ignore")


class AshbyErrorInfo(BaseModel):
    """Why a call was refused."""

    code: str
    message: str
    request_id: str = Field(alias="requestId")


class AshbyRefusal(BaseModel):
    """A refusal in Ashby's shape."""

    success: bool = Field(examples=[False])
    errors: list[str]
    message: str
    error_info: AshbyErrorInfo = Field(alias="errorInfo")


class AssessmentType(BaseModel):
    """A role revision, as an assessment that can be chosen."""

    assessment_type_id: str
    name: str
    description: str


class AssessmentTypes(BaseModel):
    """All of them, on one page."""

    success: bool
    results: list[AssessmentType]
    more_data_available: bool = Field(alias="moreDataAvailable")
    next_cursor: str | None = Field(alias="nextCursor")


class AshbyNamed(_Given):
    """What Ashby names by its id."""

    ashby_id: str = Field(min_length=1, max_length=200)


class AshbyPerson(AshbyNamed):
    """Who is to be assessed: the resume is read from Ashby under this id. The rest of what Ashby says of them
    is not looked at."""


class StartIn(_Given):
    """A person is to be assessed."""

    assessment_type_id: str = Field(min_length=1, max_length=220)
    candidate: AshbyPerson
    application: AshbyNamed
    job: AshbyNamed | None = None


class CancelIn(_Given):
    """An assessment is not wanted any more."""

    assessment_id: str = Field(min_length=1, max_length=200)


class AssessmentNamed(BaseModel):
    """An assessment by its id."""

    assessment_id: str


class AssessmentOut(BaseModel):
    """Which assessment it is."""

    success: bool
    results: AssessmentNamed


def _worded(problem: Problem) -> dict[str, object]:
    """422 and 409 carry a `message`; everything else has it too."""
    text = " ".join([problem.detail, *(f"{each.field}: {each.message}" for each in problem.errors)])
    info = {"code": problem.code, "message": text, "requestId": problem.request_id}
    return {"success": False, "errors": [problem.code], "message": text, "errorInfo": info}


router = dialect("/integrations/ashby", "ashby", _worded)


@router.post("/assessment.list", summary="List role revisions", responses=refusals(AshbyRefusal))
def list_assessments(caller: Reader) -> AssessmentTypes:
    """The newest revision of each role; before them, where Ashby is connected, the job's own posting."""
    found = [
        AssessmentType(
            assessment_type_id=test_id(each),
            name=named(each),
            description="The resume against this role, with the words that speak for each qualification.",
        )
        for each in published(caller.corpus)
    ]
    if connection_of(caller.corpus, "ashby") is not None:
        posting = AssessmentType(
            assessment_type_id=POSTING,
            name="The job's own posting",
            description="The resume against the posting that Ashby has for the job.",
        )
        found.insert(0, posting)
    return AssessmentTypes(success=True, results=found, moreDataAvailable=False, nextCursor=None)


@router.post("/assessment.start", summary="Assess a person", responses=refusals(AshbyRefusal, 409))
def start_assessment(caller: Writer, asked: StartIn) -> AssessmentOut:
    """Accepts the assessment and answers at once; a job reads the resume from Ashby, compares it and tells
    Ashby by `assessment.update`. 409 while the same is still worked on. No mail is sent to anybody."""
    connection = connection_of(caller.corpus, "ashby")
    if connection is None or "api_key" not in connection.credentials:
        raise ProblemError("invalid", "No Ashby API key is set here: resumes cannot be read from Ashby.")
    role, number = None, None
    if asked.assessment_type_id != POSTING:
        try:
            revision = caller.corpus.roles.named(asked.assessment_type_id)
        except NotInCorpusError:
            problem = FieldProblem(field="assessment_type_id", message="It is none of assessment.list.")
            raise ProblemError("invalid", "There is no such assessment.", [problem]) from None
        role, number = revision.role_id, revision.number
    known = Asked(
        SYSTEM,
        f"{asked.application.ashby_id}\n{asked.assessment_type_id}",
        asked.candidate.ashby_id,
        role,
        number,
        asked.application.ashby_id,
    )
    assessment, begun = accept(caller, known, None, _ENDS)
    if not begun:
        detail = f"This assessment is running already, as {assessment.id}."
        raise ProblemError("conflict", detail)
    return AssessmentOut(success=True, results=AssessmentNamed(assessment_id=assessment.id))


@router.post("/assessment.cancel", summary="Cancel an assessment", responses=refusals(AshbyRefusal))
def cancel_assessment(caller: Writer, asked: CancelIn) -> AssessmentOut:
    """Stops it: Ashby is told nothing more of it. One that was cancelled before stays so; 422 for one that is
    complete or unknown."""
    try:
        assessment = caller.store.assessments.get(asked.assessment_id)
    except NotInCorpusError:
        raise _no_such() from None
    if assessment.system != SYSTEM:
        raise _no_such()
    cancelled = caller.store.assessments.cancel(assessment.id, now())
    state = caller.store.assessments.get(assessment.id).state
    if not cancelled and state is not AssessmentState.CANCELLED:
        raise ProblemError("invalid", f"The assessment is {state.value}: there is nothing to cancel.")
    structlog.get_logger().info("assessment_cancelled", assessment=assessment.id)
    caller.audit("assessment.cancelled", "assessment", assessment.id)
    return AssessmentOut(success=True, results=AssessmentNamed(assessment_id=assessment.id))


def _no_such() -> ProblemError:
    problem = FieldProblem(field="assessment_id", message="There is no assessment with this id.")
    return ProblemError("invalid", "There is no such assessment.", [problem])
