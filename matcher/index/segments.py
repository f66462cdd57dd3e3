"""Segments: immutable files of many vectors in FAISS, an inverted file with one byte a dimension, mapped.

Vectors are grouped by the nearest of `lists_for(n)` centroids, and a search reads the groups of the
`probes_for(lists)` centroids nearest to the query. Each dimension is cut into 255 steps between the least and
the greatest value that occurs. The bytes of a vector do not depend on its centroid, so that a new segment
takes them as they are while the steps stay.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from matcher.errors import IndexUnfitError
from matcher.index.ahead import Groups
from matcher.index.among import nearest_among, places_of, scanned, selector
from matcher.index.files import SegmentFact, sync
from matcher.index.layout import files_of, lists_for, probes_for
from matcher.index.located import Located
from matcher.index.rows import Rows
from matcher.index.scaled import Scaled
from matcher.index.snippets import Hits
from matcher.index.steps import CHUNK, Steps, distance, steps_for

# Rounding of float32 in a sum of some hundred products, beside which a step of the bytes is large.
_ROUNDING = 1e-5

# Centroids are found from about this many vectors for each of them, in this many rounds. Of the 100 nearest
# of 276 demands among 100,000 lines .964 are found so; .967 with twice the rounds, .962 with half the lines.
_TRAIN_ON = 40
_ROUNDS = 4

_NONE = np.empty(0, dtype=np.int64)


class _Group(NamedTuple):
    """Vectors of one or several groups: the number of its group, the id and the bytes of each."""

    numbers: NDArray[np.int64]
    ids: NDArray[np.int64]
    codes: NDArray[np.uint8]


class Segment:
    """An open segment, with the ids that were removed or replaced since it was written.

    It never changes: `without` gives another view of the same file. FAISS knows a vector by the place of its
    id among all ids of the segment in ascending order.
    """

    def __init__(
        self,
        fact: SegmentFact,
        index: faiss.IndexIVFScalarQuantizer,
        located: Located,
        scaled: Scaled,
        ids: NDArray[np.int64],
        removed: NDArray[np.int64] = _NONE,
    ) -> None:
        self.fact = fact
        self.removed = removed
        self._index = index
        self._located = located
        self._scaled = scaled
        self._ids = ids  # ascending
        self._probes = faiss.SearchParametersIVF()
        self._probes.nprobe = probes_for(index.nlist)
        if len(removed):
            gone = selector(np.searchsorted(ids, removed), fact.rows)
            self._kept = faiss.IDSelectorNot(gone)  # the parameters keep no hold of it
            self._probes.sel = self._kept

    @classmethod
    def open(cls, folder: Path, fact: SegmentFact, dim: int) -> Segment:
        """The segment in two files of `folder`. Raises IndexUnfitError when it is not what was saved, and
        FileNotFoundError.
        """
        path, ids = files_of(folder, fact.name)
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            known = np.load(ids, mmap_mode="r", allow_pickle=False)
        except (RuntimeError, ValueError, OSError) as error:
            if not (path.exists() and ids.exists()):
                raise FileNotFoundError(path) from error
            raise IndexUnfitError(f"The segment {path} cannot be read: rebuild the index.") from error
        found = (index.d, index.ntotal)
        if not isinstance(index, faiss.IndexIVFScalarQuantizer) or found != (dim, fact.rows):
            raise IndexUnfitError(f"The segment {path} is not what was saved: rebuild the index.")
        groups = Groups(index)
        return cls(fact, index, Located(index, groups), Scaled(index, groups), known)

    def __len__(self) -> int:
        return self.fact.rows - len(self.removed)

    def holds(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of distinct ascending `ids` that are stored and not removed, ascending."""
        places = np.searchsorted(self._ids, ids)
        known = places < len(self._ids)
        known[known] = self._ids[places[known]] == ids[known]
        return np.setdiff1d(ids[known], self.removed, assume_unique=True)

    def without(self, ids: NDArray[np.int64]) -> Segment:
        """The same segment less `ids`, all of which it holds."""
        left = np.union1d(self.removed, ids)
        return Segment(self.fact, self._index, self._located, self._scaled, self._ids, left)

    def search(self, queries: NDArray[np.float32], k: int, within: NDArray[np.int64] | None = None) -> Hits:
        """The `k` nearest that are found, in no certain order, id -1 where there are fewer.

        `within` are distinct ascending ids.
        """
        with self._reading():
            if within is None:
                scores, places = self._scaled.search(queries, min(k, self.fact.rows), self._probes)
            else:
                among = places_of(self._ids, within)
                if len(self.removed):
                    among = np.setdiff1d(among, np.searchsorted(self._ids, self.removed), assume_unique=True)
                if len(among) <= scanned(len(queries)):
                    scores = self._located.cosines(queries, among)
                    return scores, np.broadcast_to(self._ids[among], scores.shape)
                scores, places = nearest_among(self._located, queries, k, among)
            return scores, np.where(places < 0, -1, self._ids[places])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """What damage between the blocks that are checked when it is opened makes of a search."""
        try:
            yield
        except (RuntimeError, IndexError) as error:
            raise IndexUnfitError(f"The segment {self.fact.name} is damaged: rebuild the index.") from error

    def groups(self) -> Iterator[_Group]:
        """All that is not removed, some groups at a time."""
        assert self._index.invlists is not None
        lists = faiss.downcast_InvertedLists(self._index.invlists)
        part: list[_Group] = []
        for number in range(self._index.nlist):
            size = lists.list_size(number)
            if size:
                with self._reading():
                    ids = self._ids[faiss.rev_swig_ptr(lists.get_ids(number), size)]
                codes = faiss.rev_swig_ptr(lists.get_codes(number), size * lists.code_size).reshape(size, -1)
                kept = ~np.isin(ids, self.removed)
                if kept.any():
                    part.append(_Group(np.full(kept.sum(), number), ids[kept], codes[kept]))
            if part and (number == self._index.nlist - 1 or sum(len(group.ids) for group in part) >= CHUNK):
                yield _Group(*map(np.concatenate, zip(*part, strict=True)))
                part = []

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids that are not removed, ascending."""
        return np.setdiff1d(self._ids, self.removed, assume_unique=True)

    @property
    def steps(self) -> Steps:
        """How its bytes stand for numbers."""
        return Steps(np.array(faiss.vector_to_array(self._index.sq.trained)))

    @property
    def centroids(self) -> NDArray[np.float32]:
        """The centroids of its groups: (groups, dim)."""
        found: NDArray[np.float32] = self._index.quantizer.reconstruct_n(0, self._index.nlist)
        return found


def write_segment(
    folder: Path, name: str, segments: Sequence[Segment], rows: Rows, beside: Sequence[Segment]
) -> SegmentFact:
    """Write all of `segments` that is not removed, and `rows`, as one new segment of the index `beside`.

    The centroids of the largest stay while as many are wanted, so that a compaction that only drops rows
    copies bytes.
    """
    count = sum(map(len, segments)) + len(rows)
    stored = [each.steps for each in sorted(beside, key=len)]
    steps = steps_for(stored, [each.steps for each in segments], rows.vectors)
    largest = max(segments, key=len, default=None)
    kept = largest is not None and len(largest.centroids) == lists_for(count)
    index = _empty(steps, largest.centroids if largest and kept else _centroids(segments, rows, count))
    coder = steps.coder()
    known = np.sort(np.concatenate([*(segment.ids for segment in segments), rows.ids]))
    error = 0.0
    for segment in segments:
        same = segment.steps.same(steps)
        error = max(error, segment.fact.error)
        for numbers, ids, codes in segment.groups():
            vectors = segment.steps.coder().decode(codes)
            if not same:
                codes = coder.compute_codes(vectors)
                error = max(error, segment.fact.error + distance(vectors, coder.decode(codes)))
            numbers = numbers if kept and segment is largest else _nearest(index, vectors)
            _put(index, numbers, np.searchsorted(known, ids), codes)
    for start in range(0, len(rows), CHUNK):
        vectors = rows.vectors[start : start + CHUNK]
        codes = coder.compute_codes(vectors)
        error = max(error, _ROUNDING + distance(vectors, coder.decode(codes)))
        places = np.searchsorted(known, rows.ids[start : start + CHUNK])
        _put(index, _nearest(index, vectors), places, codes)
    path, ids_path = files_of(folder, name)
    _write(index, path)
    with ids_path.open("wb") as file:
        np.save(file, known)
    sync(path)
    sync(ids_path)
    return SegmentFact(name, count, error)


def _write(index: faiss.IndexIVFScalarQuantizer, path: Path) -> None:
    """Write a file of FAISS. Raises OSError when there is no room: FAISS does not say why it could not."""
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        with path.open("ab") as file:
            file.write(bytes(1 << 22))  # what stopped FAISS stops this too, and has a reason
        raise OSError(errno.EIO, "FAISS could not write") from error


def _empty(steps: Steps, centroids: NDArray[np.float32]) -> faiss.IndexIVFScalarQuantizer:
    """An index without vectors."""
    lists, dim = centroids.shape
    groups = faiss.IndexFlatIP(dim)
    groups.add(centroids)
    index = faiss.IndexIVFScalarQuantizer(
        groups, dim, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT, False
    )
    faiss.copy_array_to_vector(steps.bounds, index.sq.trained)
    index.is_trained = True
    return index


def _centroids(segments: Sequence[Segment], rows: Rows, count: int) -> NDArray[np.float32]:
    """Centroids that fit a sample from everywhere; the same vectors give the same."""
    lists = lists_for(count)
    chance = np.random.default_rng(1)
    share = min(1.0, 1.2 * _TRAIN_ON * lists / count)
    share = 1.0 if count < 1000 else share  # a draw could leave fewer than there are centroids
    parts = [rows.vectors[chance.random(len(rows)) < share]]
    for segment in segments:
        coder = segment.steps.coder()
        parts += [coder.decode(codes[chance.random(len(codes)) < share]) for _, _, codes in segment.groups()]
    few = {"min_points_per_centroid": 1, "max_points_per_centroid": _TRAIN_ON}  # no warnings, no more
    means = faiss.Kmeans(rows.vectors.shape[1], lists, niter=_ROUNDS, spherical=True, seed=1, **few)
    means.train(np.concatenate(parts))
    assert means.centroids is not None
    return means.centroids


def _nearest(index: faiss.IndexIVFScalarQuantizer, vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = index.quantizer.search(vectors, 1)[1][:, 0]
    return found


def _put(
    index: faiss.IndexIVFScalarQuantizer,
    numbers: NDArray[np.int64],
    places: NDArray[np.int64],
    codes: NDArray[np.uint8],
) -> None:
    """Add the vectors of these places, as bytes, to the groups of these numbers."""
    assert index.invlists is not None
    order = np.argsort(numbers, kind="stable")
    numbers, places, codes = numbers[order], places[order], codes[order]
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        index.invlists.add_entries(
            int(numbers[start]),
            int(end - start),
            faiss.swig_ptr(places[start:end]),
            faiss.swig_ptr(codes[start:end]),
        )
    index.ntotal += len(places)
