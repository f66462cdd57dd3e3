"""The exact index: all similarities, sorted. Simple enough to be the oracle of the others."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.index.similarity import similarities
from matcher.index.snippets import best, checked_ids, checked_k, checked_rows, latest


class ExactIndex:
    """A `SnippetIndex` that keeps its vectors in one NumPy array."""

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._ids = np.empty(0, dtype=np.int64)
        self._vectors = np.empty((0, dim), dtype=np.float32)

    def add(self, ids: Sequence[int] | NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """See `SnippetIndex.add`."""
        new, rows = latest(checked_ids(ids), checked_rows(vectors, self.dim))
        self.remove(new)
        self._ids = np.concatenate([self._ids, new])
        self._vectors = np.concatenate([self._vectors, rows])

    def remove(self, ids: Sequence[int] | NDArray[np.int64]) -> None:
        """See `SnippetIndex.remove`."""
        kept = ~np.isin(self._ids, checked_ids(ids))
        self._ids, self._vectors = self._ids[kept], self._vectors[kept]

    def search(self, queries: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """See `SnippetIndex.search`."""
        rows = checked_rows(queries, self.dim)
        scores = similarities(rows, self._vectors)
        return best(scores, np.broadcast_to(self._ids, scores.shape), checked_k(k))

    def __len__(self) -> int:
        return len(self._ids)

    def save(self, path: Path) -> None:
        """See `SnippetIndex.save`. The file is NumPy's .npz with the arrays `ids` and `vectors`."""
        partial = path.with_name(f"{path.name}.partial")
        with partial.open("wb") as file:
            np.savez(file, ids=self._ids, vectors=self._vectors)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """See `SnippetIndex.load`."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                ids, vectors = stored["ids"], stored["vectors"]
            index = cls(vectors.shape[1])
            index.add(ids, vectors)
        except (OSError, ValueError, KeyError, IndexError, EOFError, TypeError, zipfile.BadZipFile) as error:
            raise InputError(f"{path} is not an exact index that can be read: build it again.") from error
        return index
