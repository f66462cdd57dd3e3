"""People of the corpus."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from api.schemas.common import ExternalId
from matcher.types.corpus import Candidate


class CandidateOut(BaseModel):
    """A person as lists show them; name and e-mail are those of the newest resume."""

    id: str
    name: str | None
    emails: list[str]
    revision: int
    updated: datetime
    source: str | None
    tags: list[str]
    external_ids: list[ExternalId]


def candidate_out(candidate: Candidate) -> CandidateOut:
    """A person as they are answered."""
    return CandidateOut(
        id=candidate.id,
        name=candidate.name,
        emails=list(candidate.emails),
        revision=candidate.revision,
        updated=candidate.updated,
        source=candidate.source,
        tags=list(candidate.tags),
        external_ids=[ExternalId(system=each.system, key=each.key) for each in candidate.external_ids],
    )
