"""Matches: a role revision against people, kept as they came out, so that pages of one agree.

A report belongs to its person: an erasure takes it away.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.database import Database, Work
from matcher.store.listed import among
from matcher.store.schema import applications, candidates, role_revisions
from matcher.store.service.audit import audit_row, note_people
from matcher.store.service.schema import assessments, audit_log, match_reports, matches
from matcher.store.tenancy import prepared
from matcher.store.times import aware
from matcher.types.service import AuditEntry, StoredMatch, StoredReport

# What the audit log has of each person whose report went with a match.
REPORT_DELETED = "report.deleted"

_MATCH = prepared(sa.select(matches).where(matches.c.id == sa.bindparam("match")))
_REPORTS = prepared(
    sa.select(sa.func.count())
    .select_from(match_reports)
    .where(match_reports.c.match == sa.bindparam("match"))
)
_THERE = prepared(sa.select(candidates.c.id).where(among(candidates.c.id, "people")))


class Matches:
    """The matches of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        role_id: str,
        role_revision: int,
        today: date,
        request: Mapping[str, object],
        engine: str,
        now: datetime,
    ) -> str:
        """Put a match down that is still to be made; returns its id. Raises NotInCorpusError."""
        row = {
            "id": uuid.uuid4().hex,
            "role": role_id,
            "role_revision": role_revision,
            "today": today.isoformat(),
            "request_json": json.dumps(request),
            "engine": engine,
            "created": aware(now),
        }
        made_of = role_revisions.c.role == role_id, role_revisions.c.number == role_revision
        with self._database.noting() as work:
            if not work.count(role_revisions, *made_of):
                raise NotInCorpusError("The role has been deleted meanwhile.")
            work.insert(matches, [row])
        return str(row["id"])

    def given_to(self, match: str, job: str) -> None:
        """Note the job that makes a match."""
        with self._database.noting() as work:
            work.change(sa.update(matches).where(matches.c.id == match).values(job=job))

    def fill(self, match: str, head: Mapping[str, object], reports: Sequence[StoredReport]) -> None:
        """Keep what came out; done twice, the second time counts. Who was erased meanwhile is left out."""
        with self._database.noting() as work:
            _row(work, match)
            there = _there(work, {report.candidate for report in reports})
            work.change(sa.delete(match_reports).where(match_reports.c.match == match))
            rows = [
                {
                    "match": match,
                    "place": report.place,
                    "candidate": report.candidate,
                    "score": report.score,
                    "content": report.content,
                }
                for report in reports
                if report.candidate in there
            ]
            work.insert(match_reports, rows)
            values = {"result_json": json.dumps(head, ensure_ascii=False)}
            work.change(sa.update(matches).where(matches.c.id == match).values(values))

    def get(self, match: str) -> StoredMatch:
        """A match with how many reports it has. Raises NotInCorpusError."""
        with self._database.reading() as work:
            return _match(work, _row(work, match))

    def page(
        self,
        limit: int,
        after: str | None = None,
        role_id: str | None = None,
        role_revision: int | None = None,
    ) -> list[StoredMatch]:
        """Matches by id, perhaps of one role or one revision of it, beginning behind the id `after`."""
        statement = sa.select(matches).order_by(matches.c.id).limit(limit)
        if after is not None:
            statement = statement.where(matches.c.id > after)
        if role_id is not None:
            statement = statement.where(matches.c.role == role_id)
        if role_revision is not None:
            statement = statement.where(matches.c.role_revision == role_revision)
        with self._database.reading() as work:
            return [_match(work, row) for row in work.rows(statement)]

    def reports(self, match: str, limit: int, after: int = -1) -> list[StoredReport]:
        """Reports in order, beginning behind the place `after`. Raises NotInCorpusError."""
        which = match_reports.c.match == match, match_reports.c.place > after
        statement = sa.select(match_reports).where(*which).order_by(match_reports.c.place).limit(limit)
        with self._database.reading() as work:
            engine = _engine(_row(work, match))
            return [_report(row, engine) for row in work.rows(statement)]

    def report(self, match: str, candidate: str) -> StoredReport:
        """One person's report. Raises NotInCorpusError."""
        which = match_reports.c.match == match, match_reports.c.candidate == candidate
        with self._database.reading() as work:
            engine = _engine(_row(work, match))
            row = work.first(sa.select(match_reports).where(*which))
        if row is None:
            raise NotInCorpusError("The match has no report on a person with this id.")
        return _report(row, engine)

    def remove(self, match: str, entry: AuditEntry | None = None) -> None:
        """Delete a match with its reports, noting `entry` and each person who had one. Raises
        NotInCorpusError."""
        with self._database.noting() as work:
            _row(work, match)
            if entry is not None:
                work.insert(audit_log, [audit_row(entry)])
                mine = match_reports.c.match == match
                note_people(work, entry, REPORT_DELETED, sa.select(match_reports.c.candidate).where(mine))
            work.change(sa.delete(matches).where(matches.c.id == match))


def note_deleted_role(work: Work, role_id: str, entry: AuditEntry) -> None:
    """Within the deletion of a role, note `entry`, and each person who goes with it from applications,
    reports of matches and assessments."""
    work.insert(audit_log, [audit_row(entry)])
    of_role = sa.select(matches.c.id).where(matches.c.role == role_id)
    for action, who, mine in (
        ("application.deleted", applications.c.candidate, applications.c.role == role_id),
        (REPORT_DELETED, match_reports.c.candidate, match_reports.c.match.in_(of_role)),
        ("assessment.deleted", assessments.c.candidate, assessments.c.role == role_id),
    ):
        note_people(work, entry, action, sa.select(who).where(mine, who.is_not(None)).distinct())


def _there(work: Work, people: set[str]) -> set[str]:
    """Those of the people who are in the corpus."""
    return {row.id for row in work.rows(_THERE, {"people": sorted(people)})}


def _row(work: Work, match: str) -> sa.Row[tuple[object, ...]]:
    row = work.first(_MATCH, {"match": match})
    if row is None:
        raise NotInCorpusError("There is no match with this id.")
    return row


def _of_those_there(work: Work, head: dict[str, Any]) -> dict[str, Any]:
    """What is said of all, naming nobody who is not there any more: no key ties it to those whom it names."""
    for tried in head.get("pool", {}).get("reranked", ()):
        there = _there(work, {each["candidate_id"] for each in tried["top"]})
        tried["top"] = [each for each in tried["top"] if each["candidate_id"] in there]
    return head


def _match(work: Work, row: sa.Row[tuple[object, ...]]) -> StoredMatch:
    (number,) = work.rows(_REPORTS, {"match": row.id})
    return StoredMatch(
        id=row.id,
        role_id=row.role,
        role_revision=row.role_revision,
        today=date.fromisoformat(row.today),
        request=json.loads(row.request_json),
        head=None if row.result_json is None else _of_those_there(work, json.loads(row.result_json)),
        engine=row.engine,
        job=row.job,
        created=row.created,
        reports=number[0],
    )


def _engine(row: sa.Row[tuple[object, ...]]) -> Mapping[str, object] | None:
    """What made the reports of a match, None while there are none."""
    return None if row.result_json is None else json.loads(row.result_json).get("engine")


def _report(row: sa.Row[tuple[object, ...]], engine: Mapping[str, object] | None) -> StoredReport:
    return StoredReport(row.place, row.candidate, row.score, bytes(row.content), engine)
