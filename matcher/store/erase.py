"""Erasing people: one transaction takes away every row, then what is left in free space is overwritten.

A row that is deleted leaves its bytes in pages, in the log and in the segments of the full text. What cleans
them cannot be part of the transaction, so a note in `scrubs` is: a corpus that is opened after a crash
finishes the work.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa

from matcher.store.changes import ERASURE
from matcher.store.database import Database, Work, parts
from matcher.store.external import forget_targets
from matcher.store.recognise import resolve_candidate
from matcher.store.removal import remove_revisions
from matcher.store.schema import aliases, applications, candidates, changes, revisions, scrubs
from matcher.store.scrub import scrub
from matcher.store.service.audit import note_each
from matcher.store.service.deliveries import note_erased
from matcher.store.service.forgetting import forget_people
from matcher.store.vectors import drop_unused
from matcher.types.corpus import Receipt
from matcher.types.service import AuditEntry


def erase_people(database: Database, people: Collection[str], entry: AuditEntry | None = None) -> Receipt:
    """Erase people with all that is known of them. Raises NotInCorpusError for one who is not there.

    When it returns nobody finds them, in any process, and no byte of them is left in what this software
    keeps, but for what the receipt names. `entry` says who erases: the audit log has a line for each of them.
    """
    with database.writing() as work:
        known = sorted({resolve_candidate(work, person) for person in people})
        receipt = remove_people(work, known, entry=entry)
    return finished(database, receipt)


def finished(database: Database, receipt: Receipt) -> Receipt:
    """The receipt after the erased bytes have been overwritten, naming what remains."""
    return replace(receipt, remains=scrub(database))


def remove_people(
    work: Work, people: Collection[str], old: Collection[int] = (), *, entry: AuditEntry | None = None
) -> Receipt:
    """Delete people, and `old` revisions of others, in the transaction, and note that for `entry`."""
    going = list(old)
    for part in parts(people):
        statement = sa.select(revisions.c.id).where(revisions.c.candidate.in_(part))
        going += [row.id for row in work.rows(statement.order_by(revisions.c.id))]
    for part in parts(people):
        _forget_in_service(work, part)
    hidden, gone = remove_revisions(work, going)
    applied = 0
    for part in parts(people):
        which = applications.c.candidate.in_(part)
        names = [row.id for row in work.rows(sa.select(applications.c.id).where(which))]
        forget_targets(work, "application", names)
        applied += work.change(sa.delete(applications).where(which))
        forget_targets(work, "candidate", part)
        work.change(sa.delete(candidates).where(candidates.c.id.in_(part)))
    unused = drop_unused(work, hidden.texts)
    work.insert(scrubs, [{"corpus_revision": work.corpus_revision}])
    said = {"corpus_revision": work.corpus_revision, "revision": ERASURE, "added": False, "snippets": 0}
    work.insert(changes, [said])
    if entry is not None:
        note_each(work, entry, "candidate", people)
        note_each(work, entry, "resume", map(str, old))
    return Receipt(
        candidates=tuple(people),
        revisions=tuple(going),
        snippets=hidden.snippets,
        files=gone,
        vectors=unused,
        applications=applied,
        corpus_revision=work.corpus_revision,
    )


def _forget_in_service(work: Work, people: Sequence[str]) -> None:
    """Before the revisions go, which know the files."""
    files = work.rows(sa.select(revisions.c.sha256).where(revisions.c.candidate.in_(people)))
    before = work.rows(sa.select(aliases.c.id).where(aliases.c.candidate.in_(people)))
    forget_people(work, [*people, *(row.id for row in before)], [row.sha256 for row in files])
    note_erased(work, people, datetime.now(UTC))
