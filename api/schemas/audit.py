"""The audit log as it is exported."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from matcher.types.service import AuditEntry


class AuditOut(BaseModel):
    """Who did what to whom, and when: ids alone."""

    at: datetime = Field(description="When it was done.")
    actor: str = Field(
        description="The id of a key, `system`, another system such as `greenhouse`, or `command:` and the "
        "number of the account that ran a command."
    )
    action: str = Field(description="Such as `candidate.read`.")
    kind: str = Field(description="Of the subject: `candidate`, `role`, `match` ...")
    subject: str = Field(description="The subject's id.")
    request_id: str | None = Field(description="Under which request.")


def audit_out(entry: AuditEntry) -> AuditOut:
    """A line as it is answered."""
    return AuditOut(
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        kind=entry.kind,
        subject=entry.subject,
        request_id=entry.request_id,
    )
