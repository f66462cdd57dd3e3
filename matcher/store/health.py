"""Counting a tenant's corpus, and looking for what should not be."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from matcher.store.database import Database, Work
from matcher.store.lengths import snippet_lengths
from matcher.store.schema import (
    applications,
    files,
    lexicon,
    revisions,
    role_texts,
    roles,
    scrubs,
    snippets,
    vectors,
)
from matcher.types.corpus import Stats

_FILES = 20  # that are read at once: each may be some megabytes


def stats(database: Database) -> Stats:
    """How much the tenant has."""
    counted = sa.func.count().label("number")
    by_encoder = sa.select(vectors.c.fingerprint, counted).group_by(vectors.c.fingerprint)
    with database.reading() as work:
        return Stats(
            candidates=work.count(revisions, revisions.c.newest),
            revisions=work.count(revisions),
            snippets=work.count(snippets),
            roles=work.count(roles),
            applications=work.count(applications),
            corpus_revision=work.revision(),
            vectors={row.fingerprint: row.number for row in work.rows(by_encoder)},
        )


def _changed(work: Work) -> int:
    """How many files are not what their key, a digest, says."""
    parts = work.stream(sa.select(files.c.sha256, files.c.data), _FILES)
    return sum(hashlib.sha256(row.data).digest() != bytes(row.sha256) for rows in parts for row in rows)


def problems(database: Database) -> list[str]:
    """What is wrong with the corpus, in words, without personal data; empty when all is well."""
    found = []
    with database.reading() as work:
        if work.dialect == "sqlite":
            found += [row[0] for row in work.run("PRAGMA integrity_check(10)") if row[0] != "ok"]
            broken = work.run("PRAGMA foreign_key_check")
            if broken:
                found.append(f"{len(broken)} rows point at rows that are not there.")
        newest = sa.select(revisions.c.id).where(revisions.c.newest)
        searched = sa.select(snippets.c.text_sha256)
        asked = sa.select(role_texts.c.text_sha256)
        worded = sa.select(lexicon.c.rowid).select_from(lexicon)
        measured = sa.select(snippet_lengths.c.revision)
        counts = {
            "snippets of revisions that are not the newest": work.count(
                snippets, snippets.c.revision.not_in(newest)
            ),
            "snippets without words": work.count(snippets, snippets.c.id.not_in(worded)),
            "newest resumes without the lengths of their snippets": work.count(
                revisions, revisions.c.newest, revisions.c.id.not_in(measured)
            ),
            "snippets without a vector": work.count(
                snippets, snippets.c.text_sha256.not_in(sa.select(vectors.c.text_sha256))
            ),
            "files without a revision": work.count(
                files, files.c.sha256.not_in(sa.select(revisions.c.sha256))
            ),
            "files whose bytes are not those that were taken in": _changed(work),
            "vectors of texts that nothing has": work.count(
                vectors, vectors.c.text_sha256.not_in(searched), vectors.c.text_sha256.not_in(asked)
            ),
            "erasures whose bytes are still to be overwritten": work.count(scrubs),
        }
        found += [f"{number} {what}." for what, number in counts.items() if number]
    return found
