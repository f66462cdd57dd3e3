"""Putting a resume back as one of a person's, as an export says."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from matcher.errors import NotInCorpusError
from matcher.store.database import Work
from matcher.store.external import link_free
from matcher.store.ingest import insert_revision, next_number, revision_of_file
from matcher.store.recognise import resolve_candidate
from matcher.store.removal import Hidden, hide_snippets
from matcher.store.schema import aliases, candidates, revisions, tags
from matcher.store.times import aware
from matcher.store.vectors import drop_unused
from matcher.store.words import stored_text
from matcher.types.corpus import Ingested, Intake, Origin, Outcome


def restored_person(
    work: Work, digest: bytes, origin: Origin, labels: Sequence[str], *, create: bool
) -> tuple[str, Ingested | None, bool]:
    """The person a resume is put back to, what its file is here, and whether they are new.

    That is whoever has the id here; else whoever has the file, who then has the id too; else somebody new.
    They get the other ids, keys and tags, as far as these mean nobody else. Nobody is recognised by name: a
    copy has to be exact. Without `create` nothing is written unless the file is known.
    """
    known = revision_of_file(work, digest)
    if known is None and not create:
        return "", None, False
    try:
        person = resolve_candidate(work, origin.candidate)
        new = False
    except NotInCorpusError:
        new = known is None
        person = origin.candidate if known is None else known.candidate
    if new:
        work.insert(candidates, [{"id": person, "created": aware(origin.created)}])
    for other in (origin.candidate, *origin.aliases):
        taken = work.count(candidates, candidates.c.id == other) or work.count(aliases, aliases.c.id == other)
        if not taken:
            work.insert(aliases, [{"id": other, "candidate": person}])
    link_free(work, "candidate", person, origin.external_ids)
    rows = [{"candidate": person, "tag": stored_text(tag)} for tag in dict.fromkeys(labels)]
    work.insert(tags, rows, skip_known=True)
    return person, known, new


def restore_resume(work: Work, intake: Intake, origin: Origin) -> Ingested:
    """Write a checked intake as the revision it was, and say what became of it.

    The resume received last is the newest, as everywhere; the number is the one it had where that is free.
    """
    digest = bytes.fromhex(intake.resume.document.sha256)
    person, known, new = restored_person(work, digest, origin, intake.tags, create=True)
    if known is not None:
        return known
    mine = revisions.c.candidate == person
    newest = work.first(sa.select(revisions.c.id, revisions.c.received).where(mine, revisions.c.newest))
    free = not work.count(revisions, mine, revisions.c.number == origin.number)
    number = origin.number if free and origin.number > 0 else next_number(work, person)
    superseded, hidden = None, Hidden()
    if newest is not None and intake.received > newest.received:
        hidden = hide_snippets(work, [newest.id])
        outdone = sa.update(revisions).where(revisions.c.id == newest.id)
        work.change(outdone.values(newest=False, superseded=intake.received))
    elif newest is not None:
        superseded = newest.received if origin.superseded is None else aware(origin.superseded)
    revision = insert_revision(work, intake, person, number, superseded)
    drop_unused(work, hidden.texts)
    return Ingested(Outcome.ADDED if new else Outcome.REVISED, person, revision, number)
