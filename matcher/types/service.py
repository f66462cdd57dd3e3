"""The nouns of the service: keys, lines of the audit log, jobs, matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
    what it was done to, by its id. No entry holds text of a resume, a name or an address.

    `number` is the place in the log, of a line that was read from there."""

    at: datetime
    actor: str
    action: str
    kind: str
    subject: str
    request_id: str | None = None
    number: int | None = None


class JobState(StrEnum):
    """How far a job is. The last three are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"  # every item was settled, whatever became of it
    FAILED = "failed"  # as a whole: see its code
    CANCELLED = "cancelled"

    @property
    def is_end(self) -> bool:
        """Whether nothing more will happen."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class ItemState(StrEnum):
    """What became of one item of a job."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """Slow work that was accepted. `request` says what to do, by ids; `counts` how many items are in which
    state, of `total`; `code` and `message` why it failed as a whole."""

    id: str
    kind: str
    state: JobState
    request: Mapping[str, object]
    result: Mapping[str, object] | None
    total: int
    counts: Mapping[ItemState, int]
    code: str | None
    message: str | None
    actor: str
    request_id: str | None
    created: datetime
    started: datetime | None
    finished: datetime | None
    attempt: int


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A job of any tenant that has not come to an end; `seen` is when it was last worked on."""

    tenant: str
    id: str
    attempt: int
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class JobItem:
    """One item of a job. `upload` names the file that waits; `candidate` and `outcome` what became of it."""

    ordinal: int
    state: ItemState
    upload: str | None = None
    candidate: str | None = None
    outcome: str | None = None
    code: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was accepted and is not taken in yet; `data` is None where `labels` say where to fetch it.

    `labels` is JSON: what was said of the file (its name, tags, whose it is).
    """

    labels: Mapping[str, object]
    data: bytes | None = None
    candidate: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A role revision against people, as it was asked and came out.

    `request` is what was asked, `head` what is said of all together, None while it is made; `job` makes it.
    """

    id: str
    role_id: str
    role_revision: int
    today: date
    request: Mapping[str, object]
    head: Mapping[str, object] | None
    engine: str
    job: str | None
    created: datetime
    reports: int


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One person's report in a match: `place` from 0 in its order, `content` is JSON in UTF-8."""

    place: int
    candidate: str
    score: float | None
    content: bytes
