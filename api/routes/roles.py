"""Roles, in frozen revisions: made from a posting, corrected by a person."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import ValidationError

from api import problems
from api.bodies import FILE_TYPES, FORM, JSON, described, kind_of, posted_file
from api.idempotency import router as new_router
from api.paging import Cursor, Limit, Page, opened, page
from api.problems import ProblemError
from api.schemas.roles import RoleIn, RoleOut, role_out
from api.security import Reader, Writer
from matcher.reports.role_file import role_file_values
from matcher.sources import NamedFile
from matcher.types.corpus import ExternalId

router = new_router("roles")

Revision = Annotated[
    int | None, Query(ge=1, le=1_000_000, description="A revision's number; the newest unless told.")
]


class _Posted:
    """What a role is made from."""

    def __init__(self, source: NamedFile, external: ExternalId | None) -> None:
        self.source = source
        self.external = external


async def _posted(request: Request) -> _Posted:
    """A role's posting: JSON, a file, or a form with one."""
    kind = kind_of(request)
    if kind == JSON:
        try:
            given = RoleIn.model_validate_json(await request.body())
        except ValidationError as error:
            raise problems.invalid(error) from None
        external = given.external_id.noun() if given.external_id else None
        if given.text is not None:
            return _Posted(NamedFile("posting.txt", given.text.encode()), external)
        data = json.dumps(given.job_posting or given.role_file, ensure_ascii=False).encode()
        return _Posted(NamedFile("role.json", data), external)
    if kind not in (FORM, *FILE_TYPES):
        raise ProblemError("unsupported_media_type", f"Send {JSON}, {FORM}, or a file as {FILE_TYPES[1]}.")
    file = await posted_file(request)
    system, key = file.fields.get("external_system"), file.fields.get("external_key")
    return _Posted(
        NamedFile(file.name or "posting", file.data), ExternalId(system, key) if system and key else None
    )


Posted = Annotated[_Posted, Depends(_posted)]
_BODY = described(RoleIn, "external_system", "external_key")


@router.post(
    "/roles",
    status_code=201,
    summary="Make a role from a posting",
    responses=problems.responses(409, 415),
    openapi_extra=_BODY,
)
def create_role(caller: Writer, posted: Posted, response: Response) -> RoleOut:
    """Reads the posting: as text, a schema.org JobPosting, a corrected role file, or a file (PDF, DOCX, ODT,
    RTF, HTML, Markdown, text). The answer shows what was read, for a person to check before it ranks."""
    made = caller.corpus.roles.add(posted.source, None, posted.external)
    response.headers["Location"] = f"/v1/roles/{made.role_id}"
    caller.audit("role.created", "role", made.role_id)
    return role_out(made)


@router.get("/roles", summary="List roles", responses=problems.responses())
def list_roles(
    caller: Reader, request: Request, response: Response, limit: Limit = 50, cursor: Cursor = None
) -> Page[RoleOut]:
    """The newest revision of each role."""
    found = caller.corpus.roles.page(limit=limit + 1, after=opened(cursor))
    items = [role_out(each) for each in found]
    return page(request, response, items, limit, [each.role_id for each in found])


@router.get("/roles/{role_id}", summary="Read a role", responses=problems.responses(404))
def read_role(caller: Reader, role_id: str, revision: Revision = None) -> RoleOut:
    """A revision of a role as it was read, and as a person corrected it."""
    return role_out(caller.corpus.roles.get(role_id, revision))


@router.get("/roles/{role_id}/role_file", summary="The form to correct", responses=problems.responses(404))
def read_role_file(caller: Reader, role_id: str, revision: Revision = None) -> dict[str, Any]:
    """A role file (docs/role-file.md): change kinds, weights, wordings, clauses or constraints in it and send
    it back as `role_file` of a PUT."""
    return role_file_values(caller.corpus.roles.get(role_id, revision).role)


@router.put(
    "/roles/{role_id}",
    summary="Replace or correct a role",
    responses=problems.responses(404, 409, 415),
    openapi_extra=_BODY,
)
def replace_role(caller: Writer, role_id: str, posted: Posted) -> RoleOut:
    """Makes the next revision; earlier ones stay as they are, and reports that name them are stale then.
    What is as the newest revision changes nothing."""
    made = caller.corpus.roles.add(posted.source, role_id, posted.external)
    caller.audit("role.replaced", "role", role_id)
    return role_out(made)


@router.delete(
    "/roles/{role_id}", status_code=204, summary="Delete a role", responses=problems.responses(404)
)
def delete_role(caller: Writer, role_id: str) -> None:
    """Takes away the role with its revisions, applications and matches."""
    caller.corpus.roles.remove(role_id)
    caller.audit("role.deleted", "role", role_id)
