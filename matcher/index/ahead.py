"""Asking the system to read the bytes of a mapped index before they are compared.

What is not in memory is read when it is touched, a page at a time: after some dozens of such reads in no
order Linux reads nothing beside what is touched. A role against five million lines touched 100,000 pages one
after the other, which took seconds; asked for beforehand, they are read together.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
from functools import cache

import faiss
import numpy as np
from numpy.typing import NDArray

# So many ranges say whether all of them are in memory: looking at each would take milliseconds of a search.
_SAMPLE = 64

# Ranges with less between them are read as one.
_GAP = 16_384

# The system reads no more for one request than its own read-ahead, which is seldom less than this.
_REQUEST = 131_072

_ID_BYTES, _FLOAT_BYTES = 8, 4


class Groups:
    """Where the groups of a mapped index lie: the address of each one's vectors, behind which are its ids,
    and how many it holds."""

    def __init__(self, index: faiss.IndexIVFScalarQuantizer) -> None:
        assert index.invlists is not None
        lists = faiss.downcast_InvertedLists(index.invlists)
        self.sizes = np.array([lists.list_size(number) for number in range(index.nlist)], dtype=np.int64)
        self.begins = np.zeros(index.nlist, dtype=np.int64)
        held = np.flatnonzero(self.sizes).tolist()
        self.begins[held] = [int(lists.get_codes(number)) for number in held]
        self.code_size = lists.code_size
        centroids = faiss.downcast_index(index.quantizer)
        begin = int(centroids.get_xb())  # type: ignore[attr-defined]
        read_ahead(np.array([begin]), index.nlist * index.d * _FLOAT_BYTES)  # each search compares with all

    def read(self, groups: NDArray[np.int64]) -> None:
        """Have these groups read; -1 is none."""
        chosen = np.unique(groups[groups >= 0])
        chosen = chosen[self.sizes[chosen] > 0]
        read_ahead(self.begins[chosen], self.sizes[chosen] * (self.code_size + _ID_BYTES))

    def read_ids(self) -> None:
        """Have the ids of all groups read."""
        held = self.sizes > 0
        sizes = self.sizes[held]
        read_ahead(self.begins[held] + sizes * self.code_size, sizes * _ID_BYTES)


def read_ahead(begins: NDArray[np.int64], sizes: NDArray[np.int64] | int) -> None:
    """Have so many bytes from each of these addresses of mapped files read, where a sample of them is not all
    in memory. The system goes on reading after this returns."""
    libc = _libc()
    middles = begins + np.asarray(sizes) // 2
    if libc is None or _in_memory(libc, middles[:: len(begins) // _SAMPLE + 1].tolist()):
        return
    order = np.argsort(begins)
    starts = begins[order] & -mmap.PAGESIZE
    ends = np.maximum.accumulate((begins + sizes)[order])
    breaks = np.flatnonzero(starts[1:] > ends[:-1] + _GAP) + 1
    firsts, lasts = starts[np.concatenate([[0], breaks])], ends[np.concatenate([breaks - 1, [len(ends) - 1]])]
    for start, end in zip(firsts.tolist(), lasts.tolist(), strict=True):
        for at in range(start, end, _REQUEST):
            libc.madvise(at, min(_REQUEST, end - at), mmap.MADV_WILLNEED)


def _in_memory(libc: ctypes.CDLL, addresses: list[int]) -> bool:
    """Whether the pages of all these addresses are in memory."""
    page = ctypes.create_string_buffer(1)
    return not any(
        libc.mincore(address & -mmap.PAGESIZE, mmap.PAGESIZE, page) == 0 and not page.raw[0] & 1
        for address in addresses
    )


@cache
def _libc() -> ctypes.CDLL | None:
    """The system's library where it has these calls, all of which may be left out."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    libc.mincore.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p]
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    return libc
