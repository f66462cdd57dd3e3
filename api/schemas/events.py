"""Events: what is told of each type. Nothing is told that has no field here, and each is an id or a code."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Strict
from matcher.types.webhooks import EventType

_ID = Field(min_length=1, max_length=200)
_JOB = Field(None, max_length=200, description="The job that did it; null where there was none.")
_LINKS: dict[str, str] = Field(default_factory=dict, description="Where to read more, with a key.")


class CandidateReady(Strict):
    """A resume was taken in: the person can be found and compared."""

    candidate_id: str = _ID
    outcome: Literal["added", "revised", "unchanged"]
    job_id: str | None = _JOB
    item: int | None = Field(None, description="Its place in the job.")
    links: dict[str, str] = _LINKS


class CandidateRejected(Strict):
    """A resume could not be taken in."""

    job_id: str = _ID
    item: int
    code: str = Field(max_length=100, description="Why; the item of the job says it in words.")
    links: dict[str, str] = _LINKS


class CandidateErased(Strict):
    """A person was erased: forget what was copied from here."""

    candidate_id: str = _ID


class MatchCompleted(Strict):
    """A role was compared with people: the reports can be read."""

    match_id: str = _ID
    role_id: str = _ID
    role_revision: int
    reports: int = Field(description="How many people have a report.")
    job_id: str | None = _JOB
    links: dict[str, str] = _LINKS


class WebhookTest(Strict):
    """Somebody asked for a test."""

    endpoint_id: str = _ID


MODELS: dict[EventType, type[Strict]] = {
    EventType.CANDIDATE_READY: CandidateReady,
    EventType.CANDIDATE_REJECTED: CandidateRejected,
    EventType.CANDIDATE_ERASED: CandidateErased,
    EventType.MATCH_COMPLETED: MatchCompleted,
    EventType.TEST: WebhookTest,
}
