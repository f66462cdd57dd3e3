"""Outlines of newest revisions, as bytes: opaque here. A search reads those of everybody, so they lie apart
from what the revisions say. They are derived: whoever finds none makes it anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from matcher.store.database import Database, Work, parts
from matcher.store.schema import belongs, key_column, metadata, revisions

outlines = sa.Table(
    "outlines",
    metadata,
    key_column("tenant"),
    sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("outline", sa.LargeBinary, nullable=False),
    belongs(["revision"], "revisions", ["id"]),
)


class OutlineStore:
    """The outlines of a tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, ids: Iterable[int]) -> dict[int, bytes]:
        """The outlines of these revisions; those that have none are left out."""
        statement = sa.select(outlines.c.revision, outlines.c.outline)
        with self._database.reading() as work:
            return {
                row.revision: row.outline
                for part in parts(ids)
                for row in work.rows(statement.where(outlines.c.revision.in_(part)))
            }

    def keep(self, made: Mapping[int, bytes]) -> int:
        """Put outlines in the place of what newest revisions have; returns of how many.

        Revisions that are gone or no longer the newest are passed over.
        """
        with self._database.writing() as work:
            searched = sa.select(revisions.c.id).where(revisions.c.newest)
            known = [
                row.id for part in parts(made) for row in work.rows(searched.where(revisions.c.id.in_(part)))
            ]
            drop_outlines(work, known)
            insert_outlines(work, {revision: made[revision] for revision in known})
        return len(known)


def insert_outlines(work: Work, made: Mapping[int, bytes]) -> None:
    """Write the outlines of revisions that have none."""
    work.insert(outlines, [{"revision": revision, "outline": data} for revision, data in made.items()])


def drop_outlines(work: Work, ids: Iterable[int]) -> None:
    """Delete those of the revisions."""
    for part in parts(ids):
        work.change(sa.delete(outlines).where(outlines.c.revision.in_(part)))
