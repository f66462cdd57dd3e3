"""What matching made ready of a revision, as bytes: opaque here but for how they begin, which says by which
rules they were made."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from matcher.store.database import Database
from matcher.store.schema import contents, revisions


class Features:
    """The features of newest revisions. `Resumes.read` gives them back with what was parsed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, features: Mapping[int, bytes]) -> int:
        """Put features in the place of what revisions have; returns how many of the revisions are there."""
        kept = 0
        with self._database.writing() as work:
            for revision, data in features.items():
                this = sa.update(contents).where(contents.c.revision == revision)
                kept += work.change(this.values(features=data))
        return kept

    def outdated(self, start: bytes, limit: int, after: int = -1) -> list[int]:
        """Ids of at most `limit` newest revisions that have no features, or some that do not begin with
        `start`, ascending from behind `after`. It reads what all revisions say."""
        other = contents.c.features.is_(None) | (sa.func.substr(contents.c.features, 1, len(start)) != start)
        statement = (
            sa.select(revisions.c.id)
            .select_from(revisions.join(contents, contents.c.revision == revisions.c.id))
            .where(revisions.c.newest, contents.c.revision > after, other)
            .order_by(contents.c.revision)  # as they lie, so that nobody is read beyond the last of them
            .limit(limit)
        )
        with self._database.reading() as work:
            return [row.id for row in work.rows(statement)]
