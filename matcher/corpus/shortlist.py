"""Whom a role is compared with in full: those whose lines the index finds and whose facts fit, best first.

The index finds the nearest lines of each qualification; a rough score from them and from the outlines of
everybody says who is likeliest to be among the best (`matching.likeliest`).
"""

from __future__ import annotations

from datetime import date
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.following import FollowingIndex
from matcher.corpus.outlines import CorpusOutlines
from matcher.matching import Hits, Outlines, RoleProfile, likeliest, searched
from matcher.store import Store
from matcher.types.corpus import SNIPPET_BITS, Where

# Lines that are found for each text of a qualification: more hold more of the best, and take the index longer
# (`benchmarks/shortlist_recall.py --lines`).
_LINES = 2_000

_ORDINAL = (1 << SNIPPET_BITS) - 1


class Shortlist:
    """Chooses people of a corpus. Several threads may use it."""

    def __init__(self, store: Store, index: FollowingIndex) -> None:
        self._store = store
        self._index = index
        self._outlines = CorpusOutlines(store)

    def forget(self) -> None:
        """Leave nothing in memory of resumes: what is searched is read anew."""
        self._outlines.forget()

    def likeliest(
        self, profile: RoleProfile, wanted: NDArray[np.float32], size: int, where: Where | None, today: date
    ) -> dict[int, float | None]:
        """The newest revisions of at most `size` people who meet the filter, the likeliest first, each with
        the score that it is estimated at; None where nobody is left out, and nothing is estimated.

        `wanted` has a row for each of the profile's texts.
        """
        outlines = self._outlines.now()
        among = None
        if where is not None:
            among = np.isin(outlines.keys, np.array(self._store.resumes.select(where), dtype=np.int64))
        people = np.arange(len(outlines)) if among is None else np.flatnonzero(among)
        rows = searched(profile)
        estimated: list[float] = []
        if len(people) > size and rows:
            within = None if among is None else _snippets(outlines, people)
            scores, ids = self._index.search(wanted[rows], _LINES, within)
            hits = {
                row: _hits(outlines, found, cosines)
                for row, found, cosines in zip(rows, ids, scores, strict=True)
            }
            people, about = likeliest(profile, hits, outlines, today, size, among)
            estimated = about.tolist()
        found = outlines.keys[people[:size]].tolist()
        return dict(zip(found, estimated or repeat(None), strict=False))


def _hits(outlines: Outlines, ids: NDArray[np.int64], cosines: NDArray[np.float32]) -> Hits:
    """What the index found, but for those who came or went this moment, and places that it did not fill."""
    lines, known = outlines.lines_of(ids >> SNIPPET_BITS, ids & _ORDINAL)
    known &= ids >= 0
    return Hits(lines[known], cosines[known])


def _snippets(outlines: Outlines, people: NDArray[np.intp]) -> NDArray[np.int64]:
    """The ids of all snippets of people, ascending."""
    lines, grouped = outlines.lines.places(people)
    sizes = np.diff(grouped.ends)
    ordinals = lines - np.repeat(outlines.lines.ends[people], sizes)
    return (np.repeat(outlines.keys[people], sizes) << SNIPPET_BITS) | ordinals
