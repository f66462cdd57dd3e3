"""What erased people and killed processes leave in the files of indexes, whichever encoder these are of.

The revision that an index was saved at says whether somebody was erased since: an erasure that was killed, or
that another machine did, is finished by whoever comes by next.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

import numpy as np

from matcher.errors import (
    CorpusFullError,
    CorpusReadOnlyError,
    CorpusUnavailableError,
    IndexBehindError,
    IndexUnfitError,
)
from matcher.index import IndexSpec, saved_manifest, tidy
from matcher.store import Store

# What keeps a file from being written, and a new one where another process has just done it.
UNWRITABLE = (CorpusFullError, CorpusReadOnlyError, CorpusUnavailableError)

_BUILDING = re.compile(r"([0-9a-f]{12})-([0-9]+)")
_CHANGES = 1_000


def clear_leftovers(store: Store, folder: Path, but: Path | None = None) -> None:
    """Leave in the indexes below `folder`, but for the one at `but`, nothing of who was erased and no file of
    a process that died. Where nothing can be written, all stays for the next who comes."""
    drop_outdone(folder)
    for building in _buildings(folder):
        if building == but:
            continue
        tidy(building)
        with suppress(IndexBehindError, *UNWRITABLE):
            try:
                _purge(store, building)
            except IndexUnfitError:
                shutil.rmtree(building, ignore_errors=True)


def drop_outdone(folder: Path) -> None:
    """Delete the buildings below `folder` that a later one of the same encoder took the place of."""
    buildings = _buildings(folder)
    for building in buildings:
        if any(_outdone(building, other) for other in buildings):
            shutil.rmtree(building, ignore_errors=True)


def is_whole(building: Path) -> bool:
    """Whether the building was saved when all of the store was in it, and is not damaged."""
    try:
        manifest = saved_manifest(building)
    except IndexUnfitError:
        return False
    return manifest is not None and manifest.revision > 0


def _buildings(folder: Path) -> list[Path]:
    every = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in every if path.is_dir() and _BUILDING.fullmatch(path.name)]


def _outdone(building: Path, other: Path) -> bool:
    """Whether `other` is a later building of the same encoder that is whole."""
    mine, theirs = _BUILDING.fullmatch(building.name), _BUILDING.fullmatch(other.name)
    if mine is None or theirs is None or mine[1] != theirs[1] or int(theirs[2]) <= int(mine[2]):
        return False
    return is_whole(other)


def _purge(store: Store, building: Path) -> None:
    """Drop whom the index has to forget from its files. What it has to learn is for who can encode."""
    manifest = saved_manifest(building)
    if manifest is None or not store.changes.erased_since(manifest.revision):
        return
    from matcher.index import FaissIndex

    index = FaissIndex(building, IndexSpec(manifest.dim, manifest.fingerprint))
    before, after = index.describe(), manifest.revision
    while changes := store.changes.since(after, _CHANGES):
        index.remove(np.array([key for change in changes for key in change.removed], dtype=np.int64))
        after = changes[-1].corpus_revision
    if before.leftover or index.describe().vectors < before.vectors:
        index.compact()
