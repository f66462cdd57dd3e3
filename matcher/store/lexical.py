"""Snippets by their words."""

from __future__ import annotations

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.database import Database
from matcher.store.lexicon import holds, meets, telling
from matcher.store.query import Phrase, parse_query, positive
from matcher.store.schema import lexicon, revisions, snippets
from matcher.store.where import rendered
from matcher.types.corpus import Where


class Lexical:
    """Full-text search over the masked snippets of newest revisions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, query: str, limit: int, where: Where | None = None) -> list[int]:
        """Ids of at most `limit` snippets that hold something the query asks for, the most telling first.

        They belong to people whose newest revision, as a whole, meets the query and `where`. How telling a
        snippet is says the database: it is for fusing with other orders, not for reading. Raises QueryError
        and InputError.
        """
        if limit < 1:
            raise InputError(f"The limit is {limit}: ask for at least 1 snippet.")
        node = parse_query(query)
        asked = list(positive(node))
        if not asked:
            return []
        with self._database.reading() as work:
            conditions = rendered(where or Where(), work.dialect)
            if not isinstance(node, Phrase):
                conditions.append(meets(node, work.dialect))
            statement = (
                sa.select(snippets.c.id)
                .select_from(
                    lexicon.join(snippets, snippets.c.id == lexicon.c.rowid).join(
                        revisions, revisions.c.id == snippets.c.revision
                    )
                )
                .where(holds(asked, work.dialect), *conditions)
                .order_by(telling(asked, work.dialect), snippets.c.id)
                .limit(limit)
            )
            return [row.id for row in work.rows(statement)]
