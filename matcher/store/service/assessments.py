"""Assessments: what an ATS asked, one person against one role revision, and what it was told.

Each step is a transaction that does nothing the second time, so that whoever is killed between two of them
can begin again and there is one result.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.database import Database, Work
from matcher.store.schema import candidates, external_ids
from matcher.store.service.schema import assessments
from matcher.store.times import aware
from matcher.types.service import Asked, Assessment, AssessmentState

_PENDING = AssessmentState.PENDING.value


class Assessments:
    """The assessments of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self, asked: Asked, now: datetime, again: frozenset[AssessmentState]
    ) -> tuple[Assessment, bool]:
        """The assessment that is asked for, and whether it is a new one.

        One with the same system and external key is taken for it, unless its state is among `again`, where
        asking again is meant to begin again.
        """
        row = {
            "id": uuid.uuid4().hex,
            "system": asked.system,
            "external": asked.external,
            "person": asked.person,
            "role": asked.role_id,
            "role_revision": asked.role_revision,
            "state": _PENDING,
            "callback": asked.callback,
            "attempt": 0,
            "created": aware(now),
            "updated": aware(now),
        }
        with self._database.noting() as work:
            known = _same(work, asked)
            if known is None or AssessmentState(known.state) in again:
                # Two requests at once: an index keeps the second pending one out.
                work.insert(assessments, [row], skip_known=True)
                known = _same(work, asked)
            assert known is not None
            return _assessment(known), bool(known.id == row["id"])

    def get(self, assessment: str) -> Assessment:
        """An assessment as it is now. Raises NotInCorpusError."""
        with self._database.reading() as work:
            row = work.first(sa.select(assessments).where(assessments.c.id == assessment))
        if row is None:
            raise NotInCorpusError("There is no assessment with this id.")
        return _assessment(row)

    def given_to(self, assessment: str, job: str) -> None:
        """Note the job that does it."""
        with self._database.noting() as work:
            work.change(sa.update(assessments).where(assessments.c.id == assessment).values(job=job))

    def of_role(self, assessment: str, role_id: str, role_revision: int) -> bool:
        """Say against which role revision, where it was not known; returns whether that was still asked."""
        return self._pending(assessment, {"role": role_id, "role_revision": role_revision})

    def of_person(self, assessment: str, candidate: str) -> bool:
        """Say who it is about: an erasure takes it from now on. Returns whether that was still asked."""
        return self._pending(assessment, {"candidate": candidate}, candidate)

    def complete(
        self, assessment: str, result: Mapping[str, object], now: datetime, due: datetime | None
    ) -> bool:
        """Keep the result, which the ATS is to be told at `due` unless it was told before; returns whether
        this was the first."""
        return self._ended(assessment, AssessmentState.COMPLETE, now, due, result_json=json.dumps(result))

    def fail(self, assessment: str, code: str, message: str, now: datetime, due: datetime | None) -> bool:
        """The same for one that came to nothing."""
        return self._ended(assessment, AssessmentState.FAILED, now, due, code=code, message=message)

    def cancel(self, assessment: str, now: datetime) -> bool:
        """Stop one that is pending; returns whether it was. Raises NotInCorpusError."""
        self.get(assessment)
        return self._ended(assessment, AssessmentState.CANCELLED, now, None)

    def told(self, assessment: str) -> None:
        """The ATS knows, or will not be told again."""
        with self._database.noting() as work:
            work.change(sa.update(assessments).where(assessments.c.id == assessment).values(due=None))

    def put_off(self, assessment: str, due: datetime) -> None:
        """Telling the ATS failed once more: try again at `due`."""
        values = {"due": aware(due), "attempt": assessments.c.attempt + 1}
        with self._database.noting() as work:
            work.change(sa.update(assessments).where(assessments.c.id == assessment).values(values))

    def claim(self, assessment: str, now: datetime, until: datetime) -> bool:
        """Take it upon oneself to tell the ATS what is due; returns whether nobody else did before."""
        which = assessments.c.id == assessment, assessments.c.due <= aware(now)
        with self._database.noting() as work:
            return work.change(sa.update(assessments).where(*which).values(due=aware(until))) > 0

    def forget(self, system: str, person: str) -> int:
        """Delete what was asked of a person whom a system deleted; returns how many."""
        which = assessments.c.system == system, assessments.c.person == person
        with self._database.noting() as work:
            return work.change(sa.delete(assessments).where(*which))

    def _pending(self, assessment: str, values: dict[str, object], candidate: str | None = None) -> bool:
        which = assessments.c.id == assessment, assessments.c.state == _PENDING
        with self._database.noting() as work:
            if candidate is not None and not work.count(candidates, candidates.c.id == candidate):
                return False
            return work.change(sa.update(assessments).where(*which).values(values)) > 0

    def _ended(
        self, assessment: str, state: AssessmentState, now: datetime, due: datetime | None, **values: object
    ) -> bool:
        when = None if due is None else aware(due)
        return self._pending(assessment, {"state": state.value, "updated": aware(now), "due": when, **values})


def forget_people(work: Work, people: Sequence[str]) -> None:
    """Delete, within an erasure, what an ATS asked of people under their keys and nothing came of; what was
    assessed goes by reference."""
    keys = sa.select(external_ids.c.key).where(
        external_ids.c.kind == "candidate",
        external_ids.c.target.in_(people),
        external_ids.c.system == assessments.c.system,
    )
    work.change(sa.delete(assessments).where(assessments.c.person.in_(keys)))


def _same(work: Work, asked: Asked) -> sa.Row[tuple[object, ...]] | None:
    which = assessments.c.system == asked.system, assessments.c.external == asked.external
    newest = assessments.c.created.desc(), (assessments.c.state == _PENDING).desc()
    return work.first(sa.select(assessments).where(*which).order_by(*newest))


def _assessment(row: sa.Row[tuple[object, ...]]) -> Assessment:
    return Assessment(
        id=row.id,
        system=row.system,
        external=row.external,
        person=row.person,
        role_id=row.role,
        role_revision=row.role_revision,
        candidate=row.candidate,
        state=AssessmentState(row.state),
        callback=row.callback,
        job=row.job,
        result=None if row.result_json is None else json.loads(row.result_json),
        code=row.code,
        message=row.message,
        due=row.due,
        attempt=row.attempt,
        created=row.created,
        updated=row.updated,
    )
