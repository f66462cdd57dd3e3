"""Applications: who applied to which revision of a role, and the stage that is at."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas.common import EXAMPLE_ID, ExternalId, Strict
from matcher.types.corpus import Application


class ApplicationIn(Strict):
    """A person and a revision of a role."""

    candidate: str = Field(
        min_length=1, max_length=200, description="The id of a person.", examples=[EXAMPLE_ID]
    )
    role: str = Field(
        min_length=1,
        max_length=200,
        description="The id of a role, for its newest revision, or `ID@2`.",
        examples=[EXAMPLE_ID],
    )
    stage: str = Field("applied", min_length=1, max_length=200, description="In the words of the ATS.")
    external_id: ExternalId | None = Field(None, description="The key that the ATS has for it.")


class ApplicationPatch(Strict):
    """What to change; what is absent or null stays as it is."""

    stage: str | None = Field(
        None, min_length=1, max_length=200, description="In the words of the ATS.", examples=["interview"]
    )
    external_ids: Annotated[list[ExternalId], Field(max_length=50)] | None = Field(
        None,
        description="Replaces all external ids; an empty list leaves none.",
        examples=[[{"system": "greenhouse", "key": "4711"}]],
    )


class ApplicationOut(BaseModel):
    """An application."""

    id: str = Field(description="Of the application.")
    candidate_id: str = Field(description="Who applied.")
    role_id: str = Field(description="To which role.")
    role_revision: int = Field(description="To which revision of it.")
    stage: str = Field(description="In the words of the ATS.")
    updated: datetime = Field(description="When it was made or last changed.")
    external_ids: list[ExternalId] = Field(description="The keys that other systems have for it.")


def application_out(application: Application) -> ApplicationOut:
    """An application as it is answered."""
    return ApplicationOut(
        id=application.id,
        candidate_id=application.candidate,
        role_id=application.role_id,
        role_revision=application.role_revision,
        stage=application.stage,
        updated=application.updated,
        external_ids=[ExternalId(system=each.system, key=each.key) for each in application.external_ids],
    )
