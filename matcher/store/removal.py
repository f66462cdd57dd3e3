"""Taking revisions out of what is searched, and out of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from matcher.store.database import Work, parts
from matcher.store.lengths import drop_lengths
from matcher.store.lexicon import remove_words
from matcher.store.outlines import drop_outlines
from matcher.store.schema import changes, files, revision_vectors, revisions, snippets


@dataclass(frozen=True, slots=True)
class Hidden:
    """Snippets that are no longer searched, and the keys of their texts, whose vectors may be unused now."""

    snippets: tuple[int, ...] = ()
    texts: tuple[bytes, ...] = ()


def hide_snippets(work: Work, ids: Sequence[int]) -> Hidden:
    """Take the snippets of revisions out of what is searched, and tell indexes to."""
    statement = sa.select(snippets.c.id, snippets.c.masked, snippets.c.text_sha256, snippets.c.revision)
    rows = [
        row
        for part in parts(ids)
        for row in work.rows(statement.where(snippets.c.revision.in_(part)).order_by(snippets.c.id))
    ]
    remove_words(work, {row.id: row.masked for row in rows})
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.revision] = counts.get(row.revision, 0) + 1
    for part in parts(ids):
        work.change(sa.delete(snippets).where(snippets.c.revision.in_(part)))
        work.change(sa.delete(revision_vectors).where(revision_vectors.c.revision.in_(part)))
    drop_lengths(work, ids)
    drop_outlines(work, ids)
    work.insert(
        changes,
        [
            {
                "corpus_revision": work.corpus_revision,
                "revision": revision,
                "added": False,
                "snippets": count,
            }
            for revision, count in counts.items()
        ],
    )
    return Hidden(tuple(row.id for row in rows), tuple({row.text_sha256 for row in rows}))


def remove_revisions(work: Work, ids: Sequence[int]) -> tuple[Hidden, int]:
    """Delete revisions with their files; returns what was hidden, and how many files went.

    Their contact, facts and content go with them by foreign key.
    """
    hidden = hide_snippets(work, ids)
    digests: set[bytes] = set()
    for part in parts(ids):
        which = revisions.c.id.in_(part)
        digests |= {row.sha256 for row in work.rows(sa.select(revisions.c.sha256).where(which))}
        work.change(sa.delete(revisions).where(which))
    gone = 0
    for some in parts(sorted(digests)):
        used = sa.select(revisions.c.sha256).where(revisions.c.sha256.in_(some))
        gone += work.change(sa.delete(files).where(files.c.sha256.in_(some), files.c.sha256.not_in(used)))
    return hidden, gone
