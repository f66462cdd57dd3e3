"""A job in the hands of the worker."""

from __future__ import annotations

from dataclasses import dataclass

from api.state import Services, now
from matcher.corpus import Corpus
from matcher.errors import (
    CorpusBusyError,
    CorpusFullError,
    CorpusReadOnlyError,
    CorpusUnavailableError,
)
from matcher.types.service import AuditEntry, Job

# What keeps anything from being done now: the job is begun again in a while.
LATER = (CorpusBusyError, CorpusFullError, CorpusReadOnlyError, CorpusUnavailableError)


class WorkFailedError(Exception):
    """A job that cannot be done, by a stable code and what to do about it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Task:
    """What to do, and for whom."""

    services: Services
    corpus: Corpus
    job: Job

    @property
    def tenant(self) -> str:
        """Whose job it is."""
        return self.corpus.store.tenant

    def is_wanted(self) -> bool:
        """Whether to go on: it was not cancelled. Ask between two items."""
        return self.corpus.store.jobs.seen(self.job.id, now())

    def entry(self, action: str, kind: str, subject: str) -> AuditEntry:
        """A line of the audit log: what is done here was asked by whoever handed the job in."""
        return AuditEntry(now(), self.job.actor, action, kind, subject, self.job.request_id)
