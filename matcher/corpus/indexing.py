"""The index that follows the store: opened, brought up by the changes, saved, built anew where it is unfit.

Each building has a folder of its own, `<start of the fingerprint>-<number>`, and the highest number counts:
whoever still has an older one open finds what it holds until it opens the new one, and cannot save over it.
What this process knows of changes since the last save lives in memory; nobody has to wait for a save.
"""

from __future__ import annotations

import re
import shutil
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.changed import AT_ONCE, settled
from matcher.corpus.leftovers import UNWRITABLE, clear_leftovers, drop_outdone, is_whole
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.errors import (
    CorpusError,
    CorpusFullError,
    CorpusReadOnlyError,
    IndexBehindError,
    IndexUnfitError,
)
from matcher.index import FaissIndex, IndexSpec, IndexState, SnippetIndex
from matcher.store import Store

INDEX_REMAINS = (
    "The index of the corpus could not be written, because the disk is full or read-only, and holds encoded "
    "vectors of what was erased until the corpus is opened where it can be; no search finds them."
)

# Vectors added since the last save that are kept in memory: 1.5 kB each.
_UNSAVED = 20_000

_TRIES = 20  # of saving, while other processes save


class CorpusIndex:
    """The index of one tenant under one encoder. Several threads may search and change it."""

    def __init__(self, store: Store, vectors: CorpusVectors, folder: Path, anew: bool = False) -> None:
        """Open the index below `folder` and bring it up to the store, building it where it does not fit.

        `anew` builds it in any case.
        """
        self._store = store
        self._vectors = vectors
        self._folder = folder
        self._path: Path
        self._lock = threading.RLock()
        self._unsaved = 0
        self._dirty = False
        self._erased = False  # whether what was removed has to leave the files too
        self._forgetting: threading.Thread | None = None
        self._index, self._revision = self._begun() if anew else self._opened()
        self._follow()

    # ----------------------------------------------------------------- asking

    def search(
        self, queries: NDArray[np.float32], k: int, within: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """`SnippetIndex.search`, of the corpus as it is now."""
        self.catch_up()
        asked = self._index
        try:
            return asked.search(queries, k, within)
        except IndexUnfitError:  # damaged where it is not looked at when it is opened
            with self._lock:
                if self._index is asked:
                    self._index, self._revision = self._begun()
                    self._follow()
                    self._save_if_possible()
            return self._index.search(queries, k, within)

    def describe(self) -> IndexState:
        """What the index says of itself. Its `revision` is that of the last save."""
        return self._index.describe()

    @property
    def revision(self) -> int:
        """The corpus revision that searches here are of."""
        return self._revision

    # ----------------------------------------------------------------- following

    def catch_up(self) -> None:
        """Apply what changed since. A disk that is full or read-only keeps nobody from searching."""
        if self._store.changes.revision() == self._revision:
            return
        with self._lock:
            self._bring_up()
            if self._erased and (self._forgetting is None or not self._forgetting.is_alive()):
                self._forgetting = threading.Thread(target=self._finish_erasure, name="matcher-forget")
                self._forgetting.start()

    def save(self) -> None:
        """Bring the index up and make that last. Raises CorpusFullError, CorpusReadOnlyError."""
        with self._lock:
            self._bring_up()
            self._saved()

    def forget(self) -> tuple[str, ...]:
        """After an erasure: apply it, and leave no byte of what was removed in any file of any index.

        Returns what remains where the disk is full or read-only.
        """
        with self._lock:
            self._bring_up()
            try:
                # The others first: that this one was not saved since says that there is something to do.
                clear_leftovers(self._store, self._folder, self._path)
                self._saved()
            except UNWRITABLE:
                return (INDEX_REMAINS,)
        return ()

    def _finish_erasure(self) -> None:
        """The same after an erasure by somebody else, who may be dead, or on another machine."""
        with suppress(CorpusError), self._lock:  # after an error the next who looks tries again
            if self._erased:
                self.forget()

    def drop_others(self) -> None:
        """Delete the indexes of other encoders: they are built anew when they are used."""
        for other in self._folder.iterdir() if self._folder.is_dir() else ():
            if other != self._path and other.is_dir():
                shutil.rmtree(other, ignore_errors=True)

    def rebuild(self) -> None:
        """Build the index anew, as one segment. Everybody searches the old one until the new one is saved."""
        fresh = CorpusIndex(self._store, self._vectors, self._folder, anew=True)
        try:
            fresh._saved(compact=True)
        except UNWRITABLE:
            shutil.rmtree(fresh._path, ignore_errors=True)
            raise
        with self._lock:
            self._index, self._revision, self._path = fresh._index, fresh._revision, fresh._path
            self._unsaved, self._dirty = 0, False
            self._bring_up()

    def close(self) -> None:
        """Save what is not saved, where that is possible."""
        if self._forgetting is not None:
            self._forgetting.join()
        with self._lock:
            if self._dirty:
                self._save_if_possible()

    # ----------------------------------------------------------------- inside

    def _bring_up(self) -> None:
        if _number(self._newest()) > _number(self._path):
            self._index, self._revision = self._opened()
        self._follow()
        if self._unsaved > _UNSAVED:
            self._save_if_possible()

    def _follow(self) -> None:
        """Apply the changes since `_revision`; where some of them are forgotten, build anew."""
        try:
            self._apply()
        except IndexUnfitError:
            self._index, self._revision = self._begun()
            self._apply()

    def _apply(self) -> None:
        if self._revision == 0 and self._index.describe().vectors == 0:
            self._fill()
        before = self._revision
        while changes := self._store.changes.since(self._revision, AT_ONCE):
            gone, here = settled(changes)
            if gone:
                self._index.remove(np.array(gone, dtype=np.int64))
                self._dirty = True
            self._add(here)
            self._revision = changes[-1].corpus_revision
        # Writes that changed no snippet raise the revision too; what came meanwhile is seen at the next look.
        self._revision = max(self._revision, self._quiet_revision())
        self._erased |= self._store.changes.erased_since(before)

    def _quiet_revision(self) -> int:
        """A corpus revision up to which there are no changes left to apply."""
        now = self._store.changes.revision()
        return now if not self._store.changes.since(self._revision, 1) else self._revision

    def _fill(self) -> None:
        """All vectors of one moment: quicker than all changes from the first."""
        before = self._store.changes.revision()
        for part in self._store.vectors.stream(self._vectors.fingerprint):
            self._put(part.ids, part.rows)
            if self._unsaved > _UNSAVED:
                self._save_if_possible()
        self._revision = before

    def _add(self, ids: list[int]) -> None:
        part = self._store.vectors.of_snippets(self._vectors.fingerprint, ids)
        self._put(part.ids, part.rows)

    def _put(self, ids: tuple[int, ...], rows: bytes) -> None:
        if ids:
            self._index.add(np.array(ids, dtype=np.int64), as_rows(rows, self._vectors.encoder.dim))
            self._unsaved += len(ids)
            self._dirty = True

    def _saved(self, *, compact: bool = False) -> None:
        """Save; where another process has meanwhile, open what it saved and apply the rest to that."""
        for _ in range(_TRIES):
            try:
                if compact or self._erased:
                    # Compacted first: an index that is killed before it is saved applies the removal again.
                    self._index.compact()
                self._index.save(self._revision)
            except IndexBehindError:
                self._index, self._revision = self._opened()
                self._follow()
                continue
            except IndexUnfitError:
                self._index, self._revision = self._begun()
                self._follow()
                continue
            self._unsaved, self._dirty, self._erased = 0, False, False
            drop_outdone(self._folder)
            with suppress(CorpusError):  # full or read-only: they are forgotten after another save
                self._store.changes.forget(self._revision)
            return
        raise CorpusError(
            f"The index of the corpus was saved by others {_TRIES} times while this process tried: try again."
        )

    def _save_if_possible(self) -> None:
        try:
            self._saved()
        except (CorpusFullError, CorpusReadOnlyError):
            self._unsaved = 0  # it stays in memory; the next try is after as many again

    # ----------------------------------------------------------------- folders

    @property
    def _spec(self) -> IndexSpec:
        return IndexSpec(self._vectors.encoder.dim, self._vectors.fingerprint)

    def _opened(self) -> tuple[SnippetIndex, int]:
        """The newest building, or an empty one where that does not fit, with the revision it is at."""
        self._path = self._newest()
        try:
            index = FaissIndex(self._path, self._spec)
            return index, self._fitting(index)
        except IndexUnfitError:
            return self._begun()

    def _fitting(self, index: SnippetIndex) -> int:
        """The revision of an index; one that is ahead of the store is of another past: a restored backup."""
        revision = index.describe().revision
        if revision > self._store.changes.revision():
            raise IndexUnfitError("The index is ahead of the corpus: rebuild it.")
        return revision

    def _begun(self) -> tuple[SnippetIndex, int]:
        """An empty building, behind all others, which go once it was saved."""
        last = max(map(_number, self._buildings()), default=0)
        self._path = self._folder / f"{self._stem}-{last + 1}"
        self._unsaved, self._dirty = 0, True
        with suppress(OSError):  # a corpus that cannot be written is searched in memory
            self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return FaissIndex(self._path, self._spec), 0

    @property
    def _stem(self) -> str:
        return sha256(self._vectors.fingerprint.encode()).hexdigest()[:12]

    def _buildings(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if re.fullmatch(rf"{self._stem}-[0-9]+", path.name)]

    def _newest(self) -> Path:
        """The newest building that is not under way."""
        whole = [path for path in self._buildings() if is_whole(path)]
        return max(whole, key=_number, default=self._folder / f"{self._stem}-1")


def _number(path: Path) -> int:
    return int(path.name.rpartition("-")[2])
