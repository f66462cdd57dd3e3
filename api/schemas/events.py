"""Events: what is told of each type. Nothing is told that has no field here, and each is an id or a code."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.schemas.common import Strict
from matcher.types.webhooks import EventType


def _id(of: str) -> Any:
    return Field(min_length=1, max_length=200, description=f"The id of {of}.")


_JOB = Field(None, max_length=200, description="The job that did it; null where there was none.")
_LINKS: dict[str, str] = Field(default_factory=dict, description="Where to read more, with a key.")


class CandidateReady(Strict):
    """A resume was taken in: the person can be found and compared."""

    candidate_id: str = _id("the person")
    outcome: Literal["added", "revised", "unchanged"] = Field(
        description="A new person, the next resume of one who was known, or a file that was known."
    )
    job_id: str | None = _JOB
    item: int | None = Field(None, description="Its place in the job.")
    links: dict[str, str] = _LINKS


class CandidateRejected(Strict):
    """A resume could not be taken in."""

    job_id: str = _id("the job")
    item: int = Field(description="Its place in the job.")
    code: str = Field(max_length=100, description="Why; the item of the job says it in words.")
    links: dict[str, str] = _LINKS


class CandidateErased(Strict):
    """A person was erased: forget what was copied from here."""

    candidate_id: str = _id("the person")


class MatchCompleted(Strict):
    """A role was compared with people: the reports can be read."""

    match_id: str = _id("the match")
    role_id: str = _id("the role")
    role_revision: int = Field(description="The revision that people were compared with.")
    reports: int = Field(description="How many people have a report.")
    job_id: str | None = _JOB
    links: dict[str, str] = _LINKS


class WebhookTest(Strict):
    """Somebody asked for a test."""

    endpoint_id: str = _id("the endpoint")


MODELS: dict[EventType, type[Strict]] = {
    EventType.CANDIDATE_READY: CandidateReady,
    EventType.CANDIDATE_REJECTED: CandidateRejected,
    EventType.CANDIDATE_ERASED: CandidateErased,
    EventType.MATCH_COMPLETED: MatchCompleted,
    EventType.TEST: WebhookTest,
}
