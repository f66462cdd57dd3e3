"""The index in FAISS: exact while small, then immutable mapped segments with a small exact tail.

Additions go to the tail, removals are marked, and `save` turns a tail that has grown past `exact_up_to` into
a segment, together with older segments once there are several of about its size: every vector is written
anew once for each fourfold growth. A mapped segment is never written to: FAISS aborts a process that tries.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.index.exact import read_rows, write_rows
from matcher.index.files import Manifest, checksum, opened, write_manifest, writing
from matcher.index.layout import files_of
from matcher.index.rows import Rows
from matcher.index.segments import Segment, write_segment
from matcher.index.snippets import (
    Hits,
    Ids,
    IndexSpec,
    IndexState,
    best,
    checked_ids,
    checked_k,
    checked_rows,
    checked_within,
    latest,
)

_KIND = "faiss"

# Up to this many vectors are compared one by one, so that nothing is missed. Twelve queries take about as
# long there as among a hundred thousand in segments (`benchmarks/index_curve.py`).
EXACT_UP_TO = 10_000

# So many segments of one size are merged with the tail into one of the next.
_PEERS = 3


class FaissIndex:
    """A `SnippetIndex` for up to some millions of vectors on one machine, opened in milliseconds."""

    def __init__(self, folder: Path, spec: IndexSpec, exact_up_to: int = EXACT_UP_TO) -> None:
        """Open what is saved in `folder`, or an empty index. Raises IndexUnfitError when it does not fit."""
        self.spec = spec
        self._folder = folder
        self._exact_up_to = exact_up_to
        self._writing = threading.RLock()  # held by whoever changes the index
        self._swapping = threading.Lock()  # held shortly, so that a search sees one state
        self._manifest, (self._segments, self._rows) = opened(folder, _KIND, spec, _loaded)

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """See `SnippetIndex.add`."""
        new, rows = latest(checked_ids(ids), checked_rows(vectors, self.spec.dim))
        with self._writing:
            kept = _without(self._segments, new)
            with self._swapping:
                self._segments = kept
                self._rows.put(new, rows)

    def remove(self, ids: Ids) -> None:
        """See `SnippetIndex.remove`."""
        gone = checked_ids(ids)
        with self._writing:
            kept = _without(self._segments, gone)
            with self._swapping:
                self._segments = kept
                self._rows.drop(gone)

    def search(self, queries: NDArray[np.float32], k: int, within: Ids | None = None) -> Hits:
        """See `SnippetIndex.search`."""
        rows = checked_rows(queries, self.spec.dim)
        only = checked_within(within)
        with self._swapping:
            segments = self._segments
            found = [self._rows.search(rows, checked_k(k), only, to_the_bit=not segments)]
        if not segments:
            return found[0]
        found += [segment.search(rows, k, only) for segment in segments]
        scores, ids = (np.concatenate(part, axis=1) for part in zip(*found, strict=True))
        return best(scores, ids, k)

    def save(self, revision: int) -> None:
        """See `SnippetIndex.save`."""
        with self._writing:
            self._write(revision, self._due() if len(self._rows) > self._exact_up_to else None)

    def compact(self) -> None:
        """See `SnippetIndex.compact`. What fits `exact_up_to` and was never in a segment stays exact."""
        with self._writing:
            tidy = len(self._segments) < 2 and not any(len(segment.removed) for segment in self._segments)
            small = len(self._rows) <= self._exact_up_to
            self._write(self._manifest.revision, None if tidy and small else self._segments)

    def describe(self) -> IndexState:
        """See `SnippetIndex.describe`."""
        with self._swapping:
            segments, tail = self._segments, len(self._rows)
        within = sum(map(len, segments))
        kind = f"{within} in {len(segments)} IVF,SQ8 segments, {tail} exact" if segments else "exact"
        return IndexState(
            kind=kind,
            vectors=within + tail,
            revision=self._manifest.revision,
            error=max((segment.fact.error for segment in segments), default=0.0),
            approximate=bool(segments),
            leftover=sum(len(segment.removed) for segment in segments),
        )

    def _due(self) -> Sequence[Segment]:
        """The segments to merge with the tail now: of each size in turn, once there are enough of it."""
        taken = [segment for segment in self._segments if not len(segment)]
        size = len(self._rows)
        while True:
            peers = [each for each in self._segments if each not in taken and len(each) < 2 * size]
            if len(peers) < _PEERS:
                return taken
            taken += peers
            size += sum(map(len, peers))

    def _write(self, revision: int, merged: Sequence[Segment] | None) -> None:
        """Save; where `merged` is given, with these segments and the tail as one new segment."""
        with writing(self._folder, self._manifest.generation, _KIND, self.spec):
            generation = self._manifest.generation + 1
            segments, rows, files = self._segments, self._rows, dict(self._manifest.files)
            if merged is not None:
                segments, rows = tuple(each for each in segments if each not in merged), Rows(self.spec.dim)
                if len(self._rows) or any(map(len, merged)):
                    name = f"segment-{generation:08}"
                    fact = write_segment(self._folder, name, merged, self._rows, self._segments)
                    files |= {path.name: checksum(path) for path in files_of(self._folder, name)}
                    segments += (Segment.open(self._folder, fact, self.spec.dim),)
            tail = self._folder / f"tail-{generation:08}.npz"
            write_rows(tail, rows, {each.fact.name: each.removed for each in segments})
            named = [path.name for each in segments for path in files_of(self._folder, each.fact.name)]
            written = replace(
                self._manifest,
                revision=revision,
                generation=generation,
                segments=tuple(each.fact for each in segments),
                files={name: files[name] for name in named} | {tail.name: checksum(tail)},
            )
            write_manifest(self._folder, written)
            with self._swapping:
                self._manifest, self._segments, self._rows = written, segments, rows


def _loaded(folder: Path, manifest: Manifest) -> tuple[tuple[Segment, ...], Rows]:
    """The segments and the tail that a manifest names. Raises OSError when one of its files is gone."""
    rows = Rows(manifest.dim)
    removed: dict[str, NDArray[np.int64]] = {}
    for name in manifest.files:
        if name.startswith("tail-"):
            removed = read_rows(folder / name, rows)
    segments = (Segment.open(folder, fact, manifest.dim) for fact in manifest.segments)
    return tuple(segment.without(removed[segment.fact.name]) for segment in segments), rows


def _without(segments: Sequence[Segment], ids: NDArray[np.int64]) -> tuple[Segment, ...]:
    """The segments less `ids`; those that hold none of them are the same objects."""
    wanted = np.unique(ids)
    held = [(segment, segment.holds(wanted)) for segment in segments]
    return tuple(segment.without(found) if len(found) else segment for segment, found in held)
