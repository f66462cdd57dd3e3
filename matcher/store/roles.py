"""Roles and their frozen revisions."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.codec import role_bytes, role_from
from matcher.store.database import Database, Work
from matcher.store.external import (
    external_ids_of,
    forget_targets,
    link_external,
    resolve_external,
    unlink_external,
)
from matcher.store.schema import applications, role_revisions, role_texts, roles
from matcher.store.service.matches import note_deleted_role
from matcher.store.tenancy import prepared
from matcher.store.times import aware
from matcher.store.vectors import drop_unused, keep_vectors, text_key
from matcher.types import Role
from matcher.types.corpus import ExternalId, RoleRevision, Vectors
from matcher.types.service import AuditEntry

_REVISIONS = prepared(
    sa.select(role_revisions)
    .where(role_revisions.c.role == sa.bindparam("role_id"))
    .order_by(role_revisions.c.number.desc())
)


class Roles:
    """The roles of a corpus. A revision never changes; an edited role is a new one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        role: Role,
        created: datetime,
        role_id: str | None = None,
        vectors: Vectors | None = None,
        external: ExternalId | None = None,
    ) -> RoleRevision:
        """Keep a role, or with `role_id` its next revision; one that says what the newest says is none.

        `vectors` of its texts are kept as long as the revision is. Raises NotInCorpusError for a role that
        is not there and CorpusConflictError for an external id of another.
        """
        content, created = role_bytes(role), aware(created)
        with self._database.writing() as work:
            newest = None if role_id is None else _newest(work, role_id)
            known = role_id or uuid.uuid4().hex
            if newest is None:
                work.insert(roles, [{"id": known, "created": created}])
            if external is not None:
                link_external(work, "role", known, external)
            if newest is not None and _says_the_same(role, kept := role_from(newest.content)):
                keep_texts(work, known, newest.number, vectors)
                return RoleRevision(known, newest.number, kept, newest.created, True)
            number = 1 if newest is None else newest.number + 1
            digest = hashlib.sha256(content).digest()
            row = {"role": known, "number": number, "sha256": digest, "content": content, "created": created}
            work.insert(role_revisions, [row])
            keep_texts(work, known, number, vectors)
            return RoleRevision(known, number, role, created, True)

    def get(self, role_id: str, number: int | None = None) -> RoleRevision:
        """A revision of a role, the newest unless told. Raises NotInCorpusError."""
        with self._database.reading() as work:
            newest = _newest(work, role_id)
            row = newest
            if number is not None and number != newest.number:
                which = role_revisions.c.role == role_id, role_revisions.c.number == number
                found = work.first(sa.select(role_revisions).where(*which))
                if found is None:
                    raise NotInCorpusError(
                        f"The role has {newest.number} revisions, and no revision {number}."
                    )
                row = found
        role = role_from(row.content)
        return RoleRevision(role_id, row.number, role, row.created, row.number == newest.number)

    def page(self, limit: int = 50, after: str | None = None) -> list[RoleRevision]:
        """The newest revisions of roles, by id, beginning behind the id `after`."""
        later = role_revisions.alias("later")
        outdone = sa.select(later.c.number).where(
            later.c.role == role_revisions.c.role, later.c.number > role_revisions.c.number
        )
        statement = sa.select(role_revisions).where(~outdone.exists())
        if after is not None:
            statement = statement.where(role_revisions.c.role > after)
        with self._database.reading() as work:
            rows = work.rows(statement.order_by(role_revisions.c.role).limit(limit))
        return [RoleRevision(row.role, row.number, role_from(row.content), row.created, True) for row in rows]

    def by_external(self, external: ExternalId) -> str | None:
        """The id of the role that another system calls so, None when it is none."""
        with self._database.reading() as work:
            return resolve_external(work, "role", external)

    def external_ids(self, role_ids: Collection[str]) -> dict[str, tuple[ExternalId, ...]]:
        """What other systems call each of these; those that have no such key are left out."""
        with self._database.reading() as work:
            return external_ids_of(work, "role", role_ids)

    def link(self, role_id: str, external: ExternalId) -> None:
        """Let another system's key mean this role. Raises NotInCorpusError and CorpusConflictError."""
        with self._database.writing() as work:
            _newest(work, role_id)
            link_external(work, "role", role_id, external)

    def relink(self, role_id: str, keys: Collection[ExternalId]) -> None:
        """Replace other systems' keys for a role. Raises NotInCorpusError, and CorpusConflictError for a key
        that means another, and changes nothing."""
        with self._database.writing() as work:
            _newest(work, role_id)
            forget_targets(work, "role", [role_id])
            for key in keys:
                link_external(work, "role", role_id, key)

    def unlink(self, external: ExternalId) -> bool:
        """Forget another system's key; returns whether it was known."""
        with self._database.writing() as work:
            return unlink_external(work, "role", external)

    def remove(self, role_id: str, entry: AuditEntry | None = None) -> int:
        """Delete a role with its revisions, applications and matches; returns how many applications went.

        The audit log gets `entry`, and a line for each person of whom something went. Raises
        NotInCorpusError.
        """
        with self._database.writing() as work:
            _newest(work, role_id)
            if entry is not None:
                note_deleted_role(work, role_id, entry)
            texts = work.rows(sa.select(role_texts.c.text_sha256).where(role_texts.c.role == role_id))
            mine = applications.c.role == role_id
            names = [row.id for row in work.rows(sa.select(applications.c.id).where(mine))]
            forget_targets(work, "application", names)
            forget_targets(work, "role", [role_id])
            work.change(sa.delete(applications).where(mine))
            work.change(sa.delete(roles).where(roles.c.id == role_id))
            drop_unused(work, [row.text_sha256 for row in texts])
            return len(names)


def _says_the_same(role: Role, kept: Role) -> bool:
    """Whether they differ in no more than how a file was set: a posting and the role file that was written
    from it have the same text in other fonts and places."""
    return role.document.text == kept.document.text and replace(role, document=kept.document) == kept


def _newest(work: Work, role_id: str) -> sa.Row[tuple[object, ...]]:
    row = work.first(_REVISIONS, {"role_id": role_id})
    if row is None:
        raise NotInCorpusError(f"The corpus has no role {role_id[:80]!r}.")
    return row


def keep_texts(work: Work, role_id: str, number: int, vectors: Vectors | None) -> None:
    """Keep the vectors of a revision's texts as long as the revision."""
    if vectors is not None:
        keys: Sequence[bytes] = sorted({text_key(text) for text in vectors.rows})
        rows = [{"role": role_id, "number": number, "text_sha256": key} for key in keys]
        work.insert(role_texts, rows, skip_known=True)
        keep_vectors(work, vectors)
