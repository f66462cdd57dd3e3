"""What happened to snippets, for indexes that catch up: they say how far they are and get what came since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

import sqlalchemy as sa

from matcher.errors import IndexUnfitError
from matcher.store.database import Database, Work
from matcher.store.schema import changes
from matcher.store.turns import turn
from matcher.types.corpus import Change, snippet_id

# Stands for a revision in the row that says of a write that it erased somebody.
ERASURE = 0

# The same in the one row that says that changes up to this write have been forgotten.
FORGOTTEN = -1

# Writes whose changes are kept for indexes that are behind the one that was saved last: other models', other
# machines'. Of some bytes a resume, they cost less than any of these costs to build anew.
_KEPT = 10_000
_AT_ONCE = 1_000  # writes that have to be forgotten before it is done


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
        corpus revisions, each whole. An index applies removals of a corpus revision before its additions.

        Raises IndexUnfitError for a corpus revision after which changes have been forgotten.
        """
        after = sa.and_(changes.c.corpus_revision > corpus_revision, changes.c.revision > 0)
        with self._database.reading() as work:
            if corpus_revision < (forgotten := _forgotten(work)):
                raise IndexUnfitError(
                    f"The index is at corpus revision {corpus_revision}, and changes up to {forgotten} are "
                    "forgotten: rebuild it."
                )
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
        index of that state keeps in its files has to leave them. What is forgotten may have been one."""
        with self._database.reading() as work:
            return erased_since(work, corpus_revision)

    def forget(self, saved: int) -> int:
        """Forget the oldest changes, which an index that was saved at `saved` has; returns how many.

        The last 10,000 writes before it are kept: an index that is further behind is built anew.
        """
        until = saved - _KEPT
        with self._database.reading() as work:
            oldest = work.first(sa.select(changes.c.corpus_revision).order_by(changes.c.corpus_revision))
        if oldest is None or oldest.corpus_revision + _AT_ONCE > until:
            return 0
        with self._database.writing() as work:
            gone = work.change(sa.delete(changes).where(changes.c.corpus_revision <= until))
            note = {"corpus_revision": until, "revision": FORGOTTEN, "added": False, "snippets": 0}
            work.insert(changes, [note])
            work.changed = False  # nothing that a reader of the corpus could see
        return gone

    def turn(self, patience: float = 0.0) -> AbstractContextManager[bool]:
        """Whether it is the caller's turn to apply changes to an index that processes share: one at a time.

        It waits at most `patience` seconds for the one whose turn it is.
        """
        return turn(self._database, patience)


def erased_since(work: Work, corpus_revision: int) -> bool:
    """`Changes.erased_since`, within a transaction."""
    if corpus_revision < _forgotten(work):
        return True
    after = changes.c.corpus_revision > corpus_revision
    return work.count(changes, after, changes.c.revision == ERASURE) > 0


def _forgotten(work: Work) -> int:
    """The corpus revision up to which changes have been forgotten; it stands before all others."""
    columns = changes.c.corpus_revision, changes.c.revision
    row = work.first(sa.select(*columns).order_by(*columns))
    return int(row.corpus_revision) if row is not None and row.revision == FORGOTTEN else 0


def _change(row: sa.Row[Sequence[object]]) -> Change:
    ids = range(snippet_id(row.revision, 0), snippet_id(row.revision, row.snippets))
    nothing = range(0)
    added, removed = (ids, nothing) if row.added else (nothing, ids)
    return Change(row.corpus_revision, added, removed)
