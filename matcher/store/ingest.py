"""Taking a resume in: file, revision, content, contact, facts, snippets and vectors, in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.codec import resume_bytes
from matcher.store.contacts import contact_rows
from matcher.store.database import Work
from matcher.store.lengths import insert_lengths
from matcher.store.lexicon import add_words
from matcher.store.outlines import insert_outlines
from matcher.store.recognise import owner_of
from matcher.store.removal import Hidden, hide_snippets
from matcher.store.revision_vectors import join_vectors
from matcher.store.schema import (
    candidates,
    changes,
    contacts,
    contents,
    facts,
    files,
    revisions,
    snippets,
    tags,
)
from matcher.store.times import aware
from matcher.store.vectors import drop_unused, keep_vectors, require_vectors, text_key
from matcher.store.words import folded_line, stored_text
from matcher.types import Resume
from matcher.types.corpus import SNIPPET_BITS, Ingested, Intake, Outcome, snippet_id


def revision_of_file(work: Work, digest: bytes) -> Ingested | None:
    """The revision that was read from this file, None when no one's was."""
    columns = revisions.c.id, revisions.c.candidate, revisions.c.number
    row = work.first(sa.select(*columns).where(revisions.c.sha256 == digest))
    return None if row is None else Ingested(Outcome.UNCHANGED, row.candidate, row.id, row.number)


def checked(intake: Intake) -> Intake:
    """The intake with text that every database takes. Raises InputError."""
    digest = hashlib.sha256(intake.data).hexdigest()
    resume = intake.resume
    if digest != resume.document.sha256:
        raise InputError("The resume was not read from these bytes: their SHA-256 is not the document's.")
    most = 1 << SNIPPET_BITS
    if len(resume.snippets) > most:
        raise InputError(
            f"The resume has {len(resume.snippets)} snippets; a corpus takes {most}: lower the limit."
        )
    return replace(
        intake,
        received=aware(intake.received),
        resume=replace(resume, source=stored_text(resume.source)),
        file_name=intake.file_name and stored_text(intake.file_name),
        source=intake.source and stored_text(intake.source),
        tags=tuple(dict.fromkeys(map(stored_text, intake.tags))),
    )


def add_resume(work: Work, intake: Intake) -> Ingested:
    """Write a checked intake and say what became of it. See `Resumes.add`."""
    digest = bytes.fromhex(intake.resume.document.sha256)
    owner = owner_of(work, intake, digest)
    if owner.new:
        work.insert(candidates, [{"id": owner.candidate, "created": intake.received}])
    owner.link(work)
    newest = work.first(
        sa.select(revisions.c.id, revisions.c.received).where(
            revisions.c.candidate == owner.candidate, revisions.c.newest
        )
    )
    wins = newest is None or intake.received >= newest.received
    known = revision_of_file(work, digest)
    if known is not None:
        is_newest = newest is not None and newest.id == known.revision
        if intake.candidate is None or is_newest or not wins:
            return known
        # Said to be the next resume of a person whose earlier one it was: a file is one revision.
        work.change(sa.delete(revisions).where(revisions.c.id == known.revision))
    number = next_number(work, owner.candidate)
    hidden = Hidden()
    if wins and newest is not None:
        hidden = hide_snippets(work, [newest.id])
        outdone = sa.update(revisions).where(revisions.c.id == newest.id)
        work.change(outdone.values(newest=False, superseded=intake.received))
    superseded = None if wins or newest is None else newest.received
    revision = insert_revision(work, intake, owner.candidate, number, superseded)
    drop_unused(work, hidden.texts)
    work.insert(tags, [{"candidate": owner.candidate, "tag": tag} for tag in intake.tags], skip_known=True)
    outcome = Outcome.ADDED if owner.new else Outcome.REVISED
    return Ingested(outcome, owner.candidate, revision, number)


def next_number(work: Work, candidate: str) -> int:
    """The number behind those of a person's revisions."""
    row = work.first(
        sa.select(sa.func.max(revisions.c.number).label("last")).where(revisions.c.candidate == candidate)
    )
    return 1 + (row.last or 0 if row is not None else 0)


def insert_revision(
    work: Work, intake: Intake, candidate: str, number: int, superseded: datetime | None
) -> int:
    """Write all of a revision and return its id; `superseded` is None for the newest, which is searched.

    Raises MissingVectorsError when a text of it has no vector.
    """
    revision = _insert(work, intake, candidate, number, superseded)
    if superseded is None:
        _show_snippets(work, revision, intake.resume)
        if intake.outline is not None:
            insert_outlines(work, {revision: intake.outline})
        keep_vectors(work, intake.vectors)
        if not join_vectors(work, [revision], intake.vectors.fingerprint):
            require_vectors(work, revision, intake.vectors.fingerprint)
    return revision


def _insert(work: Work, intake: Intake, candidate: str, number: int, superseded: datetime | None) -> int:
    """Everything of a revision but its snippets; returns its id."""
    resume, known = intake.resume, intake.facts
    counted, digest = known.counted, bytes.fromhex(resume.document.sha256)
    work.insert(
        files,
        [{"sha256": digest, "media_type": resume.document.media_type, "data": intake.data}],
        skip_known=True,
    )
    revision = work.insert_one(
        revisions,
        {
            "candidate": candidate,
            "number": number,
            "newest": superseded is None,
            "superseded": superseded,
            "sha256": digest,
            "received": intake.received,
            "engine": intake.engine,
            "source": intake.source,
            "snippets": len(resume.snippets),
            "months": known.months,
            "months_counted": None if counted is None else counted.year * 12 + counted.month - 1,
            "months_growing": known.growing,
            "degree": None if known.degree is None else known.degree.rank,
        },
    )
    work.insert(
        contents, [{"revision": revision, "resume": resume_bytes(resume), "features": intake.features}]
    )
    work.insert(contacts, contact_rows(revision, resume.contact, intake.file_name))
    values = {("skill", folded_line(skill)) for skill in known.skills}
    values |= {("language", folded_line(language)) for language in known.languages}
    rows = [
        {"revision": revision, "kind": kind, "value": value}
        for kind, value in sorted(values)
        if value.strip()
    ]
    work.insert(facts, rows)
    return revision


def _show_snippets(work: Work, revision: int, resume: Resume) -> None:
    """Make a revision's snippets searchable."""
    masked = {
        snippet_id(revision, ordinal): stored_text(snippet.masked)
        for ordinal, snippet in enumerate(resume.snippets)
    }
    work.insert(
        snippets,
        [
            {
                "id": snippet_id(revision, ordinal),
                "revision": revision,
                "start": snippet.span.start,
                "end": snippet.span.end,
                "section": str(snippet.section),
                "position": snippet.position,
                "masked": masked[snippet_id(revision, ordinal)],
                "text_sha256": text_key(snippet.masked),
            }
            for ordinal, snippet in enumerate(resume.snippets)
        ],
    )
    insert_lengths(work, revision, masked.values())
    add_words(work, masked)
    change = {"corpus_revision": work.corpus_revision, "revision": revision, "added": True}
    work.insert(changes, [{**change, "snippets": len(masked)}])
