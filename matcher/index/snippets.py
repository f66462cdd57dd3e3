"""What an index of snippet vectors is, and what every index accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.errors import InputError

# A unit vector's length may be off by this much: float32 rounding is some 1e-7, storage as fp16 some 1e-4.
_TOLERANCE = 1e-3

Ids = Sequence[int] | NDArray[np.int64]
Hits = tuple[NDArray[np.float32], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class IndexSpec:
    """Which vectors an index holds: their length, and the fingerprint of the encoder that made them."""

    dim: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index says of itself.

    `kind` is how it searches, in words. `vectors` are stored and found. `error` bounds how far a score may be
    from the cosine, in either direction. `approximate` says whether near vectors may be missed. `leftover`
    counts removed or replaced vectors of which an encoded form is in a file until `compact`.
    """

    kind: str
    vectors: int
    revision: int
    error: float
    approximate: bool
    leftover: int


class SnippetIndex(Protocol):
    """Unit vectors under ids of 0 or more, searched by cosine and kept where they were opened.

    The store has the vectors themselves: an index says which are near, at the latest state that `add` and
    `remove` brought it to, and can be built anew at any time. Several objects, in several processes, may have
    the same one open; each sees what it opened and what was done to it since. Search from several threads
    while one of them writes is allowed.
    """

    @property
    def spec(self) -> IndexSpec:
        """Which vectors it holds."""
        ...

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """Store each (n, dim) row of `vectors` under its id, replacing what stood under it.

        An id that is given twice keeps the later row. Raises InputError for a negative id, for numbers of
        ids and rows that differ, and for rows of another dimension, not finite, or not of length 1.
        """
        ...

    def remove(self, ids: Ids) -> None:
        """Forget these ids: no later search returns them. Those that are not stored are passed over.

        Raises InputError as `add` does.
        """
        ...

    def search(self, queries: NDArray[np.float32], k: int, within: Ids | None = None) -> Hits:
        """The `k` nearest of each query: scores (q, k) float32 and ids (q, k) int64.

        Where `within` is given, only those ids are searched; not all of them need be stored. Highest score
        first, equal ones by ascending id. Where fewer are found, the rest has score -inf and id -1. A score
        is the cosine within `describe().error`; where that is 0 it is the same to the last bit whatever else
        is stored or asked, and of equal scores the lowest ids are found. An approximate index may miss a near
        vector. Raises InputError for rows that `add` would not take and for `k` under 1.
        """
        ...

    def save(self, revision: int) -> None:
        """Make all that was added and removed last, as the state of the corpus at `revision`.

        A reader sees the old state or the new one. Raises IndexBehindError when another object has saved
        since this one was opened, CorpusFullError or CorpusReadOnlyError when the disk is.
        """
        ...

    def compact(self) -> None:
        """Write what is stored anew and `save`: no file keeps a vector that was removed or replaced, in any
        encoding. Raises what `save` raises.
        """
        ...

    def describe(self) -> IndexState:
        """What the index says of itself."""
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


def checked_within(within: Ids | None) -> NDArray[np.int64] | None:
    """The ids that a search is kept within, ascending and each once. Raises InputError as `checked_ids`."""
    if within is None:
        return None
    ids = checked_ids(within)
    return ids if (ids[1:] > ids[:-1]).all() else np.unique(ids)


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
    if len(last) == len(ids):
        return ids, rows
    places = np.array(list(last.values()), dtype=np.intp)
    return ids[places], rows[places]


def best(scores: NDArray[np.float32], ids: NDArray[np.int64], k: int) -> Hits:
    """The first `k` of each row of (q, n) by (-score, id), padded with -inf and -1.

    Places that hold no hit have id -1.
    """
    found = np.full((len(scores), k), -np.inf, dtype=np.float32)
    named = np.full((len(scores), k), -1, dtype=np.int64)
    for row, (values, names) in enumerate(zip(scores, ids, strict=True)):
        places = np.flatnonzero(names >= 0)
        if len(places) > k:  # sort the k best and what ties with the last of them, not everything
            last = np.partition(values[places], len(places) - k)[len(places) - k]
            places = places[values[places] >= last]
        places = places[np.lexsort((names[places], -values[places]))][:k]
        found[row, : len(places)] = values[places]
        named[row, : len(places)] = names[places]
    return found, named
