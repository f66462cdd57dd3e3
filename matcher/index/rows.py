"""Exact rows under ids, in memory: what the exact index is made of, and what takes additions elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.index.similarity import similarities
from matcher.index.snippets import Hits, best


class Rows:
    """Rows of `dim` float32 numbers under distinct ids, in no particular order."""

    def __init__(self, dim: int) -> None:
        self._places: dict[int, int] = {}
        self._ids = np.empty(0, dtype=np.int64)
        self._vectors = np.empty((0, dim), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: int) -> bool:
        return key in self._places

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids: (n,) int64."""
        return self._ids[: len(self)]

    @property
    def vectors(self) -> NDArray[np.float32]:
        """The rows in the order of `ids`: (n, dim)."""
        return self._vectors[: len(self)]

    def put(self, ids: NDArray[np.int64], rows: NDArray[np.float32]) -> None:
        """Set the rows of distinct `ids`."""
        needed = len(self) + len(ids)
        if needed > len(self._ids):  # twice as much room as before: adding one by one stays linear
            grown = max(needed, 2 * len(self._ids))
            self._ids = np.concatenate([self.ids, np.empty(grown - len(self), dtype=np.int64)])
            room = np.empty((grown - len(self), self._vectors.shape[1]), dtype=np.float32)
            self._vectors = np.concatenate([self.vectors, room])
        places = [self._places.setdefault(int(key), len(self._places)) for key in ids]
        self._ids[places] = ids
        self._vectors[places] = rows

    def drop(self, ids: NDArray[np.int64]) -> None:
        """Forget `ids` where they are stored: the last row moves into each gap, and no copy stays behind."""
        for key in ids.tolist():
            place = self._places.pop(key, None)
            if place is None:
                continue
            last = len(self._places)
            if place != last:
                moved = int(self._ids[last])
                self._ids[place], self._vectors[place] = moved, self._vectors[last]
                self._places[moved] = place
            self._vectors[last] = 0.0

    def search(
        self,
        queries: NDArray[np.float32],
        k: int,
        within: NDArray[np.int64] | None = None,
        *,
        to_the_bit: bool = True,
    ) -> Hits:
        """The `k` nearest of each query as `SnippetIndex.search` returns them, exact to the last bit; else
        within rounding, several times quicker.

        `within` are distinct ascending ids.
        """
        ids, vectors = self.ids, self.vectors
        if within is not None:
            places = np.flatnonzero(
                np.searchsorted(within, ids, "right") > np.searchsorted(within, ids, "left")
            )
            ids, vectors = ids[places], vectors[places]
        scores = similarities(queries, vectors) if to_the_bit else queries @ vectors.T
        return best(scores, np.broadcast_to(ids, scores.shape), k)
