"""Snippets by their words."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.database import Database, Work
from matcher.store.lexicon import holds, meets, rarest, telling
from matcher.store.query import Phrase, parse_query, positive
from matcher.store.schema import lexicon, revisions, snippets
from matcher.store.where import rendered
from matcher.store.words import words
from matcher.types.corpus import Where

# Snippets that `nearest` ranks. BM25 and the look at whose each is take some 2 ms a thousand.
MOST_RANKED = 3_000


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
        node = parse_query(query)
        asked = list(positive(node))
        with self._database.reading() as work:
            whole = [] if isinstance(node, Phrase) else [meets(node, work.dialect)]
            return _ranked(work, asked, limit, where, whole)

    def nearest(self, text: str, limit: int, where: Where | None = None) -> list[int]:
        """Ids of at most `limit` snippets that share the rarest words with a text, the most telling first.

        The text is no query: none of its words has to be there. Raises InputError.
        """
        with self._database.reading() as work:
            asked = [Phrase((word,)) for word in rarest(work, words(text), MOST_RANKED)]
            return _ranked(work, asked, limit, where, [])


def _ranked(
    work: Work,
    asked: Sequence[Phrase],
    limit: int,
    where: Where | None,
    whole: Sequence[sa.ColumnElement[bool]],
) -> list[int]:
    """The snippets that hold one of the phrases, of people who meet the conditions."""
    if limit < 1:
        raise InputError(f"The limit is {limit}: ask for at least 1 snippet.")
    conditions = rendered(where or Where(), work.dialect)
    if not asked:
        return []
    statement = (
        sa.select(snippets.c.id)
        .select_from(
            lexicon.join(snippets, snippets.c.id == lexicon.c.rowid).join(
                revisions, revisions.c.id == snippets.c.revision
            )
        )
        .where(holds(asked, work.dialect), *conditions, *whole)
        .order_by(telling(asked, work.dialect), snippets.c.id)
        .limit(limit)
    )
    return [row.id for row in work.rows(statement)]
