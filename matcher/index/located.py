"""Where the bytes of each vector of a mapped index stand, and cosines straight from these bytes.

FAISS takes a microsecond to decode a vector that it is asked for by its place, and comparing comes on top.
Bytes that are copied in blocks and multiplied by the query in whose numbers the steps are, take half of one.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

import faiss
import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from matcher.index.ahead import Groups, read_ahead

# Vectors multiplied at a time: as float32 400 kB of 384 dimensions, which a core keeps at hand.
_BLOCK = 256


class _Bytes(NamedTuple):
    """For each place the number of its group, times 2**32, and where it stands in it; the row of each group's
    first vector in `rows`, which has one row for each byte of the mapping."""

    located: NDArray[np.int64]
    first: NDArray[np.int64]
    rows: NDArray[np.uint8]


class Located:
    """The vectors of an index by their places. Several threads may use it; what it needs is found once."""

    def __init__(self, index: faiss.IndexIVFScalarQuantizer, where: Groups) -> None:
        self.index = index
        self.where = where
        self._lock = threading.Lock()
        self._bytes: _Bytes | None = None

    def groups(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the group of each place."""
        return self._found().located[places] >> 32

    def cosines(self, queries: NDArray[np.float32], places: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product of each query with the vector at each place: (q, n)."""
        located, first, rows = self._found()
        at = located[places]
        begins = first[at >> 32] + (at & 0xFFFFFFFF) * rows.shape[1]
        read_ahead(begins + rows.ctypes.data, rows.shape[1])
        least, ranges = faiss.vector_to_array(self.index.sq.trained).reshape(2, -1)
        # A byte b stands for least + (b + 1/2) / 255 * range.
        scaled = np.ascontiguousarray((queries * (ranges / 255)).T)
        found = np.empty((len(places), len(queries)), dtype=np.float32)
        decoded = np.empty((_BLOCK, len(least)), dtype=np.float32)
        for start in range(0, len(places), _BLOCK):
            of_block = begins[start : start + _BLOCK]
            block = decoded[: len(of_block)]
            block[...] = rows[of_block]
            np.matmul(block, scaled, out=found[start : start + _BLOCK])
        found += queries @ (least + ranges * (0.5 / 255))
        return found.T

    def _found(self) -> _Bytes:
        with self._lock:
            if self._bytes is None:
                self._bytes = _bytes_of(self.index, self.where)
            return self._bytes


def _bytes_of(index: faiss.IndexIVFScalarQuantizer, groups: Groups) -> _Bytes:
    groups.read_ids()
    index.make_direct_map(True)
    held = np.flatnonzero(groups.sizes)
    lowest = int(held[groups.begins[held].argmin()])
    span = int((groups.begins + groups.sizes * groups.code_size)[held].max() - groups.begins[lowest])
    assert index.invlists is not None
    lists = faiss.downcast_InvertedLists(index.invlists)
    mapped = faiss.rev_swig_ptr(lists.get_codes(lowest), span)
    # Ids lie between the bytes of the groups, so that rows begin anywhere.
    rows = as_strided(mapped, (span - groups.code_size + 1, groups.code_size), (1, 1), writeable=False)
    located = faiss.rev_swig_ptr(index.direct_map.array.data(), index.ntotal)
    return _Bytes(located, groups.begins - groups.begins[lowest], rows)
