"""Searching a segment among some of its vectors, by groups: where they are few all of them are compared.

Shares of the 100 nearest that are found, and times, are those of `benchmarks/filtered_search.py`.
"""

from __future__ import annotations

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.index.layout import probes_for
from matcher.index.located import Located

# Groups are read until they hold so many times the hits that are wanted, the groups nearest to a query first:
# with 3 times .93 of the 100 nearest were found, with 6 times .97.
_TIMES = 6


def scanned(queries: int) -> int:
    """Up to how many vectors are all compared: about as many as a search by groups takes as long for."""
    return 12_000 + 2_000 * queries


def places_of(ids: NDArray[np.int64], within: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places in ascending `ids` of those of ascending distinct `within` that are there, ascending.

    A person's snippets are consecutive, so that a run is looked up instead of each id.
    """
    if not len(within):
        return np.empty(0, dtype=np.int64)
    ends = np.flatnonzero(np.diff(within) != 1)
    first = np.searchsorted(ids, within[np.concatenate([[0], ends + 1])], side="left")
    behind = np.searchsorted(ids, within[np.concatenate([ends, [len(within) - 1]])], side="right")
    sizes = behind - first
    found: NDArray[np.int64] = np.repeat(first - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    return found


def selector(places: NDArray[np.int64], rows: int) -> faiss.IDSelector:
    """What lets FAISS see only these of `rows` places: a bit for each, some ten times faster than a set."""
    bits = np.zeros(rows, dtype=np.bool_)
    bits[places] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg, arg-type]


def nearest_among(
    located: Located, queries: NDArray[np.float32], k: int, places: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Scores and places of at least the `k` nearest that are found among `places`, in no certain order."""
    index = located.index
    held = np.bincount(located.groups(places), minlength=index.nlist)
    groups = faiss.downcast_index(index.quantizer)
    flat = groups.get_xb()  # type: ignore[attr-defined]
    centroids = faiss.rev_swig_ptr(flat, groups.ntotal * groups.d).reshape(-1, groups.d)
    order = np.argsort(-(queries @ centroids.T), axis=1)
    enough = (np.cumsum(held[order], axis=1) < _TIMES * k).sum(axis=1) + 1
    enough = np.maximum(enough, probes_for(index.nlist))
    order = order[:, : enough.max()]
    passed = (held[order] == 0) | (np.arange(order.shape[1]) >= enough[:, np.newaxis])
    chosen = selector(places, index.ntotal)  # the parameters keep no hold of it
    parameters = faiss.SearchParametersIVF()
    parameters.nprobe, parameters.sel = order.shape[1], chosen
    wanted = np.where(passed, -1, order)
    located.where.read(wanted)
    scores = np.empty((len(queries), min(k, len(places))), dtype=np.float32)
    found = np.empty(scores.shape, dtype=np.int64)
    arrays = (queries, wanted, np.zeros(wanted.shape, dtype=np.float32), scores, found)
    asked, groups_asked, near, *told = map(faiss.swig_ptr, arrays)
    index.search_preassigned_c(  # type: ignore[attr-defined]
        len(queries), asked, scores.shape[1], groups_asked, near, *told, False, parameters
    )
    return scores, found
