"""Making one person of two."""

from __future__ import annotations

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.database import Work
from matcher.store.removal import hide_snippets
from matcher.store.schema import aliases, applications, candidates, external_ids, revisions, tags
from matcher.store.vectors import drop_unused


def merge_people(work: Work, keep: str, other: str) -> str:
    """Give `keep` everything of `other`, who is deleted; returns `keep`. Raises InputError for one person.

    The older of the two newest resumes is searched no longer; revisions keep their order by date.
    """
    if keep == other:
        raise InputError("The two ids mean the same person already.")
    hidden = _join_revisions(work, keep, other)
    _join_applications(work, keep, other)
    mine = sa.select(tags.c.tag).where(tags.c.candidate == keep)
    work.change(sa.delete(tags).where(tags.c.candidate == other, tags.c.tag.in_(mine)))
    for table in (tags, aliases):
        work.change(sa.update(table).where(table.c.candidate == other).values(candidate=keep))
    keys = external_ids.c.kind == "candidate", external_ids.c.target == other
    work.change(sa.update(external_ids).where(*keys).values(target=keep))
    work.change(sa.delete(candidates).where(candidates.c.id == other))
    work.insert(aliases, [{"id": other, "candidate": keep}])
    drop_unused(work, hidden)
    return keep


def _join_revisions(work: Work, keep: str, other: str) -> tuple[bytes, ...]:
    """Number the revisions of both in the order they came; returns the texts that are searched no longer."""
    rows = work.rows(
        sa.select(revisions)
        .where(revisions.c.candidate.in_([keep, other]))
        .order_by(revisions.c.received, revisions.c.candidate != keep, revisions.c.number)
    )
    # The numbers that are free for a moment: each is one person's own.
    for place, row in enumerate(rows, 1):
        this = sa.update(revisions).where(revisions.c.id == row.id)
        work.change(this.values(candidate=keep, number=-place))
    for place, row in enumerate(rows, 1):
        last = place == len(rows)
        superseded = None if last else row.superseded or rows[place].received
        this = sa.update(revisions).where(revisions.c.id == row.id)
        work.change(this.values(number=place, newest=last, superseded=superseded))
    outdone = [row.id for row in rows[:-1] if row.newest]
    return hide_snippets(work, outdone).texts


def _join_applications(work: Work, keep: str, other: str) -> None:
    """Two applications of the two people for the same revision of a role become the one updated last."""
    mine = {(row.role, row.role_revision): row for row in _applications(work, keep)}
    for row in _applications(work, other):
        twin = mine.get((row.role, row.role_revision))
        if twin is not None:
            loser, winner = (row, twin) if row.updated <= twin.updated else (twin, row)
            keys = external_ids.c.kind == "application", external_ids.c.target == loser.id
            work.change(sa.update(external_ids).where(*keys).values(target=winner.id))
            work.change(sa.delete(applications).where(applications.c.id == loser.id))
    theirs = applications.c.candidate == other
    work.change(sa.update(applications).where(theirs).values(candidate=keep))


def _applications(work: Work, candidate: str) -> list[sa.Row[tuple[object, ...]]]:
    return list(work.rows(sa.select(applications).where(applications.c.candidate == candidate)))
