"""Snippets by their words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.store.database import Database, Work
from matcher.store.lengths import Lengths
from matcher.store.lexicon import (
    Holders,
    counts_of,
    holders,
    holds,
    meets,
    newest_holders,
    telling,
    telling_words,
)
from matcher.store.query import Phrase, parse_query, positive
from matcher.store.schema import lexicon, revisions, snippets
from matcher.store.where import rendered
from matcher.types.corpus import SNIPPET_BITS, Where

# Snippets that `nearest` weighs by the words they hold: some thousand take a millisecond, and so the words
# that more snippets hold are looked for among those alone. Where few people count, more are weighed.
MOST_WEIGHED = 12_000
MOST_OF_FEW = 30_000
_FEW = 2_000

_COMMON = 4  # words that are looked for so, the rarest of them

# A word's weight is the logarithm of one in how many of a million snippets it stands; a snippet's length
# counts as in BM25, with the constants of FTS5 (k1 1.2, b .75) and a snippet of usual length.
_SNIPPETS = 1_000_000
_K1, _B = 1.2, 0.75
_CHARACTERS = 90


class Lexical:
    """Full-text search over the masked snippets of newest revisions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lengths = Lengths()

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

    def nearest(self, text: str, limit: int, among: NDArray[np.int64] | None = None) -> list[int]:
        """Ids of at most `limit` snippets that share the rarest words with a text, the most telling first.

        The text is no query: none of its words has to be there. `among` are the newest revisions that count,
        None for all. Of words that very many snippets hold not every holder is found. Raises InputError.
        """
        _check_limit(limit)
        most = MOST_WEIGHED if among is None or len(among) > _FEW else MOST_OF_FEW
        keys, telling = self.weighed(text, most)
        if among is not None:
            own = np.isin(keys >> SNIPPET_BITS, among)
            keys, telling = keys[own], telling[own]
        return _first(keys, telling, limit)

    def weighed(self, text: str, most: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Ids, ascending, of snippets that share words with a text, and how telling each is: the order that
        `nearest` is of. At most `most` are weighed, those of other tenants among them; where no more share
        a word, these are all."""
        with self._database.reading() as work:
            keys, gained = _weighed(work, telling_words(text), most)
            characters = self._lengths.of(work, keys)
        own = characters >= 0
        return keys[own], gained[own] / _long(characters[own])


def _first(keys: NDArray[np.int64], telling: NDArray[np.float64], limit: int) -> list[int]:
    """The `limit` most telling of ascending keys; equal ones by key."""
    if len(keys) > limit:
        enough = telling >= np.partition(telling, -limit)[-limit]
        keys, telling = keys[enough], telling[enough]
    order = np.argsort(-telling, kind="stable")[:limit]
    return keys[order].tolist()  # type: ignore[no-any-return]


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
        found = holders(work, wanted)
        keys, gained = _summed(found, weights)
        if rare == len(ordered) or len(keys) + counts[ordered[rare]] > most:
            return keys, gained
        rare += 1  # snippets that hold several of the words leave room for another


def _summed(
    found: Sequence[NDArray[np.int64]], weights: Sequence[float]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The keys of all lists, each once and ascending, with the sum of the weights of the lists it is in."""
    keys = np.concatenate(found)
    order = np.argsort(keys, kind="stable")  # each list is in order already, which this way of sorting uses
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    gained = np.repeat(weights[: len(found)], [len(ids) for ids in found])[order]
    return keys[starts], np.add.reduceat(gained, starts)


def _common(
    work: Work, ordered: Sequence[str], weights: Sequence[float], most: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The same where all words are common: those that hold all of them, then all but the commonest, and so
    on until there are `most`."""
    keys, gained = np.empty(0, np.int64), np.empty(0)
    for many in range(len(ordered), 0, -1):
        ids = newest_holders(work, Holders(ordered[:1], ordered[1:many]), most - len(keys))
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
