"""What happened to snippets, for indexes that catch up: they say how far they are and get what came since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

import sqlalchemy as sa

from matcher.store.database import Database
from matcher.store.schema import changes
from matcher.store.turns import turn
from matcher.types.corpus import Change, snippet_id

# Stands for a revision in the row that says of a write that it erased somebody.
ERASURE = 0


class Changes:
    """The changes of a tenant in the order they were made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revision(self) -> int:
        """The corpus revision: every write raises it; 0 before the first."""
        with self._database.reading() as work:
            return work.revision()

    def since(self, corpus_revision: int, limit: int = 10_000) -> list[Change]:
        """What became searchable, or no longer is, after that corpus revision, in order; at most `limit`
        corpus revisions, each whole. An index applies removals of a corpus revision before its additions."""
        after = sa.and_(changes.c.corpus_revision > corpus_revision, changes.c.revision != ERASURE)
        with self._database.reading() as work:
            numbers = sa.select(changes.c.corpus_revision).where(after).distinct()
            last = work.rows(numbers.order_by(changes.c.corpus_revision).limit(limit))
            if not last:
                return []
            rows = work.rows(
                sa.select(changes)
                .where(after, changes.c.corpus_revision <= last[-1].corpus_revision)
                .order_by(changes.c.corpus_revision, changes.c.added, changes.c.revision)
            )
        return [_change(row) for row in rows]

    def erased_since(self, corpus_revision: int) -> bool:
        """Whether somebody, or an older resume of somebody, was erased after that corpus revision: what an
        index of that state keeps in its files has to leave them."""
        after = changes.c.corpus_revision > corpus_revision
        with self._database.reading() as work:
            return work.count(changes, after, changes.c.revision == ERASURE) > 0

    def turn(self, patience: float = 0.0) -> AbstractContextManager[bool]:
        """Whether it is the caller's turn to apply changes to an index that processes share: one at a time.

        It waits at most `patience` seconds for the one whose turn it is.
        """
        return turn(self._database, patience)


def _change(row: sa.Row[Sequence[object]]) -> Change:
    ids = range(snippet_id(row.revision, 0), snippet_id(row.revision, row.snippets))
    nothing = range(0)
    added, removed = (ids, nothing) if row.added else (nothing, ids)
    return Change(row.corpus_revision, added, removed)
