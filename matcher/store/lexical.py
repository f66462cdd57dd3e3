"""Snippets by their words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import accumulate

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.store.database import Database, Work
from matcher.store.lexicon import (
    Holders,
    counts_of,
    holders,
    holds,
    lengths,
    meets,
    telling,
    telling_words,
)
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
        most = MOST_WEIGHED if among is None or len(among) > _FEW else MOST_OF_FEW
        with self._database.reading() as work:
            keys, gained = _weighed(work, telling_words(text), most)
            if among is not None:
                own = np.isin(keys >> SNIPPET_BITS, np.fromiter(among, np.int64, len(among)))
                keys, gained = keys[own], gained[own]
            order = np.argsort(-gained, kind="stable")  # equal ones stay in the order of their ids
            found: list[int] = []
            for start in range(0, len(order), _TIMES * limit):  # once, but for snippets of other tenants
                some = order[start : start + _TIMES * limit]
                ids, characters = lengths(work, keys[some])
                telling = gained[np.searchsorted(keys, ids)] / _long(characters)
                found += ids[np.lexsort((ids, -telling))].tolist()
                if len(found) >= limit:
                    break
            return found[:limit]


def _weighed(work: Work, asked: Sequence[str], most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """At most `most` snippets of all tenants, ascending, with the summed weights of the words they hold."""
    counts = dict(zip(asked, counts_of(work, asked, most + 1), strict=True))
    ordered = sorted(filter(counts.__getitem__, counts), key=counts.__getitem__)
    weights = [math.log(_SNIPPETS / min(counts[word], _SNIPPETS - 1)) for word in ordered]
    rare = sum(total <= most for total in accumulate(counts[word] for word in ordered))
    if not rare:
        return _common(work, ordered, weights, most)
    while True:
        wanted = [Holders([word]) for word in ordered[:rare]]
        wanted += [Holders(ordered[:rare], [word]) for word in ordered[rare : rare + _COMMON]]
        found = holders(work, wanted, most)
        keys, places = np.unique(np.concatenate(found), return_inverse=True)
        if rare == len(ordered) or len(keys) + counts[ordered[rare]] > most:
            break
        rare += 1  # snippets that hold several of the words leave room for another
    gained = np.zeros(len(keys))
    np.add.at(gained, places, np.repeat(weights[: len(found)], [len(ids) for ids in found]))
    return keys, gained


def _common(
    work: Work, ordered: Sequence[str], weights: Sequence[float], most: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The same where all words are common: those that hold all of them, then all but the commonest, and so
    on until there are `most`."""
    keys, gained = np.empty(0, np.int64), np.empty(0)
    for many in range(len(ordered), 0, -1):
        (ids,) = holders(work, [Holders(ordered[:1], ordered[1:many])], most - len(keys))
        new = np.setdiff1d(ids, keys)
        keys = np.concatenate([keys, new])
        gained = np.concatenate([gained, np.full(len(new), math.fsum(weights[:many]))])
    order = np.argsort(keys)
    return keys[order], gained[order]


def _long(characters: NDArray[np.int64]) -> NDArray[np.float64]:
    """What BM25 divides the weight of a word by in snippets of such lengths, up to a constant."""
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
