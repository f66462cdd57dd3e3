"""The audit log, for whoever answers for the data."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api import problems
from api.idempotency import router as new_router
from api.paging import Cursor, Limit, Page, opened, ordinals, page
from api.schemas.audit import AuditOut, audit_out
from api.schemas.common import Moment
from api.security import Admin

router = new_router("audit")


_Since = Annotated[
    Moment | None,
    Query(description="Only lines of this moment or later.", examples=["2026-01-31T00:00:00Z"]),
]
_Subject = Annotated[
    str | None, Query(max_length=200, description="Only lines of this person, role ...", examples=[None])
]


@router.get("/audit", summary="Export the audit log", responses=problems.responses())
def list_audit(
    caller: Admin,
    request: Request,
    response: Response,
    since: _Since = None,
    subject: _Subject = None,
    limit: Limit = 200,
    cursor: Cursor = None,
) -> Page[AuditOut]:
    """Every read and write of a person's data, in the order in which it happened. Lines are never changed and
    outlive the person: they hold ids alone. `matcher audit export` writes all of it as JSON Lines."""
    found = caller.store.audit.page(limit + 1, ordinals(opened(cursor)), since, subject)
    caller.audit("audit.read", "audit", "log")
    positions = [".".join(map(str, each.place)) for each in found]
    return page(request, response, list(map(audit_out, found)), limit, positions)
