"""What an export needs beside what is shown of a corpus, and putting it back, under the same ids where these
are free. What is there already stays as it is: an import that was stopped goes on, and twice is once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from matcher.errors import InputError, NotInCorpusError
from matcher.store.codec import role_from
from matcher.store.database import Database, Work
from matcher.store.external import external_ids_of, link_free, resolve_external
from matcher.store.ingest import checked
from matcher.store.recognise import resolve_candidate
from matcher.store.restore import restore_resume, restored_person
from matcher.store.roles import keep_texts
from matcher.store.schema import aliases, applications, candidates, revisions, role_revisions, roles
from matcher.store.times import aware
from matcher.store.words import stored_text
from matcher.types.corpus import (
    Application,
    ExternalId,
    Ingested,
    Intake,
    KeptRevision,
    Origin,
    RoleHistory,
    Vectors,
)

# The system whose keys are ids that roles had in the corpus of an export, where these were taken here.
IMPORTED = "matcher"


class Backup:
    """Exact copies out of and into a corpus."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def origins(self, candidate: str) -> dict[int, Origin]:
        """By the ids of their revisions, what is to be kept of a person; empty when they are not there."""
        with self._database.reading() as work:
            person = work.first(sa.select(candidates.c.created).where(candidates.c.id == candidate))
            if person is None:
                return {}
            named = sa.select(aliases.c.id).where(aliases.c.candidate == candidate).order_by(aliases.c.id)
            known_as = tuple(row.id for row in work.rows(named))
            keys = external_ids_of(work, "candidate", [candidate]).get(candidate, ())
            columns = revisions.c.id, revisions.c.number, revisions.c.superseded
            rows = work.rows(sa.select(*columns).where(revisions.c.candidate == candidate))
            return {
                row.id: Origin(candidate, person.created, known_as, keys, row.number, row.superseded)
                for row in rows
            }

    def restore_resumes(self, items: Sequence[tuple[Intake, Origin]]) -> list[Ingested]:
        """Put resumes back as the people they were of, all or none; files that are known stay whose they are.

        Raises MissingVectorsError and InputError.
        """
        ready = [(checked(intake), origin) for intake, origin in items]
        with self._database.writing() as work:
            return [restore_resume(work, intake, origin) for intake, origin in ready]

    def reclaim(self, sha256: str, origin: Origin, tags: Sequence[str]) -> Ingested | None:
        """`restore_resumes` for a file that is known, which need not be read then; None when it is not."""
        with self._database.writing() as work:
            return restored_person(work, bytes.fromhex(sha256), origin, tags, create=False)[1]

    def roles(self, limit: int, after: str | None = None) -> list[RoleHistory]:
        """Roles with all of their revisions, by id, from behind the id `after`."""
        statement = sa.select(roles).order_by(roles.c.id).limit(limit)
        if after is not None:
            statement = statement.where(roles.c.id > after)
        with self._database.reading() as work:
            found = work.rows(statement)
            ids = [row.id for row in found]
            keys = external_ids_of(work, "role", ids)
            kept: dict[str, list[KeptRevision]] = {}
            which = sa.select(role_revisions).where(role_revisions.c.role.in_(ids))
            for row in work.rows(which.order_by(role_revisions.c.number)):
                kept.setdefault(row.role, []).append(
                    KeptRevision(row.number, row.created, bytes(row.content))
                )
            return [
                RoleHistory(row.id, row.created, keys.get(row.id, ()), tuple(kept.get(row.id, ())))
                for row in found
            ]

    def restore_role(self, history: RoleHistory, vectors: Mapping[int, Vectors]) -> str:
        """Put a role back with its revisions; returns the id it has here.

        That is its own where the id is free, or where the revisions here are the same as far as both go; else
        a new one, and the old becomes a key of the system "matcher". `vectors` has those of the texts of each
        revision, by its number. Raises InputError, and CorpusDamagedError for content that is no role.
        """
        if not history.revisions:
            raise InputError("A role has at least one revision.")
        for revision in history.revisions:
            role_from(revision.content)
        with self._database.writing() as work:
            known = _role_here(work, history)
            if not work.count(roles, roles.c.id == known):
                work.insert(roles, [{"id": known, "created": aware(history.created)}])
            there = set(_digests(work, known))
            for revision in history.revisions:
                if revision.number not in there:
                    row = {
                        "role": known,
                        "number": revision.number,
                        "sha256": hashlib.sha256(revision.content).digest(),
                        "content": revision.content,
                        "created": aware(revision.created),
                    }
                    work.insert(role_revisions, [row])
                    keep_texts(work, known, revision.number, vectors.get(revision.number))
            if known != history.role_id:
                link_free(work, "role", known, [ExternalId(IMPORTED, history.role_id)])
            link_free(work, "role", known, history.external_ids)
            return known

    def restore_application(self, application: Application) -> Application:
        """Put an application back, under its id where that is free; returns it as it is here.

        Where the person has one for this revision of the role, the stage is that of the one updated last.
        Raises NotInCorpusError where person or revision are not there.
        """
        with self._database.writing() as work:
            person = resolve_candidate(work, application.candidate)
            role, number = application.role_id, application.role_revision
            if not work.count(
                role_revisions, role_revisions.c.role == role, role_revisions.c.number == number
            ):
                raise NotInCorpusError(f"The corpus has no revision {number} of role {role[:80]!r}.")
            values = {"stage": stored_text(application.stage), "updated": aware(application.updated)}
            pair = applications.c.candidate == person, applications.c.role == role
            twin = work.first(sa.select(applications).where(*pair, applications.c.role_revision == number))
            if twin is None:
                taken = work.count(applications, applications.c.id == application.id)
                known = uuid.uuid4().hex if taken else application.id
                row = {"id": known, "candidate": person, "role": role, "role_revision": number, **values}
                work.insert(applications, [row])
            else:
                known = twin.id
                if twin.updated < values["updated"]:
                    work.change(sa.update(applications).where(applications.c.id == known).values(**values))
            link_free(work, "application", known, application.external_ids)
        return Application(known, person, role, number, application.stage, application.updated)


def _role_here(work: Work, history: RoleHistory) -> str:
    """The id under which the role is, or is to be, kept."""
    mapped = resolve_external(work, "role", ExternalId(IMPORTED, history.role_id))
    for known in (history.role_id, mapped):
        if known is not None:
            there = _digests(work, known)
            ours = {each.number: hashlib.sha256(each.content).digest() for each in history.revisions}
            if all(there.get(number, digest) == digest for number, digest in ours.items()):
                return known
    return uuid.uuid4().hex


def _digests(work: Work, role: str) -> dict[int, bytes]:
    columns = role_revisions.c.number, role_revisions.c.sha256
    rows = work.rows(sa.select(*columns).where(role_revisions.c.role == role))
    return {row.number: bytes(row.sha256) for row in rows}
