"""One tenant's corpus, opened."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Self

from matcher.store.applications import Applications
from matcher.store.backup import Backup
from matcher.store.changes import Changes
from matcher.store.database import Database
from matcher.store.features import Features
from matcher.store.health import problems, stats
from matcher.store.lexical import Lexical
from matcher.store.outlines import OutlineStore
from matcher.store.people import People
from matcher.store.resumes import Resumes
from matcher.store.retention import RetentionRules
from matcher.store.revision_vectors import RevisionVectors
from matcher.store.roles import Roles
from matcher.store.service.answers import Answers
from matcher.store.service.assessments import Assessments
from matcher.store.service.audit import AuditLog
from matcher.store.service.audit_file import AuditFile
from matcher.store.service.connections import Connections
from matcher.store.service.deliveries import Deliveries
from matcher.store.service.inbound import InboundEvents
from matcher.store.service.jobs import Jobs
from matcher.store.service.keys import ApiKeys, find_key
from matcher.store.service.matches import Matches
from matcher.store.service.secrets import Secrets
from matcher.store.service.webhooks import Webhooks
from matcher.store.vectors import VectorStore
from matcher.types.corpus import Stats
from matcher.types.service import ApiKey, DueNotice, OpenJob


class Store:
    """What lasts of one tenant, by topic. `open_store` makes it; it may be used by several threads at once.

    Each call is one transaction: what it returned has happened, what raised has not.
    """

    def __init__(self, database: Database, lender: Store | None = None) -> None:
        """A store that has a lender leaves its connections to that one."""
        self._database = database
        self._borrows = lender is not None
        self._audit_file: AuditFile | None = lender._audit_file if lender else _audit_file(database.folder)
        self.resumes = Resumes(database)
        self.features = Features(database)
        self.outlines = OutlineStore(database)
        self.people = People(database)
        self.vectors = VectorStore(database)
        self.revision_vectors = RevisionVectors(database)
        self.lexical = Lexical(database)
        self.roles = Roles(database)
        self.applications = Applications(database)
        self.retention = RetentionRules(database)
        self.changes = Changes(database)
        self.backup = Backup(database)
        self.keys = ApiKeys(database)
        self.audit = AuditLog(database, self._audit_file)
        self.jobs = Jobs(database)
        self.answers = Answers(database)
        self.matches = Matches(database)
        self.assessments = Assessments(database)
        self.connections = Connections(database)
        self.secrets = Secrets(database)
        self.webhooks = Webhooks(database)
        self.deliveries = Deliveries(database)
        self.inbound = InboundEvents(database)

    @property
    def tenant(self) -> str:
        """Whose corpus this is."""
        return self._database.tenant

    def moment(self) -> AbstractContextManager[None]:
        """All that this thread reads within it is of one moment of the corpus, in one transaction."""
        return self._database.moment()

    def find_key(self, presented: str, now: datetime) -> ApiKey | None:
        """The valid key of any tenant that is presented, None where there is none."""
        return find_key(self._database, presented, now)

    def open_jobs(self) -> list[OpenJob]:
        """The jobs of all tenants that have not come to an end, the oldest first."""
        return self._database.open_jobs()

    def due_notices(self, now: datetime, limit: int) -> list[DueNotice]:
        """The assessments of all tenants that an ATS is to be told of by now."""
        return self._database.due_notices(now, limit)

    def tenants(self) -> list[str]:
        """Every tenant who has a key of the service."""
        return self._database.tenants()

    def stats(self) -> Stats:
        """How much there is."""
        return stats(self._database)

    def problems(self) -> list[str]:
        """What is wrong with the corpus, in words; empty when all is well. It reads everything."""
        return problems(self._database)

    def close(self) -> None:
        """Give the connections back. The store cannot be used afterwards."""
        if not self._borrows:
            self._database.engine.dispose()
            if self._audit_file is not None:
                self._audit_file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _audit_file(folder: Path | None) -> AuditFile | None:
    return None if folder is None else AuditFile(folder)
