"""Roles that a corpus keeps, in frozen revisions, and the applications to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from matcher.corpus.vectors import CorpusVectors
from matcher.errors import NotInCorpusError
from matcher.matching import RoleProfile, with_wordings
from matcher.service import Matcher
from matcher.sources import Source
from matcher.store import Store
from matcher.types import RankedRevision, Ranking, Role
from matcher.types.corpus import Application, ExternalId, RoleRevision, Vectors
from matcher.types.service import AuditEntry

# How a revision of a role is named in one word: its id, and @ with its number for another than the newest.
_NAMED = re.compile(r"(?P<role>.+?)(?:@(?P<number>[0-9]{1,9}))?", re.DOTALL)


def id_and_number(name: str) -> tuple[str, int | None]:
    """The role that "ID" or "ID@2" names, and its revision; None where none is. Raises NotInCorpusError."""
    found = _NAMED.fullmatch(name)
    if found is None:
        raise NotInCorpusError("The corpus has no role without a name.")
    return found["role"], None if found["number"] is None else int(found["number"])


class CorpusRoles:
    """The roles of a corpus. A revision never changes: who edits a role keeps its next one."""

    def __init__(self, matcher: Matcher, store: Store, vectors: Callable[[], CorpusVectors]) -> None:
        """`vectors` gives what encodes, which is loaded when a role is added."""
        self._matcher = matcher
        self._store = store
        self._vectors = vectors

    def add(
        self, role: Role | Source, role_id: str | None = None, external: ExternalId | None = None
    ) -> RoleRevision:
        """Keep a role, or with `role_id` its next revision; one that says what the newest says is none.

        What its qualifications are compared with is encoded once, here. Raises what `Matcher.read_role`
        raises, NotInCorpusError for a role that is not there, CorpusConflictError for a key of another.
        """
        read = role if isinstance(role, Role) else self._matcher.read_role(role)
        return self._store.roles.add(read, datetime.now(UTC), role_id, self.encoded(read), external)

    def get(self, name: str, number: int | None = None) -> RoleRevision:
        """The newest revision of a role, or the one with the number. Raises NotInCorpusError."""
        return self._store.roles.get(name, number)

    def named(self, name: str) -> RoleRevision:
        """The revision that "ID" (the newest) or "ID@2" names. Raises NotInCorpusError."""
        return self._store.roles.get(*id_and_number(name))

    def page(self, *, limit: int = 50, after: str | None = None) -> list[RoleRevision]:
        """The newest revisions of roles, by id, from behind the id `after`."""
        return self._store.roles.page(limit, after)

    def relink(self, role_id: str, keys: Collection[ExternalId]) -> RoleRevision:
        """Replace other systems' keys for a role; returns its newest revision. Raises NotInCorpusError,
        InputError and CorpusConflictError."""
        self._store.roles.relink(role_id, keys)
        return self.get(role_id)

    def remove(self, role_id: str, entry: AuditEntry | None = None) -> int:
        """Delete a role with its revisions, applications and matches; returns how many applications went.

        The audit log gets `entry`, and a line for each person of whom something went. Raises
        NotInCorpusError.
        """
        return self._store.roles.remove(role_id, entry)

    def is_stale(self, ranking: Ranking) -> bool:
        """Whether the role has been edited, or deleted, since the ranking was made; one that was made from no
        role of a corpus never is."""
        if ranking.revision is None:
            return False
        try:
            return not self._store.roles.get(ranking.revision.role_id, ranking.revision.number).newest
        except NotInCorpusError:
            return True

    def marked(self, revision: RoleRevision) -> RankedRevision:
        """What a ranking made from this revision says of it."""
        newest = revision.number if revision.newest else self.get(revision.role_id).number
        return RankedRevision(revision.role_id, revision.number, newest)

    def encoded(self, role: Role) -> Vectors:
        """The vectors of `texts`."""
        return self._vectors().encoded(self.texts(role))

    def texts(self, role: Role) -> list[str]:
        """What the role's qualifications are compared with, each once."""
        return list(dict.fromkeys(RoleProfile.of(with_wordings(role)).texts))


class CorpusApplications:
    """Who applied to which revision of a role, and the stage that is at."""

    def __init__(self, store: Store, roles: CorpusRoles) -> None:
        self._store = store
        self._roles = roles

    def add(
        self, person: str, role: str, stage: str = "applied", external: ExternalId | None = None
    ) -> Application:
        """Tie a person to a revision of a role, named as by `CorpusRoles.named`. Raises NotInCorpusError, and
        CorpusConflictError when they are tied already."""
        revision = self._roles.named(role)
        return self._store.applications.add(
            person, revision.role_id, revision.number, stage, datetime.now(UTC), external
        )

    def get(self, application: str) -> Application:
        """The application with this id. Raises NotInCorpusError."""
        return self._store.applications.get(application)

    def page(
        self,
        person: str | None = None,
        role: str | None = None,
        *,
        limit: int = 50,
        after: str | None = None,
    ) -> list[Application]:
        """Applications of a person, to a role ("ID" is each revision of it, "ID@2" one), or all, by id, from
        behind the id `after`. Raises NotInCorpusError for a person who is not there."""
        known = None if person is None else self._store.people.get(person).id
        role_id, number = (None, None) if role is None else id_and_number(role)
        return self._store.applications.page(known, role_id, limit, after, role_revision=number)

    def change(
        self, application: str, stage: str | None = None, keys: Collection[ExternalId] | None = None
    ) -> Application:
        """Put an application into another stage, replace other systems' keys for it, or both; None leaves
        them as they are. Raises NotInCorpusError, InputError and CorpusConflictError."""
        return self._store.applications.change(application, datetime.now(UTC), stage, keys)

    def remove(self, application: str) -> None:
        """Delete an application. Raises NotInCorpusError."""
        self._store.applications.remove(application)
