"""Free text: the snippets nearest by meaning and by words, fused, and the people they are of with quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.fusion import first_of_each, fused
from matcher.corpus.indexing import CorpusIndex
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.errors import NotInCorpusError
from matcher.index import similarities
from matcher.store import Store
from matcher.types.corpus import Candidate, Where, snippet_place
from matcher.types.found import Found, Quote

# Snippets that each of the two ways finds, for every person that is wanted: several of a person answer alike.
_SNIPPETS_A_PERSON = 8
_LEAST_SNIPPETS = 200

QUOTES = 3  # shown of a person


class TextSearch:
    """Finds people by a text."""

    def __init__(self, store: Store, vectors: CorpusVectors, index: CorpusIndex) -> None:
        self._store = store
        self._vectors = vectors
        self._index = index

    def people(self, text: str, top: int, where: Where | None) -> list[Found]:
        """At most `top` people, best first, each with the quotes that found them."""
        limit = max(_LEAST_SNIPPETS, top * _SNIPPETS_A_PERSON)
        query = self._vectors.of_queries([text])
        near = self.nearest(query, limit, self.within(where))[0]
        worded = self._store.lexical.nearest(text, limit, where)
        return self._shown(query, near, worded, top)

    def within(self, where: Where | None) -> NDArray[np.int64] | None:
        """The ids of the snippets of the people who meet the filter; None for everyone's."""
        if where is None:
            return None
        ranges = self._store.resumes.snippet_ids(where)
        parts = [np.arange(part.start, part.stop, dtype=np.int64) for part in ranges]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)

    def nearest(
        self, queries: NDArray[np.float32], limit: int, within: NDArray[np.int64] | None
    ) -> list[list[int]]:
        """For each query the ids of the `limit` nearest snippets, by their exact cosines."""
        _, ids = self._index.search(queries, limit, within)
        if not self._index.describe().error:
            return [[int(key) for key in row if key >= 0] for row in ids]
        kept = self._store.vectors.of_snippets(
            self._vectors.fingerprint, sorted({int(key) for key in ids.flat if key >= 0})
        )
        rows = as_rows(kept.rows, self._vectors.encoder.dim)
        place = {key: number for number, key in enumerate(kept.ids)}
        found = []
        for query, row in zip(queries, ids, strict=True):
            known = [int(key) for key in row if int(key) in place]
            exact = similarities(query[np.newaxis], rows[[place[key] for key in known]])[0]
            order = sorted(zip(-exact.astype(float), known, strict=True))
            found.append([key for _, key in order])
        return found

    def _shown(
        self, query: NDArray[np.float32], near: Sequence[int], worded: Sequence[int], top: int
    ) -> list[Found]:
        people = self._store.people.of_revisions(sorted({snippet_place(key)[0] for key in (*near, *worded)}))
        order = fused((1.0, _revisions(hits, people)) for hits in (near, worded))[:top]
        best: dict[int, list[int]] = defaultdict(list)
        for key, _ in fused([(1.0, near), (1.0, worded)]):
            best[snippet_place(key)[0]].append(key)
        stored = self._store.resumes.read(revision for revision, _ in order)
        found = []
        for revision, score in order:
            candidate = self._candidate(people[revision])
            if revision not in stored or candidate is None:
                continue  # erased or revised this moment
            snippets = stored[revision].resume.snippets
            document = stored[revision].resume.document
            chosen = [snippets[snippet_place(key)[1]] for key in best[revision][:QUOTES]]
            cosines = similarities(query, self._vectors.of_texts([item.masked for item in chosen]))[0]
            quotes = tuple(
                Quote(item.text, item.section, float(cosine), tuple(document.places(item.span)))
                for item, cosine in zip(chosen, cosines, strict=True)
            )
            found.append(Found(candidate, score, quotes))
        return found

    def _candidate(self, person: str) -> Candidate | None:
        try:
            return self._store.people.get(person)
        except NotInCorpusError:
            return None


def _revisions(hits: Iterable[int], people: dict[int, str]) -> list[int]:
    """The newest revisions that the snippets are of, in the order of the first of each."""
    revisions = first_of_each(snippet_place(key)[0] for key in hits)
    return [revision for revision in revisions if revision in people]
