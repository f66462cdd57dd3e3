"""Snippets by their words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.database import Database, Work
from matcher.store.lexicon import count_of, holders, holds, lengths, meets, telling, telling_words
from matcher.store.query import Phrase, parse_query, positive
from matcher.store.schema import lexicon, revisions, snippets
from matcher.store.where import rendered
from matcher.types.corpus import SNIPPET_BITS, Where

# Snippets that `nearest` weighs by the words they hold: a thousand take less than a millisecond, and so the
# words that more snippets hold are looked for among those alone. Where few people count, more are weighed.
MOST_WEIGHED = 4_000
MOST_OF_FEW = 30_000
_FEW = 2_000

_COMMON = 2  # words that are looked for so, the first of the text

# The most telling by their words alone, for each that is wanted, whose length counts then.
_TIMES = 4

# A word's weight is the logarithm of one in how many of a million snippets it stands; a snippet's length
# counts as in BM25, with the constants of FTS5 (k1 1.2, b .75) and a snippet of usual length.
_SNIPPETS = 1_000_000
_K1, _B = 1.2, 0.75
_CHARACTERS = 90


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

    def nearest(self, text: str, limit: int, among: Collection[int] | None = None) -> list[int]:
        """Ids of at most `limit` snippets that share the rarest words with a text, the most telling first.

        The text is no query: none of its words has to be there. `among` are the newest revisions that count,
        None for all. Of words that very many snippets hold not every holder is found. Raises InputError.
        """
        _check_limit(limit)
        if among is not None and not isinstance(among, Mapping):
            among = frozenset(among)
        most = MOST_WEIGHED if among is None or len(among) > _FEW else MOST_OF_FEW
        with self._database.reading() as work:
            gained = _weighed(work, telling_words(text), most)
            if among is not None:
                gained = {key: together for key, together in gained.items() if key >> SNIPPET_BITS in among}
            ordered = _ordered(gained)
            found: list[tuple[float, int]] = []
            while some := list(islice(ordered, _TIMES * limit)):  # once, but for snippets of other tenants
                long = lengths(work, some)
                found += sorted((-gained[key] / _long(characters), key) for key, characters in long.items())
                if len(found) >= limit:
                    break
            return [key for _, key in found[:limit]]


def _weighed(work: Work, asked: Sequence[str], most: int) -> dict[int, float]:
    """At most `most` snippets of all tenants with the summed weights of the words that they hold."""
    counts = {word: count_of(work, word, most + 1) for word in asked}
    ordered = sorted(filter(counts.__getitem__, counts), key=counts.__getitem__)
    weights = {word: math.log(_SNIPPETS / min(counts[word], _SNIPPETS - 1)) for word in ordered}
    gained: dict[int, float] = {}
    rare = 0
    while rare < len(ordered) and len(gained) + counts[ordered[rare]] <= most:
        word = ordered[rare]
        for key in holders(work, [word], most):
            gained[key] = gained.get(key, 0.0) + weights[word]
        rare += 1
    for word in ordered[rare : rare + _COMMON] if rare else ():
        for key in holders(work, ordered[:rare], most, [word]):
            gained[key] += weights[word]
    # All are common: those that hold all of them, then all but the commonest, and so on.
    for many in range(0 if rare else len(ordered), 0, -1):
        together = math.fsum(weights[word] for word in ordered[:many])
        for key in holders(work, ordered[:1], most - len(gained), ordered[1:many]):
            gained.setdefault(key, together)
    return gained


def _ordered(gained: Mapping[int, float]) -> Iterator[int]:
    """The keys, the greatest sums first, equal ones by id. Few sums differ, and only the first are asked for,
    so that most of them are never sorted."""
    alike: dict[float, list[int]] = {}
    for key, together in gained.items():
        alike.setdefault(together, []).append(key)
    for together in sorted(alike, reverse=True):
        yield from sorted(alike[together])


def _long(characters: int) -> float:
    """What BM25 divides the weight of a word by in a snippet of that length, up to a constant."""
    return 1 + _K1 * (1 - _B + _B * characters / _CHARACTERS)


def _check_limit(limit: int) -> None:
    if limit < 1:
        raise InputError(f"The limit is {limit}: ask for at least 1 snippet.")


def _ranked(
    work: Work,
    asked: Sequence[Phrase],
    limit: int,
    where: Where | None,
    whole: Sequence[sa.ColumnElement[bool]],
) -> list[int]:
    """The snippets that hold one of the phrases, of people who meet the conditions."""
    _check_limit(limit)
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
