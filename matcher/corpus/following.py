"""What a corpus asks of its index, wherever that is: in files of this machine, or in Milvus."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.indexing import CorpusIndex
from matcher.corpus.places import index_folder, milvus_place
from matcher.corpus.vectors import CorpusVectors
from matcher.index import IndexState
from matcher.store import Store


class FollowingIndex(Protocol):
    """The index of one tenant under one encoder, which follows the store. Several threads may use it."""

    def search(
        self, queries: NDArray[np.float32], k: int, within: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """`SnippetIndex.search`, of the corpus as it is now."""
        ...

    def describe(self) -> IndexState:
        """What the index says of itself."""
        ...

    @property
    def revision(self) -> int:
        """The corpus revision that searches here are of."""
        ...

    def catch_up(self) -> None:
        """Apply what changed since."""
        ...

    def save(self) -> None:
        """Bring the index up and make that last."""
        ...

    def forget(self) -> tuple[str, ...]:
        """After an erasure: leave no byte of what was removed where this can reach; says what remains."""
        ...

    def drop_others(self) -> None:
        """Drop the indexes of other encoders: they are built anew when they are used."""
        ...

    def rebuild(self) -> None:
        """Build the index anew from the store."""
        ...

    def close(self) -> None:
        """Save what is not saved, where that is possible."""
        ...


def opened_index(named: str, where: str | Path, store: Store, vectors: CorpusVectors) -> FollowingIndex:
    """The index that `named_index` named."""
    place, folder = milvus_place(named, where, store.tenant), index_folder(where, store.tenant)
    if place is None:
        return CorpusIndex(store, vectors, folder)
    from matcher.corpus.shared_index import SharedIndex  # Milvus's client takes a second to load

    return SharedIndex(store, vectors, place, folder)
