"""Whom a role is compared with in full: those whose lines the index finds and whose facts fit, best first.

The index finds the nearest lines of each qualification; a rough score from them and from the outlines of
everybody says who is likeliest to be among the best (`matching.likeliest`). They are looked at once more with
all of their own lines: what many can do, many lines say, and more than are found. Where many people seem
about as good, more of them are looked at.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.asked import Asked
from matcher.corpus.following import FollowingIndex
from matcher.corpus.outlines import CorpusOutlines
from matcher.matching import Hits, Outlines, RoleProfile, likeliest, searched
from matcher.store import Store
from matcher.types.corpus import SNIPPET_BITS, Where

# Lines that are found for each text of a qualification. More hold more of the best, and take the index and
# the rough score longer (`benchmarks/shortlist_recall.py`); among a million lines 4,000 held no more.
LINES = 2_000

# Looked at closely are all who seem to be within this of the last who would be shown, and at least so many:
# a hundred for some postings, all that there may be for those that many people seem to fit about as well.
_NEAR = 0.12
_LEAST = 100

# Up to so many people nobody is left out, and nothing is searched.
EVERYBODY = 200

# People who are looked at together with their own lines, few enough for an index to compare them line by
# line; and how many of their lines are kept for each text.
_TOGETHER = 200
_OWN_LINES = 1_500

_KEPT = 64  # choices, some 20 kB each, for who asks the same again

_ORDINAL = (1 << SNIPPET_BITS) - 1

_Question = tuple[bytes, int, int, Where | None, date]


class Shortlist:
    """Chooses people of a corpus. Several threads may use it."""

    def __init__(self, store: Store, index: FollowingIndex) -> None:
        self._store = store
        self._index = index
        self._outlines = CorpusOutlines(store)
        self._kept: OrderedDict[_Question, Mapping[int, float | None]] = OrderedDict()
        self._revision = -1  # the corpus revision that what is kept is of
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Leave nothing in memory of resumes: what is searched is read anew."""
        self._outlines.forget()
        with self._lock:
            self._kept.clear()

    def likeliest(
        self, asked: Asked, size: int, top: int, where: Where | None, today: date
    ) -> Mapping[int, float | None]:
        """The newest revisions of at most `size` people who meet the filter, the likeliest first, each with
        the score that it is estimated at; None where nobody is left out, and nothing is estimated. The best
        `top` are to be shown.
        """
        outlines, revision = self._outlines.now()
        question = asked.key, size, top, where, today
        with self._lock:
            if revision != self._revision:
                self._kept.clear()
                self._revision = revision
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
        chosen = self._chosen(asked, outlines, size, top, where, today)
        with self._lock:
            if revision == self._revision:
                self._kept[question] = chosen
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return chosen

    def _chosen(
        self, asked: Asked, outlines: Outlines, size: int, top: int, where: Where | None, today: date
    ) -> dict[int, float | None]:
        among = None
        if where is not None:
            among = np.isin(outlines.keys, np.array(self._store.resumes.select(where), dtype=np.int64))
        people = np.arange(len(outlines)) if among is None else np.flatnonzero(among)
        profile = asked.profile
        rows = searched(profile)
        estimated: list[float] = []
        if len(people) > min(size, EVERYBODY) and rows:
            within = None if among is None else _snippets(outlines, people)
            wanted = asked.wanted[rows]

            found = _hits(rows, outlines, *self._index.search(wanted, LINES, within))
            nearer = looked_at(profile, found, outlines, today, size, top, among)
            own = outlines.among(nearer)
            hits = _hits(rows, own, *self._own_lines(wanted, own))
            best, about = likeliest(profile, hits, own, today, size, complete=True)
            people, estimated = nearer[best], about.tolist()
        keys = outlines.keys[people[:size]].tolist()
        return dict(zip(keys, estimated or repeat(None), strict=False))

    def _own_lines(
        self, wanted: NDArray[np.float32], outlines: Outlines
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """`SnippetIndex.search` among the lines of these people alone."""
        parts = [
            self._index.search(wanted, _OWN_LINES, _snippets(outlines, people))
            for people in np.split(np.arange(len(outlines)), range(_TOGETHER, len(outlines), _TOGETHER))
        ]
        scores, ids = zip(*parts, strict=True)
        return np.concatenate(scores, axis=1), np.concatenate(ids, axis=1)


def looked_at(
    profile: RoleProfile,
    found: Mapping[int, Hits],
    outlines: Outlines,
    today: date,
    size: int,
    top: int,
    among: NDArray[np.bool_] | None = None,
) -> NDArray[np.intp]:
    """Whom to look at with their own lines for a shortlist of at most `size` people of whom `top` are shown.

    These are places in `outlines`, ascending. `found` are the LINES nearest to each of the rows `searched`;
    `among` flags those who are wanted.
    """
    people, estimated = likeliest(profile, found, outlines, today, size, among)
    last = estimated[min(top, len(estimated)) - 1]
    near = int(np.count_nonzero(estimated > last - _NEAR))
    return np.sort(people[: max(near, _LEAST, 2 * top)])


def _hits(
    rows: list[int], outlines: Outlines, scores: NDArray[np.float32], ids: NDArray[np.int64]
) -> dict[int, Hits]:
    """What the index found for each row, but for those who came or went this moment, and places that it did
    not fill."""
    hits = {}
    for row, found, cosines in zip(rows, ids, scores, strict=True):
        lines, known = outlines.lines_of(found >> SNIPPET_BITS, found & _ORDINAL)
        known &= found >= 0
        hits[row] = Hits(lines[known], cosines[known])
    return hits


def _snippets(outlines: Outlines, people: NDArray[np.intp]) -> NDArray[np.int64]:
    """The ids of all snippets of people, ascending."""
    lines, grouped = outlines.lines.places(people)
    sizes = np.diff(grouped.ends)
    ordinals = lines - np.repeat(outlines.lines.ends[people], sizes)
    return (np.repeat(outlines.keys[people], sizes) << SNIPPET_BITS) | ordinals
