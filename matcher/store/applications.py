"""Applications: a candidate, the revision of a role they applied to, and the stage that is at."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, InputError, NotInCorpusError
from matcher.store.database import Database, Work
from matcher.store.external import external_ids_of, forget_targets, link_external, resolve_external
from matcher.store.recognise import resolve_candidate
from matcher.store.schema import applications, role_revisions
from matcher.store.times import aware
from matcher.store.words import stored_text
from matcher.types.corpus import Application, ExternalId


class Applications:
    """The applications of a corpus."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        candidate: str,
        role_id: str,
        role_revision: int,
        stage: str,
        updated: datetime,
        external: ExternalId | None = None,
    ) -> Application:
        """Tie a person to a revision of a role. Raises NotInCorpusError where one of them is not there, and
        CorpusConflictError when they are tied already."""
        with self._database.writing() as work:
            person = resolve_candidate(work, candidate)
            which = role_revisions.c.role == role_id, role_revisions.c.number == role_revision
            if not work.count(role_revisions, *which):
                raise NotInCorpusError(
                    f"The corpus has no revision {role_revision} of role {role_id[:80]!r}."
                )
            pair = applications.c.candidate == person, applications.c.role == role_id
            if work.count(applications, *pair, applications.c.role_revision == role_revision):
                raise CorpusConflictError(
                    "The person has an application for this revision of the role already."
                )
            row = {
                "id": uuid.uuid4().hex,
                "candidate": person,
                "role": role_id,
                "role_revision": role_revision,
                "stage": _stage(stage),
                "updated": aware(updated),
            }
            work.insert(applications, [row])
            if external is not None:
                link_external(work, "application", str(row["id"]), external)
            return _get(work, str(row["id"]))

    def get(self, application: str) -> Application:
        """The application with this id. Raises NotInCorpusError."""
        with self._database.reading() as work:
            return _get(work, application)

    def by_external(self, external: ExternalId) -> str | None:
        """The id of the application that another system calls so, None when it is none."""
        with self._database.reading() as work:
            return resolve_external(work, "application", external)

    def change(
        self,
        application: str,
        updated: datetime,
        stage: str | None = None,
        keys: Collection[ExternalId] | None = None,
    ) -> Application:
        """Put an application into another stage, replace other systems' keys for it, or both; None leaves
        them as they are.

        Raises NotInCorpusError, and CorpusConflictError for a key that means another, and changes nothing.
        """
        with self._database.writing() as work:
            before = _get(work, application)
            if stage is None and keys is None:
                return before
            values = {"stage": _stage(before.stage if stage is None else stage), "updated": aware(updated)}
            work.change(sa.update(applications).where(applications.c.id == application).values(values))
            if keys is not None:
                forget_targets(work, "application", [application])
                for key in keys:
                    link_external(work, "application", application, key)
            return _get(work, application)

    def page(
        self,
        candidate: str | None = None,
        role_id: str | None = None,
        limit: int = 50,
        after: str | None = None,
        *,
        role_revision: int | None = None,
    ) -> list[Application]:
        """Applications of a person, of a role or one revision of it, or all, by id, beginning behind the id
        `after`."""
        which: list[sa.ColumnElement[bool]] = []
        if candidate is not None:
            which.append(applications.c.candidate == candidate)
        if role_id is not None:
            which.append(applications.c.role == role_id)
        if role_revision is not None:
            which.append(applications.c.role_revision == role_revision)
        if after is not None:
            which.append(applications.c.id > after)
        with self._database.reading() as work:
            return _read(work, which, limit)

    def remove(self, application: str) -> None:
        """Delete an application. Raises NotInCorpusError."""
        with self._database.writing() as work:
            _get(work, application)
            forget_targets(work, "application", [application])
            work.change(sa.delete(applications).where(applications.c.id == application))


def _stage(stage: str) -> str:
    if not stage.strip():
        raise InputError("A stage has a name: give one such as 'applied'.")
    return stored_text(stage)


def _get(work: Work, application: str) -> Application:
    found = _read(work, [applications.c.id == application], 1)
    if not found:
        raise NotInCorpusError(f"The corpus has no application {application[:80]!r}.")
    return found[0]


def _read(work: Work, which: Sequence[sa.ColumnElement[bool]], limit: int) -> list[Application]:
    rows = work.rows(sa.select(applications).where(*which).order_by(applications.c.id).limit(limit))
    keys = external_ids_of(work, "application", [row.id for row in rows])
    return [
        Application(
            id=row.id,
            candidate=row.candidate,
            role_id=row.role,
            role_revision=row.role_revision,
            stage=row.stage,
            updated=row.updated,
            external_ids=keys.get(row.id, ()),
        )
        for row in rows
    ]
