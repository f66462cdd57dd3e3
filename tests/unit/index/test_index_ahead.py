"""Bytes of mapped files that are read before they are compared."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
import time
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.index import FaissIndex, IndexSpec
from matcher.index.ahead import Groups, read_ahead

SPEC = IndexSpec(32, "test@1")
PAGES = 2_000

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what is in memory")


def drop(path: Path) -> None:
    """Let the system forget what it holds of a file, where the file system can."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def in_memory(address: int, pages: int) -> NDArray[np.bool_]:
    """Whether each page from this one on is in memory."""
    found = ctypes.create_string_buffer(pages)
    asked = ctypes.c_void_p(address), ctypes.c_size_t(pages * mmap.PAGESIZE), found
    assert ctypes.CDLL(None).mincore(*asked) == 0
    return np.frombuffer(found, np.uint8).astype(bool)


def units(count: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(count, SPEC.dim))
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


@linux
def test_ranges_that_are_not_in_memory_are_read(tmp_path: Path) -> None:
    """Every page that a range touches, whatever the order and however long; what is in memory stays."""
    path = tmp_path / "bytes"
    path.write_bytes(bytes(PAGES * mmap.PAGESIZE))
    drop(path)
    mapped = np.memmap(path, np.uint8, mode="r")
    begin = mapped.ctypes.data
    pages = np.array([1_900, 3, 700, 701, 40])
    sizes = np.array([1, 5_000, mmap.PAGESIZE, 10, 300 * mmap.PAGESIZE])
    wanted = [
        number
        for page, size in zip(pages, sizes, strict=True)
        for number in range(page, page + 1 + (100 + int(size) - 1) // mmap.PAGESIZE)
    ]
    for _ in range(2):
        read_ahead(begin + pages * mmap.PAGESIZE + 100, sizes)
        until = time.monotonic() + 10
        while not in_memory(begin, PAGES)[wanted].all():
            assert time.monotonic() < until
            time.sleep(0.01)
    read_ahead(np.empty(0, dtype=np.int64), 384)
    read_ahead(np.array([mmap.PAGESIZE]), 384)  # an address that is nobody's is passed over


def test_groups_lie_where_they_are_said_to(tmp_path: Path) -> None:
    """The vectors of a mapped group as bytes, and its ids right behind them."""
    index = FaissIndex(tmp_path, SPEC, exact_up_to=50)
    index.add(range(3_000), units(3_000, 7))
    index.save(1)
    mapped = faiss.read_index(str(next(tmp_path.glob("*.faiss"))), faiss.IO_FLAG_MMAP_IFC)
    lists, groups = faiss.downcast_InvertedLists(mapped.invlists), Groups(mapped)
    assert groups.sizes.sum() == 3_000
    for number in np.flatnonzero(groups.sizes).tolist():
        size, begin = int(groups.sizes[number]), int(groups.begins[number])
        codes = faiss.rev_swig_ptr(lists.get_codes(number), size * SPEC.dim)
        ids = faiss.rev_swig_ptr(lists.get_ids(number), size)
        assert ctypes.string_at(begin, size * SPEC.dim) == codes.tobytes()
        assert ctypes.string_at(begin + size * SPEC.dim, size * 8) == ids.tobytes()


@linux
def test_an_index_that_is_not_in_memory_finds_the_same(tmp_path: Path) -> None:
    """Among all, among many, and among few."""
    index = FaissIndex(tmp_path, SPEC, exact_up_to=50)
    index.add(range(40_000), units(40_000, 7))
    index.save(1)
    queries, many, few = units(3, 8), range(0, 40_000, 2), range(100, 900)
    asked = (None, many, few)
    before = [index.search(queries, 10, within) for within in asked]
    del index  # what is mapped stays in memory
    for path in tmp_path.iterdir():
        drop(path)
    again = FaissIndex(tmp_path, SPEC, exact_up_to=50)
    for (scores, ids), within in zip(before, asked, strict=True):
        found = again.search(queries, 10, within)
        assert np.array_equal(found[0], scores)
        assert np.array_equal(found[1], ids)
