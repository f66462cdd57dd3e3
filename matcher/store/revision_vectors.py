"""The vectors of a revision's snippets together, in the snippets' order: one row is read where comparing a
person would look up fifty. They repeat what `vectors` keeps by text, which is the truth; whoever finds none
here takes them from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from matcher.store.database import Database, Work, parts
from matcher.store.listed import among
from matcher.store.schema import revision_vectors, revisions, snippets, vectors
from matcher.store.tenancy import prepared

_AT_ONCE = 200  # revisions joined in one transaction: some 15 MB

_KEPT = prepared(
    sa.select(revision_vectors.c.revision, revision_vectors.c.vectors).where(
        revision_vectors.c.fingerprint == sa.bindparam("fingerprint"),
        among(revision_vectors.c.revision, "ids"),
    )
)


class RevisionVectors:
    """The vectors of newest revisions, by encoder."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, fingerprint: str, ids: Iterable[int]) -> dict[int, bytes]:
        """By revision the vectors of its snippets one after the other, little-endian float32. Revisions that
        have none under this encoder are left out."""
        with self._database.reading() as work:
            return _kept(work, ids, fingerprint)

    def mend(self, fingerprint: str) -> int:
        """Join the vectors of the revisions that `differing` counts; returns how many. Some at a time: others
        write in between, and who is killed goes on."""
        mended = 0
        for ids in self._differing(fingerprint):
            with self._database.writing() as work:
                which = revision_vectors.c.fingerprint == fingerprint, revision_vectors.c.revision.in_(ids)
                work.change(sa.delete(revision_vectors).where(*which))
                mended += join_vectors(work, ids, fingerprint)
        return mended

    def differing(self, fingerprint: str) -> int:
        """How many newest revisions have their vectors not together, or others than by text, among those that
        have all of theirs under this encoder. It reads every vector twice."""
        return sum(map(len, self._differing(fingerprint)))

    def _differing(self, fingerprint: str) -> Iterator[list[int]]:
        """Their ids, ascending, in parts."""
        newest = sa.select(revisions.c.id).where(revisions.c.newest).order_by(revisions.c.id).limit(_AT_ONCE)
        after = -1
        while True:
            with self._database.reading() as work:
                ids = [row.id for row in work.rows(newest.where(revisions.c.id > after))]
                joined = _joined(work, ids, fingerprint)
                kept = _kept(work, ids, fingerprint)
            if not ids:
                return
            if found := [revision for revision, data in joined.items() if kept.get(revision) != data]:
                yield found
            after = ids[-1]


def join_vectors(work: Work, ids: Sequence[int], fingerprint: str) -> int:
    """Write the vectors of these revisions together, where every snippet has one; returns for how many."""
    joined = _joined(work, ids, fingerprint)
    rows = [
        {"revision": revision, "fingerprint": fingerprint, "vectors": data}
        for revision, data in joined.items()
    ]
    work.insert(revision_vectors, rows)
    return len(rows)


def drop_joined(database: Database, fingerprint: str) -> None:
    """Forget all that was joined of an encoder, some at a time."""
    having = revision_vectors.c.fingerprint == fingerprint
    some = sa.select(revision_vectors.c.revision).where(having).limit(_AT_ONCE)
    while True:
        with database.writing() as work:
            ids = [row.revision for row in work.rows(some)]
            if not ids:
                return
            work.change(sa.delete(revision_vectors).where(having, revision_vectors.c.revision.in_(ids)))


def _kept(work: Work, ids: Iterable[int], fingerprint: str) -> dict[int, bytes]:
    rows = work.rows(_KEPT, {"fingerprint": fingerprint, "ids": ids})
    return {row.revision: row.vectors for row in rows}


def _joined(work: Work, ids: Sequence[int], fingerprint: str) -> dict[int, bytes]:
    """The vectors of each revision one after the other, for those of which every snippet has one."""
    wanted: dict[int, int] = {}
    found: dict[int, list[bytes]] = {}
    for part in parts(ids):
        counts = sa.select(revisions.c.id, revisions.c.snippets).where(revisions.c.id.in_(part))
        wanted |= {row.id: row.snippets for row in work.rows(counts)}
        statement = (
            sa.select(snippets.c.revision, vectors.c.vector)
            .select_from(snippets.join(vectors, vectors.c.text_sha256 == snippets.c.text_sha256))
            .where(vectors.c.fingerprint == fingerprint, snippets.c.revision.in_(part))
            .order_by(snippets.c.id)
        )
        for row in work.rows(statement):
            found.setdefault(row.revision, []).append(row.vector)
    return {
        revision: b"".join(found.get(revision, ()))
        for revision, number in sorted(wanted.items())
        if number == len(found.get(revision, ()))
    }
