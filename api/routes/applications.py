"""Applications: candidate, role revision and stage, under the keys of an ATS too."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api import problems
from api.idempotency import router as new_router
from api.paging import Cursor, ExternalKey, ExternalSystem, Limit, Page, RoleAsked, external, opened, page
from api.schemas.applications import ApplicationIn, ApplicationOut, ApplicationPatch, application_out
from api.security import Reader, Writer

router = new_router("applications")

_Person = Annotated[str | None, Query(max_length=200, description="Of this person alone.", examples=[None])]


@router.post(
    "/applications",
    status_code=201,
    summary="Put an application down",
    responses=problems.responses(404, 409),
)
def create_application(caller: Writer, asked: ApplicationIn, response: Response) -> ApplicationOut:
    """Ties a person to a frozen revision of a role."""
    external = asked.external_id.noun() if asked.external_id else None
    made = caller.corpus.applications.add(asked.candidate, asked.role, asked.stage, external)
    caller.audit("application.created", "candidate", made.candidate)
    response.headers["Location"] = f"/v1/applications/{made.id}"
    return application_out(made)


@router.get("/applications", summary="List applications", responses=problems.responses(404))
def list_applications(
    caller: Reader,
    request: Request,
    response: Response,
    candidate: _Person = None,
    role: RoleAsked = None,
    external_system: ExternalSystem = None,
    external_key: ExternalKey = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ApplicationOut]:
    """All applications, those of a person or to a role, or the one that another system calls so."""
    applications, wanted = caller.corpus.applications, external(external_system, external_key)
    if wanted is not None:
        known = caller.store.applications.by_external(wanted)
        found = [] if known is None else [applications.get(known)]
    else:
        found = applications.page(candidate, role, limit=limit + 1, after=opened(cursor))
    caller.audit("application.read", "candidate", *dict.fromkeys(each.candidate for each in found[:limit]))
    return page(
        request, response, [application_out(each) for each in found], limit, [each.id for each in found]
    )


@router.get(
    "/applications/{application_id}", summary="Read an application", responses=problems.responses(404)
)
def read_application(caller: Reader, application_id: str) -> ApplicationOut:
    """One application."""
    found = caller.corpus.applications.get(application_id)
    caller.audit("application.read", "candidate", found.candidate)
    return application_out(found)


@router.patch(
    "/applications/{application_id}",
    summary="Move an application, or change its external ids",
    responses=problems.responses(404, 409),
)
def change_application(caller: Writer, application_id: str, change: ApplicationPatch) -> ApplicationOut:
    """Puts an application into another stage, replaces the keys that other systems have for it, or both at
    once. 409 where an external id means another application. The service itself never moves one."""
    keys = None if change.external_ids is None else [each.noun() for each in change.external_ids]
    changed = caller.corpus.applications.change(application_id, change.stage, keys)
    action = "application.changed" if change.stage is None else "application.moved"
    caller.audit(action, "candidate", changed.candidate)
    return application_out(changed)


@router.delete(
    "/applications/{application_id}",
    status_code=204,
    summary="Delete an application",
    responses=problems.responses(404),
)
def delete_application(caller: Writer, application_id: str) -> None:
    """Takes the application away; the person and the role stay."""
    found = caller.corpus.applications.get(application_id)
    caller.corpus.applications.remove(application_id)
    caller.audit("application.deleted", "candidate", found.candidate)
