"""The exact index: all similarities, sorted. Simple enough to be the oracle of the others."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import IndexUnfitError
from matcher.index.files import Manifest, checksum, opened, sync, write_manifest, writing
from matcher.index.rows import Rows
from matcher.index.snippets import (
    Hits,
    Ids,
    IndexSpec,
    IndexState,
    checked_ids,
    checked_k,
    checked_rows,
    checked_within,
    latest,
)

_KIND = "exact"


class ExactIndex:
    """A `SnippetIndex` that keeps its vectors in memory and, once saved, in one file of its folder."""

    def __init__(self, folder: Path, spec: IndexSpec) -> None:
        """Open what is saved in `folder`, or an empty index. Raises IndexUnfitError when it does not fit."""
        self.spec = spec
        self._folder = folder
        self._lock = threading.RLock()
        self._manifest, self._rows = opened(folder, _KIND, spec, _loaded)

    def add(self, ids: Ids, vectors: NDArray[np.float32]) -> None:
        """See `SnippetIndex.add`."""
        new, rows = latest(checked_ids(ids), checked_rows(vectors, self.spec.dim))
        with self._lock:
            self._rows.put(new, rows)

    def remove(self, ids: Ids) -> None:
        """See `SnippetIndex.remove`."""
        with self._lock:
            self._rows.drop(checked_ids(ids))

    def search(self, queries: NDArray[np.float32], k: int, within: Ids | None = None) -> Hits:
        """See `SnippetIndex.search`."""
        rows = checked_rows(queries, self.spec.dim)
        only = checked_within(within)
        with self._lock:
            return self._rows.search(rows, checked_k(k), only)

    def save(self, revision: int) -> None:
        """See `SnippetIndex.save`."""
        with self._lock, writing(self._folder, self._manifest.generation, _KIND, self.spec):
            generation = self._manifest.generation + 1
            path = self._folder / f"rows-{generation:08}.npz"
            write_rows(path, self._rows)
            files = {path.name: checksum(path)}
            written = replace(self._manifest, revision=revision, generation=generation, files=files)
            write_manifest(self._folder, written)
            self._manifest = written

    def compact(self) -> None:
        """See `SnippetIndex.compact`: what is saved never holds more than what is stored."""
        self.save(self._manifest.revision)

    def describe(self) -> IndexState:
        """See `SnippetIndex.describe`."""
        return IndexState("exact", len(self._rows), self._manifest.revision, 0.0, False, 0)


def _loaded(folder: Path, manifest: Manifest) -> Rows:
    rows = Rows(manifest.dim)
    for name in manifest.files:
        read_rows(folder / name, rows)
    return rows


def write_rows(path: Path, rows: Rows, more: Mapping[str, NDArray[np.int64]] = MappingProxyType({})) -> None:
    """Write NumPy's .npz with the arrays `ids` and `vectors`, little-endian, and `more`."""
    with path.open("wb") as file:
        arrays: dict[str, NDArray[Any]] = {
            **more,
            "ids": rows.ids.astype("<i8"),
            "vectors": rows.vectors.astype("<f4"),
        }
        np.savez(file, allow_pickle=False, **arrays)
    sync(path)


def read_rows(path: Path, rows: Rows) -> dict[str, NDArray[np.int64]]:
    """Put the rows of a file into `rows`; the other arrays by their names. Raises IndexUnfitError."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            rows.put(stored["ids"], stored["vectors"])
            return {name: stored[name] for name in stored.files if name not in ("ids", "vectors")}
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise IndexUnfitError(f"{path} cannot be read: rebuild the index.") from error
