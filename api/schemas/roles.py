"""Roles: a posting in, what was read of it out, a corrected one back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, model_validator

from api.schemas.common import ExternalId, Strict
from matcher.reports.json import role_object
from matcher.types import corpus
from matcher.types.corpus import RoleRevision

POSTING = """Site Reliability Engineer

Requirements
- 3+ years of experience with Kubernetes
- Python or Go
- Fluent in English
"""


_SHOWN = ("title", "company", "qualifications", "logistics", "edits")


class RoleIn(Strict):
    """A role: exactly one of `text`, `job_posting` and `role_file`."""

    text: str | None = Field(None, max_length=400_000, description="The posting.", examples=[POSTING])
    job_posting: dict[str, Any] | None = Field(None, description="A schema.org JobPosting.", examples=[None])
    role_file: dict[str, Any] | None = Field(
        None,
        description="A role file, as a role's `role_file` gives it, corrected by a person.",
        examples=[None],
    )
    external_id: ExternalId | None = Field(None, description="The key that the ATS has for it.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.text, self.job_posting, self.role_file)) != 1:
            raise ValueError("Give exactly one of text, job_posting and role_file.")
        return self


class RolePatch(Strict):
    """What to change of a role; its content is replaced by a PUT."""

    external_ids: Annotated[list[ExternalId], Field(max_length=50)] = Field(
        description="Replaces all external ids.", examples=[[{"system": "greenhouse", "key": "4711"}]]
    )


class RoleOut(BaseModel):
    """A frozen revision of a role: what its posting was read as, and what a person changed in it."""

    id: str = Field(description="Of the role; all its revisions have it.")
    revision: int = Field(description="Counted from 1; an edit makes the next one.")
    newest: bool = Field(description="Whether there is none after it.")
    created: datetime = Field(description="When this revision was made.")
    title: str | None = Field(description="As the posting has it.")
    company: str | None = Field(description="As the posting has it.")
    qualifications: list[dict[str, Any]] = Field(
        description="Each with id, text, kind (required, preferred, responsibility), weight, constraints, "
        "alternatives, and whether it is looked for in resumes or asked in an interview."
    )
    logistics: dict[str, Any] = Field(description="Place, pay and the like: shown, never scored.")
    edits: list[dict[str, Any]] = Field(description="What a person changed, each with before and after.")
    external_ids: list[ExternalId] = Field(description="The keys that other systems have for it.")
    links: dict[str, str] = Field(description="`self`, and `role_file`: the form to correct and send back.")


def role_out(revision: RoleRevision, external_ids: Iterable[corpus.ExternalId]) -> RoleOut:
    """A revision as it is answered."""
    path = f"/v1/roles/{revision.role_id}"
    shown = role_object(revision.role)
    own = {
        "id": revision.role_id,
        "revision": revision.number,
        "newest": revision.newest,
        "created": revision.created,
        "external_ids": [ExternalId(system=each.system, key=each.key) for each in external_ids],
        "links": {
            "self": f"{path}?revision={revision.number}",
            "role_file": f"{path}/role_file?revision={revision.number}",
        },
    }
    return RoleOut.model_validate({**own, **{key: shown[key] for key in _SHOWN}})
