"""Free text: the snippets nearest by meaning and by words, fused, and the people they are of with quotes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.following import FollowingIndex
from matcher.corpus.fusion import best_first, first_of_each, fused, gains
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.index import similarities
from matcher.store import Store
from matcher.types.corpus import SNIPPET_BITS, Where
from matcher.types.found import Found, Quote

# Snippets that each of the two ways finds, for every person that is wanted: several of a person answer alike.
_SNIPPETS_A_PERSON = 8
_LEAST_SNIPPETS = 200

# The nearest that are put in the order of their exact cosines. What comes behind them gains as good as
# nothing from its rank, and the index's own order is within a hundredth.
_COMPARED = 80

QUOTES = 3  # shown of a person


class TextSearch:
    """Finds people by a text."""

    def __init__(self, store: Store, vectors: CorpusVectors, index: FollowingIndex) -> None:
        self._store = store
        self._vectors = vectors
        self._index = index

    def people(self, text: str, top: int, where: Where | None) -> list[Found]:
        """At most `top` people, best first, each with the quotes that found them."""
        limit = max(_LEAST_SNIPPETS, top * _SNIPPETS_A_PERSON)
        query = self._vectors.of_queries([text])
        people, within = None, None
        if where is not None:
            people, sizes = self._store.resumes.sizes(where)
            within = _snippets_of(people, sizes)
        hits = self._index.search(query, limit, within)
        with self._store.moment():  # begun behind the index's: what it found may be gone, but nothing is new
            near, cosines = self._in_order(query, hits)
            worded = self._store.lexical.nearest(text, limit, people)
            gained = gains(near, worded)
            order = fused(*(first_of_each(key >> SNIPPET_BITS for key in hits) for hits in (near, worded)))
            found: list[Found] = []
            for start in range(0, len(order), top):  # once, but for those who were erased or revised just now
                some = order[start : start + top]
                found += self._shown(query, some, _best_of(gained, dict(some)), cosines)
                if len(found) >= top:
                    break
            return found[:top]

    def nearest(
        self, query: NDArray[np.float32], limit: int, within: NDArray[np.int64] | None
    ) -> tuple[list[int], dict[int, float]]:
        """The ids of the `limit` snippets nearest to a query (1, dim), and the exact cosines of the first
        ones, which are in the order of these."""
        return self._in_order(query, self._index.search(query, limit, within))

    def _in_order(
        self, query: NDArray[np.float32], hits: tuple[NDArray[np.float32], NDArray[np.int64]]
    ) -> tuple[list[int], dict[int, float]]:
        """The same of what the index found."""
        scores, ids = hits
        keys = [key for key in ids[0].tolist() if key >= 0]
        if not self._index.describe().error:
            return keys, dict(zip(keys, scores[0].tolist(), strict=False))
        cosines = self._kept_cosines(query, keys[:_COMPARED])
        first = sorted(cosines, key=lambda key: (-cosines[key], key))
        return first + keys[_COMPARED:], cosines

    def _shown(
        self,
        query: NDArray[np.float32],
        order: Sequence[tuple[int, float]],
        best: Mapping[int, Sequence[int]],
        cosines: Mapping[int, float],
    ) -> list[Found]:
        """The people of these revisions, with their score, and quotes of the first of their best snippets."""
        people = self._store.people.of_revisions([revision for revision, _ in order])
        chosen = [key for revision in people for key in best[revision][:QUOTES]]
        passages = self._store.resumes.passages(chosen)
        known = {key: cosines[key] for key in passages if key in cosines}
        known |= self._kept_cosines(query, [key for key in passages if key not in known])
        known |= self._cosines(
            query, {key: each.masked for key, each in passages.items() if key not in known}
        )
        found = []
        for revision, score in order:
            quotes = tuple(
                Quote(passages[key].text, passages[key].section, known[key], passages[key].places)
                for key in best[revision][:QUOTES]
                if key in passages
            )
            if revision in people and quotes:
                found.append(Found(people[revision], score, quotes))
        return found

    def _kept_cosines(self, query: NDArray[np.float32], keys: Sequence[int]) -> dict[int, float]:
        """The exact cosines of the query with those of the snippets whose vectors the store has."""
        if not keys:
            return {}
        kept = self._store.vectors.of_snippets(self._vectors.fingerprint, keys)
        found = similarities(query, as_rows(kept.rows, self._vectors.encoder.dim))[0]
        return dict(zip(kept.ids, found.astype(float).tolist(), strict=True))

    def _cosines(self, query: NDArray[np.float32], texts: Mapping[int, str]) -> dict[int, float]:
        """The same with texts, of which no vector is kept yet."""
        if not texts:
            return {}
        found = similarities(query, self._vectors.of_texts(list(texts.values())))[0]
        return dict(zip(texts, found.astype(float).tolist(), strict=True))


def _snippets_of(people: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The ids of the snippets of revisions with so many each, ascending as these."""
    before = np.cumsum(sizes) - sizes
    return np.repeat((people << SNIPPET_BITS) - before, sizes) + np.arange(sizes.sum())


def _best_of(gained: Mapping[int, float], revisions: Collection[int]) -> dict[int, list[int]]:
    """The snippets of each of the revisions, the best first."""
    best: dict[int, list[int]] = {revision: [] for revision in revisions}
    for key, _ in best_first({key: gain for key, gain in gained.items() if key >> SNIPPET_BITS in best}):
        best[key >> SNIPPET_BITS].append(key)
    return best
