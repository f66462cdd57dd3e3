"""The nouns of the service: keys and the lines of the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do. None includes another."""

    READ = "read"
    WRITE = "write"
    ERASE = "erase"
    ADMIN = "admin"  # webhooks, connections, the audit log


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed: all but its secret."""

    id: str
    tenant: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    last_used: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether it opens anything at `now`."""
        return self.revoked is None and (self.expires is None or now < self.expires)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line: `actor` is a key's id or "system", `action` such as "candidate.read", `kind` and `subject`
    what it was done to, by its id. No entry holds text of a resume, a name or an address."""

    at: datetime
    actor: str
    action: str
    kind: str
    subject: str
    request_id: str | None = None
