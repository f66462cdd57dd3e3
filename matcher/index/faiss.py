"""The index in FAISS: a flat inner-product index under ids, exact and fast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.index.snippets import best, checked_ids, checked_k, checked_rows, latest

# From this number of queries on, FAISS computes scores as a matrix product, whose last bits depend on what
# else is stored and asked. The setting belongs to the whole process; out of reach it keeps FAISS to one dot
# product per query and vector.
faiss.cvar.distance_compute_blas_threshold = np.iinfo(np.int32).max


class FaissIndex:
    """A `SnippetIndex` kept in FAISS's `IndexIDMap2` over `IndexFlatIP`."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))

    def add(self, ids: Sequence[int] | NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """See `SnippetIndex.add`."""
        new, rows = latest(checked_ids(ids), checked_rows(vectors, self.dim))
        self.remove(new)  # FAISS would keep both rows of an id
        if len(new):
            self._index.add_with_ids(rows, new)

    def remove(self, ids: Sequence[int] | NDArray[np.int64]) -> None:
        """See `SnippetIndex.remove`."""
        known = np.intersect1d(checked_ids(ids), faiss.vector_to_array(self._index.id_map))
        if len(known):  # removing goes through all that is stored
            self._index.remove_ids(faiss.IDSelectorBatch(known))

    def search(self, queries: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """See `SnippetIndex.search`."""
        rows = checked_rows(queries, self.dim)
        wanted = min(checked_k(k), len(self))
        if wanted == 0 or len(rows) == 0:
            empty = (len(rows), 0)
            return best(np.empty(empty, dtype=np.float32), np.empty(empty, dtype=np.int64), k)
        # FAISS returns any of several equal scores: fetch past the k-th until the score falls below it.
        fetched = min(wanted + 1, len(self))
        scores, ids = self._index.search(rows, fetched)
        while fetched < len(self) and (scores[:, -1] == scores[:, wanted - 1]).any():
            fetched = min(2 * fetched, len(self))
            scores, ids = self._index.search(rows, fetched)
        return best(scores, ids, k)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def save(self, path: Path) -> None:
        """See `SnippetIndex.save`. The file is FAISS's own format."""
        partial = path.with_name(f"{path.name}.partial")
        faiss.write_index(self._index, str(partial))
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """See `SnippetIndex.load`."""
        try:
            stored = faiss.read_index(str(path))
        except RuntimeError as error:
            raise InputError(f"{path} is not a FAISS index that can be read: build it again.") from error
        if not isinstance(stored, faiss.IndexIDMap2) or not isinstance(
            faiss.downcast_index(stored.index), faiss.IndexFlatIP
        ):
            raise InputError(f"{path} holds a FAISS index of another type: build it again.")
        index = cls(stored.d)
        index._index = stored
        return index
