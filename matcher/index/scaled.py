"""Searching the groups of an index with the steps of its bytes in the query's numbers.

A byte b stands for least + (b + 1/2) / 255 * range, with a least and a range for each dimension. So the inner
product of a query with a vector is that of the query times range / 255 with the bytes themselves, and a
number that is the same for all vectors: FAISS compares quicker with bytes that need no steps.
"""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.index.ahead import Groups

# Least and range for which FAISS reads a byte b as the number b.
_PLAIN = np.array([-0.5, 255.0], dtype=np.float32)


class Scaled:
    """The groups of an index, whose bytes are read as numbers. Several threads may search it."""

    def __init__(self, index: faiss.IndexIVFScalarQuantizer, groups: Groups) -> None:
        self._index = index  # has the centroids and the groups, which the other one borrows
        self._groups = groups
        self._least, self._ranges = faiss.vector_to_array(index.sq.trained).reshape(2, -1)
        self._plain = faiss.IndexIVFScalarQuantizer(
            index.quantizer,
            index.d,
            index.nlist,
            faiss.ScalarQuantizer.QT_8bit_uniform,
            faiss.METRIC_INNER_PRODUCT,
            False,
        )
        faiss.copy_array_to_vector(_PLAIN, self._plain.sq.trained)
        assert index.invlists is not None
        self._plain.replace_invlists(index.invlists, False)
        self._plain.ntotal = index.ntotal
        self._plain.is_trained = True

    def search(
        self, queries: NDArray[np.float32], k: int, parameters: faiss.SearchParametersIVF
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """What the index finds, within rounding: scores and places (q, k), -1 where there are fewer."""
        near, groups = self._index.quantizer.search(queries, parameters.nprobe)
        self._groups.read(groups)
        scaled = np.ascontiguousarray(queries * (self._ranges / 255))
        scores = np.empty((len(queries), k), dtype=np.float32)
        places = np.empty((len(queries), k), dtype=np.int64)
        arrays: list[NDArray[Any]] = [scaled, groups, near, scores, places]
        asked, chosen, *told = map(faiss.swig_ptr, arrays)
        self._plain.search_preassigned_c(  # type: ignore[attr-defined]
            len(queries), asked, k, chosen, *told, False, parameters
        )
        scores += queries @ (self._least + self._ranges * (0.5 / 255))[:, np.newaxis]
        return scores, places
