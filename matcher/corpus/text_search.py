"""Free text: the snippets nearest by meaning and by words, fused, and the people they are of with quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.following import FollowingIndex
from matcher.corpus.fusion import first_of_each, fused
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.index import similarities
from matcher.store import Store
from matcher.types.corpus import SNIPPET_BITS, Where, snippet_place
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
        people = None if where is None else self._store.resumes.sizes(where)
        near = self.nearest(query, limit, self.within(people))[0]
        worded = self._store.lexical.nearest(text, limit, people)
        best: dict[int, list[int]] = defaultdict(list)
        for key, _ in fused([(1.0, near), (1.0, worded)]):
            best[snippet_place(key)[0]].append(key)
        order = fused((1.0, first_of_each(snippet_place(key)[0] for key in hits)) for hits in (near, worded))
        found: list[Found] = []
        for start in range(0, len(order), top):  # once, but for those who were erased or revised this moment
            found += self._shown(query, order[start : start + top], best)
            if len(found) >= top:
                break
        return found[:top]

    def within(self, people: Mapping[int, int] | None) -> NDArray[np.int64] | None:
        """The ids of the snippets of revisions with so many each, ascending; None for everyone's."""
        if people is None:
            return None
        starts = np.fromiter(people, np.int64, len(people)) << SNIPPET_BITS
        sizes = np.fromiter(people.values(), np.int64, len(people))
        before = np.cumsum(sizes) - sizes
        return np.repeat(starts - before, sizes) + np.arange(sizes.sum())

    def nearest(
        self, queries: NDArray[np.float32], limit: int, within: NDArray[np.int64] | None
    ) -> list[list[int]]:
        """For each query the ids of the `limit` nearest snippets, the first ones by their exact cosines."""
        _, ids = self._index.search(queries, limit, within)
        if not self._index.describe().error:
            return [[int(key) for key in row if key >= 0] for row in ids]
        first = sorted({int(key) for key in ids[:, :_COMPARED].flat if key >= 0})
        kept = self._store.vectors.of_snippets(self._vectors.fingerprint, first)
        rows = as_rows(kept.rows, self._vectors.encoder.dim)
        place = {key: number for number, key in enumerate(kept.ids)}
        found = []
        for query, row in zip(queries, ids.tolist(), strict=True):
            known = [key for key in row[:_COMPARED] if key in place]
            exact = similarities(query[np.newaxis], rows[[place[key] for key in known]])[0]
            order = sorted(zip(-exact.astype(float), known, strict=True))
            found.append([key for _, key in order] + [key for key in row[_COMPARED:] if key >= 0])
        return found

    def _shown(
        self,
        query: NDArray[np.float32],
        order: Sequence[tuple[int, float]],
        best: Mapping[int, Sequence[int]],
    ) -> list[Found]:
        """The people of these revisions, with their score, and quotes of the first of their best snippets."""
        people = self._store.people.of_revisions([revision for revision, _ in order])
        chosen = [key for revision in people for key in best[revision][:QUOTES]]
        passages = self._store.resumes.passages(chosen)
        cosines = self._cosines(query, {key: passages[key].masked for key in chosen if key in passages})
        found = []
        for revision, score in order:
            quotes = tuple(
                Quote(passages[key].text, passages[key].section, cosines[key], passages[key].places)
                for key in best[revision][:QUOTES]
                if key in passages
            )
            if revision in people and quotes:
                found.append(Found(people[revision], score, quotes))
        return found

    def _cosines(self, query: NDArray[np.float32], texts: Mapping[int, str]) -> dict[int, float]:
        """The exact cosine of the query with each masked text."""
        if not texts:
            return {}
        found = similarities(query, self._vectors.of_texts(list(texts.values())))[0]
        return dict(zip(texts, found.astype(float).tolist(), strict=True))
