"""Vectors as one byte a dimension: 255 steps from a least to a greatest value, by FAISS's own quantiser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

# Steps are laid out for values beyond those that occur, so that later vectors seldom need others.
_MARGIN = 0.25

# Later values beyond them are cut off while no vector is further than this from its bytes; .012 is usual.
_CLIPPED = 0.03

CHUNK = 65_536  # vectors handled at a time: 100 MB of 384 dimensions


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Least value and range of each dimension, one after the other: (2 * dim,) float32."""

    bounds: NDArray[np.float32]

    def same(self, other: Steps) -> bool:
        """Whether the bytes of a vector are the same in both."""
        return np.array_equal(self.bounds, other.bounds)

    def error(self, vectors: NDArray[np.float32]) -> float:
        """The greatest distance of a vector from its bytes."""
        coder = self.coder()
        parts = (vectors[start : start + CHUNK] for start in range(0, len(vectors), CHUNK))
        return max((distance(part, coder.decode(coder.compute_codes(part))) for part in parts), default=0.0)

    def coder(self) -> faiss.ScalarQuantizer:
        """What turns vectors into bytes (`compute_codes`) and back (`decode`)."""
        coder = faiss.ScalarQuantizer(len(self.bounds) // 2, faiss.ScalarQuantizer.QT_8bit)
        faiss.copy_array_to_vector(self.bounds, coder.trained)
        return coder


def steps_for(stored: Sequence[Steps], merged: Sequence[Steps], vectors: NDArray[np.float32]) -> Steps:
    """The steps for a new segment of what has the steps `merged`, and of `vectors`.

    The last of those `stored` in the index stay if they serve, so that bytes need not change; else new ones
    reach all values.
    """
    if stored and all(stored[-1].same(each) for each in merged) and stored[-1].error(vectors) <= _CLIPPED:
        return stored[-1]
    dim = vectors.shape[1]
    least = [each.bounds[:dim] for each in merged]
    most = [each.bounds[:dim] + each.bounds[dim:] for each in merged]
    if len(vectors):
        least, most = [*least, vectors.min(axis=0)], [*most, vectors.max(axis=0)]
    low, high = np.min(least, axis=0), np.max(most, axis=0)
    room = np.maximum((high - low) * _MARGIN, np.finfo(np.float32).eps)
    return Steps(np.concatenate([low - room, high - low + 2 * room]).astype(np.float32))


def distance(left: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """The greatest distance of a row from its encoded form: no unit query scores them further apart."""
    return float(np.linalg.norm(left - right, axis=1).max(initial=0.0))
