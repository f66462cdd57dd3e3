"""What an index of snippet vectors is, and what every index accepts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.errors import InputError

# A unit vector's length may be off by this much: float32 rounding is some 1e-7, storage as fp16 some 1e-4.
_TOLERANCE = 1e-3


class SnippetIndex(Protocol):
    """Unit vectors under ids of 0 or more, searched by cosine."""

    dim: int

    def add(self, ids: Sequence[int] | NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Store each (n, dim) row of `vectors` under its id, replacing what stood under it.

        An id that is given twice keeps the later row. Raises InputError for a negative id, for numbers of
        ids and rows that differ, and for rows of another dimension, not finite, or not of length 1.
        """
        ...

    def remove(self, ids: Sequence[int] | NDArray[np.int64]) -> None:
        """Forget these ids; those that are not stored are passed over. Raises InputError as `add` does."""
        ...

    def search(self, queries: NDArray[np.float32], k: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The `k` nearest of each query: scores (q, k) float32 and ids (q, k) int64.

        Highest cosine first, equal ones by ascending id. Where fewer than `k` are stored, the rest has
        score -inf and id -1. A score is the same to the last bit whatever else is stored or asked. Raises
        InputError for rows that `add` would not take and for `k` under 1.
        """
        ...

    def __len__(self) -> int:
        """How many ids are stored."""
        ...

    def save(self, path: Path) -> None:
        """Write the index to one file, replacing it whole: a reader sees the old one or the new one."""
        ...

    @classmethod
    def load(cls, path: Path) -> Self:
        """The index in a file that `save` wrote. Raises InputError for any other file."""
        ...


def checked_ids(ids: ArrayLike) -> NDArray[np.int64]:
    """`ids` as a vector of int64. Raises InputError unless they are whole numbers of 0 or more."""
    array = np.asarray(ids)
    if array.size == 0:
        return np.empty(0, dtype=np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise InputError(f"Ids are a flat list of whole numbers, not {array.ndim} axes of {array.dtype}.")
    if array.min() < 0 or array.max() > np.iinfo(np.int64).max:
        raise InputError(f"Ids are from 0 to 2**63 - 1, but one is {array.min()} and one {array.max()}.")
    return array.astype(np.int64)


def checked_rows(rows: ArrayLike, dim: int) -> NDArray[np.float32]:
    """`rows` as contiguous float32 (n, dim). Raises InputError unless they are finite and of length 1."""
    array = np.ascontiguousarray(rows, dtype=np.float32)
    if array.ndim != 2 or array.shape[1] != dim:
        raise InputError(f"Expected rows of {dim} numbers, not an array of shape {array.shape}.")
    if not np.isfinite(array).all():
        raise InputError("A vector holds NaN or infinity: encode its text again.")
    lengths = np.sqrt(np.vecdot(array, array))
    if len(array) and np.abs(lengths - 1).max() > _TOLERANCE:
        worst = lengths[np.abs(lengths - 1).argmax()]
        raise InputError(f"A vector has length {worst:.4g} instead of 1: divide each by its length.")
    return array


def checked_k(k: int) -> int:
    """`k`, or InputError when it is under 1."""
    if k < 1:
        raise InputError(f"k is {k}: ask for at least 1 neighbour.")
    return k


def latest(
    ids: NDArray[np.int64], rows: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Each id once, with the last of its rows. Raises InputError when their numbers differ."""
    if len(ids) != len(rows):
        raise InputError(f"There are {len(ids)} ids for {len(rows)} vectors: give one id for each.")
    last = {int(key): place for place, key in enumerate(ids)}
    places = np.array(list(last.values()), dtype=np.intp)
    return ids[places], rows[places]


def best(
    scores: NDArray[np.float32], ids: NDArray[np.int64], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The first `k` columns by (-score, id), each row for itself, padded with -inf and -1."""
    order = np.lexsort((ids, -scores), axis=-1)[:, :k]
    found = np.full((len(scores), k), -np.inf, dtype=np.float32)
    named = np.full((len(scores), k), -1, dtype=np.int64)
    width = order.shape[1]
    found[:, :width] = np.take_along_axis(scores, order, axis=1)
    named[:, :width] = np.take_along_axis(ids, order, axis=1)
    return found, named
