"""Putting what a newer version read from a file in the place of what an older one did."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from matcher.store.database import Work
from matcher.store.ingest import insert_revision
from matcher.store.removal import Hidden, hide_snippets
from matcher.store.schema import contacts, revisions
from matcher.store.vectors import drop_unused
from matcher.types.corpus import Intake


def replace_parsed(work: Work, intake: Intake) -> int | None:
    """Replace all that was read from the file of a checked intake; returns the revision's new id.

    The person, the revision's number, when and from where it came, and its name stay. It gets another id,
    and its snippets with it, because an index may still hold the old ones. None when the file is nobody's
    any more, or when the same version read it meanwhile: nothing is written then.
    """
    digest = bytes.fromhex(intake.resume.document.sha256)
    old = work.first(sa.select(revisions).where(revisions.c.sha256 == digest))
    if old is None or old.engine == intake.engine:
        return None
    hidden = hide_snippets(work, [old.id]) if old.newest else Hidden()
    named = contacts.c.revision == old.id, contacts.c.kind == "file_name"
    name = work.first(sa.select(contacts.c.value).where(*named))
    # Before the new one comes: a person's number, and a file, are one revision's own.
    work.change(sa.delete(revisions).where(revisions.c.id == old.id))
    again = replace(
        intake, received=old.received, source=old.source, file_name=None if name is None else name.value
    )
    revision = insert_revision(work, again, old.candidate, old.number, old.superseded)
    drop_unused(work, hidden.texts)
    return revision
