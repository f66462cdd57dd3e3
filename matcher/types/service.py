"""The nouns of the service: keys, lines of the audit log, jobs, matches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """One line: `actor` is a key's id, "system", another system, or "command:" and the number of the account
    that ran a command; `action` such as "candidate.read", `kind` and `subject` what it was done to, by its
    id. No entry holds text of a resume, a name or an address.

    `place` is that in the log, of a line that was read from there: how far each part of it was read."""

    at: datetime
    actor: str
    action: str
    kind: str
    subject: str
    request_id: str | None = None
    place: tuple[int, ...] = ()


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
    """A job of any tenant that has not come to an end; `seen` is when it was last worked on, `request_id`
    that of the request that handed it in."""

    tenant: str
    id: str
    attempt: int
    seen: datetime | None
    request_id: str | None


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
    """One person's report in a match: `place` from 0 in its order, `content` is JSON in UTF-8.

    `engine` is what made it, as the match's head says: it is read, and not written here.
    """

    place: int
    candidate: str
    score: float | None
    content: bytes
    engine: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """How a system of others is reached. `credentials` are sent to it and never shown; `cursor` is how far
    its people were read, None before and after."""

    system: str
    credentials: Mapping[str, str] = field(repr=False)
    settings: Mapping[str, object]
    cursor: Mapping[str, object] | None
    updated: datetime


class AssessmentState(StrEnum):
    """How far an assessment is. All but the first are ends."""

    PENDING = "pending"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an ATS asks to be assessed. `external` is its key of the request, `person` of the person,
    `callback` the address to tell it at; the role is None where its own posting is meant."""

    system: str
    external: str
    person: str | None
    role_id: str | None
    role_revision: int | None
    callback: str | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person against one role revision for an ATS. `candidate` is None until their resume is in.

    `result` is counts and days, no text; `due` is when the ATS is to be told, None when it knows; `attempt`
    how often telling it failed.
    """

    id: str
    system: str
    external: str
    person: str | None
    role_id: str | None
    role_revision: int | None
    candidate: str | None
    state: AssessmentState
    callback: str | None
    job: str | None
    result: Mapping[str, object] | None
    code: str | None
    message: str | None
    due: datetime | None
    attempt: int
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class DueNotice:
    """An assessment of any tenant that its ATS is to be told of."""

    tenant: str
    assessment: str
