"""Roles, in frozen revisions: made from a posting, corrected by a person."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import ValidationError

from api import problems
from api.bodies import FILE_TYPES, FORM, JSON, described, kind_of, posted_file
from api.idempotency import router as new_router
from api.paging import Cursor, ExternalKey, ExternalSystem, Limit, Page, external, opened, page
from api.problems import FieldProblem, ProblemError
from api.schemas.roles import RoleIn, RoleOut, RolePatch, role_out
from api.security import Caller, Reader, Writer
from matcher.errors import UnsupportedFormatError
from matcher.reports.role_file import role_file_values
from matcher.sources import NamedFile
from matcher.types.corpus import ExternalId, RoleRevision

router = new_router("roles")

Revision = Annotated[
    int | None, Query(ge=1, le=1_000_000, description="A revision's number; the newest unless told.")
]


# What may be said beside a file: in a form, or in the query of a file that is sent alone.
_LABELS = ("external_system", "external_key")


_OBJECTS = {"role_file": "role file: take it as `role_file` gave it", "job_posting": "schema.org JobPosting"}


class _Posted:
    """What a role is made from."""

    def __init__(self, source: NamedFile, external: ExternalId | None, field: str | None = None) -> None:
        self.source = source
        self.external = external
        self.field = field  # of JSON, where its value is an object

    def added(self, caller: Caller, role_id: str | None = None) -> RoleRevision:
        """The role, or with `role_id` its next revision. Raises a ProblemError for an object that is none."""
        try:
            return caller.corpus.roles.add(self.source, role_id, self.external)
        except UnsupportedFormatError:
            if self.field is None:
                raise
            problem = FieldProblem(field=self.field, message=f"This is no {_OBJECTS[self.field]}.")
            raise ProblemError("invalid", "See `errors` for each field.", [problem]) from None


async def _posted(request: Request) -> _Posted:
    """A role's posting: JSON, a file, or a form with one."""
    kind = kind_of(request)
    if kind == JSON:
        try:
            given = RoleIn.model_validate_json(await request.body())
        except ValidationError as error:
            raise problems.invalid(error) from None
        named = given.external_id.noun() if given.external_id else None
        if given.text is not None:
            return _Posted(NamedFile("posting.txt", given.text.encode()), named)
        field = "role_file" if given.job_posting is None else "job_posting"
        data = json.dumps(getattr(given, field), ensure_ascii=False).encode()
        return _Posted(NamedFile("role.json", data), named, field)
    if kind not in (FORM, *FILE_TYPES):
        raise ProblemError("unsupported_media_type", f"Send {JSON}, {FORM}, or a file as {FILE_TYPES[1]}.")
    file = await posted_file(request, _LABELS)
    system, key = (file.fields.get(name) or None for name in _LABELS)
    named = external(system, key)
    return _Posted(NamedFile(file.name or "posting", file.data), named)


Posted = Annotated[_Posted, Depends(_posted)]
_BODY = described(RoleIn, *_LABELS)


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
    made = posted.added(caller)
    response.headers["Location"] = f"/v1/roles/{made.role_id}"
    caller.audit("role.created", "role", made.role_id)
    return _shown(caller, made)


@router.get("/roles", summary="List roles", responses=problems.responses())
def list_roles(
    caller: Reader,
    request: Request,
    response: Response,
    external_system: ExternalSystem = None,
    external_key: ExternalKey = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RoleOut]:
    """The newest revision of each role, or of the one that another system calls so."""
    wanted = external(external_system, external_key)
    if wanted is not None:
        known = caller.store.roles.by_external(wanted)
        found = [] if known is None else [caller.corpus.roles.get(known)]
    else:
        found = caller.corpus.roles.page(limit=limit + 1, after=opened(cursor))
    keys = caller.store.roles.external_ids([each.role_id for each in found])
    items = [role_out(each, keys.get(each.role_id, ())) for each in found]
    return page(request, response, items, limit, [each.role_id for each in found])


@router.get("/roles/{role_id}", summary="Read a role", responses=problems.responses(404))
def read_role(caller: Reader, role_id: str, revision: Revision = None) -> RoleOut:
    """A revision of a role as it was read, and as a person corrected it."""
    return _shown(caller, caller.corpus.roles.get(role_id, revision))


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
    made = posted.added(caller, role_id)
    caller.audit("role.replaced", "role", role_id)
    return _shown(caller, made)


@router.patch("/roles/{role_id}", summary="Change external ids", responses=problems.responses(404, 409))
def change_role(caller: Writer, role_id: str, change: RolePatch) -> RoleOut:
    """Replaces the keys that other systems have for the role (all its revisions); an empty list leaves none.
    409 where one means another role."""
    role = caller.corpus.roles.relink(role_id, [each.noun() for each in change.external_ids])
    caller.audit("role.changed", "role", role_id)
    return _shown(caller, role)


@router.delete(
    "/roles/{role_id}", status_code=204, summary="Delete a role", responses=problems.responses(404)
)
def delete_role(caller: Writer, role_id: str) -> None:
    """Takes away the role with its revisions, applications and matches."""
    caller.corpus.roles.remove(role_id, caller.entry("role.deleted", "role", role_id))


def _shown(caller: Caller, revision: RoleRevision) -> RoleOut:
    keys = caller.store.roles.external_ids([revision.role_id])
    return role_out(revision, keys.get(revision.role_id, ()))
