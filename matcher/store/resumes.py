"""Revisions of resumes: taking them in and giving them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from matcher.errors import InputError, NotInCorpusError
from matcher.store.codec import resume_from
from matcher.store.database import Database, Work, parts
from matcher.store.ingest import add_resume, checked, revision_of_file
from matcher.store.listed import among, joined, numbers
from matcher.store.passages import Passage, read_passages
from matcher.store.reparse import replace_parsed
from matcher.store.schema import (
    contacts,
    contents,
    files,
    revisions,
)
from matcher.store.tenancy import prepared
from matcher.store.where import rendered
from matcher.types import Resume
from matcher.types.corpus import Ingested, Intake, Revision, Where, snippet_id

_READ = prepared(
    sa.select(
        contents.c.revision,
        revisions.c.candidate,
        revisions.c.received,
        contents.c.resume,
        contents.c.features,
    )
    .select_from(contents.join(revisions, revisions.c.id == contents.c.revision))
    .where(among(contents.c.revision, "ids"))
)


@dataclass(frozen=True, slots=True)
class StoredResume:
    """A revision with what was parsed, when it was received, and the features that came with it."""

    revision: int
    candidate: str
    received: datetime
    resume: Resume
    features: bytes | None


class Resumes:
    """The revisions of people's resumes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, intakes: Sequence[Intake]) -> list[Ingested]:
        """Take resumes in, all or none, and say what became of each. Whose each is decides recognise.py.

        A file that is known changes nothing, however it is called; but an earlier one of a person who is
        named (`Intake.candidate`) is their newest from then on. Raises MissingVectorsError for a resume of
        which a text has no vector, CorpusConflictError for a file or external id of somebody else,
        NotInCorpusError for a candidate that is not there, and InputError.
        """
        ready = [checked(intake) for intake in intakes]
        with self._database.reading() as work:
            known = [_settled(work, intake) for intake in ready]
        settled = [ingested for ingested in known if ingested is not None]
        if len(settled) == len(ready):
            return settled  # without waiting for other writers
        with self._database.writing() as work:
            return [add_resume(work, intake) for intake in ready]

    def replace(self, intakes: Sequence[Intake]) -> list[int | None]:
        """Put what was read anew from known files in the place of what another version read, all or none.

        The revisions get new ids, which are returned; None for a file that was erased, or replaced by others,
        meanwhile. Of an intake nothing is used but what was read and computed. Raises MissingVectorsError and
        InputError.
        """
        ready = [checked(intake) for intake in intakes]
        with self._database.writing() as work:
            return [replace_parsed(work, intake) for intake in ready]

    def known(self, sha256: str) -> Ingested | None:
        """Whose resume the file with this digest (64 hex digits) is, None when it is nobody's.

        It need not be parsed or encoded then.
        """
        with self._database.reading() as work:
            return revision_of_file(work, _digest(sha256))

    def read(self, ids: Iterable[int]) -> dict[int, StoredResume]:
        """What was parsed, by the ids of revisions; ids that are not there are passed over."""
        with self._database.reading() as work:
            rows = work.rows(_READ, {"ids": ids})
        return {
            row.revision: StoredResume(
                row.revision, row.candidate, row.received, resume_from(row.resume), row.features
            )
            for row in rows
        }

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """What is quoted of these snippets of newest revisions; ids that are not there are passed over."""
        with self._database.reading() as work:
            return read_passages(work, ids)

    def owners(self, ids: Iterable[int]) -> dict[int, str]:
        """Whose these revisions are, by the revision; ids that are not there are passed over."""
        found: dict[int, str] = {}
        with self._database.reading() as work:
            for part in parts(ids):
                statement = sa.select(revisions.c.id, revisions.c.candidate).where(revisions.c.id.in_(part))
                found |= {row.id: row.candidate for row in work.rows(statement)}
        return found

    def file(self, revision: int) -> bytes:
        """The bytes of the file that a revision was read from. Raises NotInCorpusError."""
        with self._database.reading() as work:
            row = work.first(
                sa.select(files.c.data)
                .select_from(files.join(revisions, revisions.c.sha256 == files.c.sha256))
                .where(revisions.c.id == revision)
            )
        if row is None:
            raise NotInCorpusError(f"The corpus has no revision {revision}.")
        return bytes(row.data)

    def file_name(self, revision: int) -> str | None:
        """The name of that file when it came, None when it had none. Raises NotInCorpusError."""
        with self._database.reading() as work:
            if work.first(sa.select(revisions.c.id).where(revisions.c.id == revision)) is None:
                raise NotInCorpusError(f"The corpus has no revision {revision}.")
            row = work.first(
                sa.select(contacts.c.value).where(
                    contacts.c.revision == revision, contacts.c.kind == "file_name"
                )
            )
        return None if row is None else str(row.value)

    def revisions(self, candidate: str) -> list[Revision]:
        """All revisions of a person, newest first; none for a person who is not there."""
        statement = (
            sa.select(revisions, files.c.media_type)
            .select_from(revisions.join(files, files.c.sha256 == revisions.c.sha256))
            .where(revisions.c.candidate == candidate)
            .order_by(revisions.c.newest.desc(), revisions.c.received.desc(), revisions.c.number.desc())
        )
        with self._database.reading() as work:
            return [
                Revision(
                    id=row.id,
                    candidate=row.candidate,
                    number=row.number,
                    received=row.received,
                    sha256=row.sha256.hex(),
                    media_type=row.media_type,
                    engine=row.engine,
                    source=row.source,
                    newest=row.newest,
                )
                for row in work.rows(statement)
            ]

    def select(self, where: Where | None = None) -> list[int]:
        """Ids of the newest revisions of the people who meet the filters, ascending."""
        with self._database.reading() as work:
            conditions = rendered(where or Where(), work.dialect)
            statement = sa.select(revisions.c.id).where(*conditions).order_by(revisions.c.id)
            return [row.id for row in work.rows(statement)]

    def sizes(self, where: Where | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The revisions that `select` names, in its order, and how many snippets each has."""
        with self._database.reading() as work:
            conditions = rendered(where or Where(), work.dialect)
            columns = (joined(each, work.dialect) for each in (revisions.c.id, revisions.c.snippets))
            (row,) = work.rows(sa.select(*columns).where(*conditions))
        ids, counts = map(numbers, row)
        order = np.argsort(ids)
        return ids[order], counts[order]

    def snippet_ids(self, where: Where | None = None) -> list[range]:
        """The ids of the snippets of each revision that `select` names, in its order."""
        ids, sizes = (each.tolist() for each in self.sizes(where))
        return [
            range(snippet_id(revision, 0), snippet_id(revision, size))
            for revision, size in zip(ids, sizes, strict=True)
        ]

    def outdated(self, engine: str, limit: int, after: int = -1) -> list[int]:
        """Ids of at most `limit` newest revisions that another version than `engine` parsed, ascending from
        behind `after`."""
        which = revisions.c.newest, revisions.c.engine != engine, revisions.c.id > after
        statement = sa.select(revisions.c.id).where(*which)
        with self._database.reading() as work:
            return [row.id for row in work.rows(statement.order_by(revisions.c.id).limit(limit))]


def _digest(sha256: str) -> bytes:
    try:
        digest = bytes.fromhex(sha256)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise InputError(f"A file's SHA-256 has 64 hex digits, not {len(sha256)} characters.")
    return digest


def _settled(work: Work, intake: Intake) -> Ingested | None:
    """What becomes of a file that is known, where nothing else is said that would have to be compared."""
    if intake.candidate is not None or intake.external is not None:
        return None
    return revision_of_file(work, bytes.fromhex(intake.resume.document.sha256))
