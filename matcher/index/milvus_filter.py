"""Searching some vectors alone in Milvus, which has to be told the id of each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Ids in one filter. milvus-lite takes some 50 microseconds for each: a search among a million of them was
# given up after its 20 seconds, and five million are a longer message than the 64 MB that a server takes.
_IDS = 100_000


def filters(ids: NDArray[np.int64] | None) -> list[str]:
    """The filters that choose `ids` between them; the empty one, which chooses all, for None."""
    if ids is None:
        return [""]
    starts = range(0, max(1, len(ids)), _IDS)  # one that chooses nobody, where nobody is wanted
    return [f"id in {ids[start : start + _IDS].tolist()}" for start in starts]
