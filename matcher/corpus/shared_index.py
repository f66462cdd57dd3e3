"""The index in Milvus, which several processes search and one at a time brings up to the store.

The collection says which corpus revision it is at. Whoever finds it behind takes the turn
(`Store.changes.turn`) and applies what is missing; who cannot have the turn searches what is there. Hits are
looked up in the store before they are shown, so nobody finds what was erased, however far the collection is.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.changed import AT_ONCE, settled
from matcher.corpus.places import MilvusPlace
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.errors import (
    CorpusBusyError,
    CorpusUnavailableError,
    IndexBehindError,
    IndexUnfitError,
)
from matcher.index import IndexSpec, IndexState, MilvusIndex
from matcher.store import Store
from matcher.types.corpus import Change

# How long those wait for another's turn who cannot go on without: an ingestion until it is found, an erasure
# until its vectors are gone, whoever opens until a collection that another begins is there.
_SAVING = 30.0  # seconds
_ERASING = 600.0
_OPENING = 5.0

_TRIES = 5  # of searching, while others compact
_PAUSE = 0.2  # seconds between two of them

BEHIND_REMAINS = (
    "The index in Milvus still holds vectors of what was erased, because Milvus did not answer or another "
    "process was changing the index all the while: they go when the corpus is next searched or changed."
)
MILVUS_REMAINS = (
    "Milvus keeps the files of the collection that was replaced, with the vectors of what was erased, until "
    "its garbage collection (dataCoord.gc: 4 hours by default), and its message log until the end of the "
    "retention that its administrator set (3 days by default); backups of it are yours to delete."
)

Answer = TypeVar("Answer")


class SharedIndex:
    """The index of one tenant under one encoder in Milvus. Several threads may use it.

    It connects when it is first needed. What cannot be reached raises CorpusUnavailableError.
    """

    def __init__(self, store: Store, vectors: CorpusVectors, place: MilvusPlace, folder: Path) -> None:
        """The index at `place`; `folder` is where this machine keeps indexes of the tenant that are files."""
        self._store = store
        self._vectors = vectors
        self._place = place
        self._folder = folder
        self._lock = threading.RLock()
        self._connected: MilvusIndex | None = None
        self._revision = 0

    # ----------------------------------------------------------------- asking

    def search(
        self, queries: NDArray[np.float32], k: int, within: NDArray[np.int64] | None = None
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """`SnippetIndex.search`, of the corpus as it is now."""
        self.catch_up()
        return self._asked(lambda index: index.search(queries, k, within))

    def describe(self) -> IndexState:
        """What the index says of itself."""
        state = self._asked(MilvusIndex.describe)
        return replace(state, kind=f"{state.kind}, {self._name} at {self._place}")

    @property
    def revision(self) -> int:
        """The corpus revision that searches here are of."""
        return self._revision

    # ----------------------------------------------------------------- following

    def catch_up(self) -> None:
        """Apply what changed since, unless others do it already."""
        if self._store.changes.revision() != self._revision:
            self._follow(0.0)

    def save(self) -> None:
        """Bring the index up, waiting for others who do; a server that is away when it is back."""
        try:
            self._follow(_SAVING)
        except CorpusUnavailableError:
            self._connected = None

    def forget(self) -> tuple[str, ...]:
        """After an erasure: apply it, write the collection anew, and say what remains where."""
        for other in self._folder.iterdir() if self._folder.is_dir() else ():
            if other != self._place.folder:
                shutil.rmtree(other, ignore_errors=True)  # of a time before Milvus
        try:
            if not self._follow(_ERASING):
                return (BEHIND_REMAINS,)
            self.drop_others()
        except CorpusUnavailableError:
            self._connected = None
            return (BEHIND_REMAINS,)
        return () if self._place.folder else (MILVUS_REMAINS,)

    def drop_others(self) -> None:
        """Drop the collections of the tenant's other encoders: they are built anew when they are used."""
        self._index.drop_others(self._place.prefix)

    def rebuild(self) -> None:
        """Build the index anew from the store. Others search the old one meanwhile."""
        if not self._follow(_ERASING, anew=True):
            raise CorpusBusyError(
                f"Another process was changing the index for more than {_ERASING:.0f} seconds: try again."
            )

    def close(self) -> None:
        """Let go of the connection: there is nothing to save."""
        self._connected = None

    # ----------------------------------------------------------------- inside

    @property
    def _name(self) -> str:
        encoder = sha256(f"{self._vectors.encoder.dim} {self._vectors.fingerprint}".encode()).hexdigest()
        return self._place.prefix + encoder[:12]

    @property
    def _index(self) -> MilvusIndex:
        with self._lock:
            if self._connected is None:
                # In turn, so that no two begin the same collection.
                with self._store.changes.turn(_OPENING) as ours:
                    self._connected = self._opened(ours)
            return self._connected

    def _opened(self, ours: bool) -> MilvusIndex:
        place, spec = self._place, IndexSpec(self._vectors.encoder.dim, self._vectors.fingerprint)
        where = place.folder or place.uri
        try:
            return MilvusIndex(where, spec, self._name, place.token, place.database)
        except IndexUnfitError:
            if not ours:
                raise
            return MilvusIndex(where, spec, self._name, place.token, place.database, anew=True)

    def _asked(self, ask: Callable[[MilvusIndex], Answer]) -> Answer:
        """What the index answers; where others compacted it meanwhile, the new one."""
        for _ in range(_TRIES):
            try:
                return ask(self._index)
            except IndexBehindError:
                time.sleep(_PAUSE)
                self._look()
                self.catch_up()
        return ask(self._index)

    def _look(self) -> int:
        """The corpus revision that the collection is at."""
        with self._lock:
            try:
                self._index.look()
            except IndexBehindError:
                self._connected = None  # dropped as another encoder's: it begins anew
            self._revision = self._index.revision
            return self._revision

    def _follow(self, patience: float, *, anew: bool = False) -> bool:
        """Bring the index up to the store as it is now, with `anew` from nothing.

        Returns whether it is, after waiting `patience` seconds for others who do.
        """
        wanted = self._store.changes.revision()
        if not anew and self._look() == wanted:
            return True
        with self._lock, self._store.changes.turn(patience) as ours:
            self._look()
            if ours:
                self._bring_up(anew)
            return self._look() >= wanted and (ours or not anew)

    def _bring_up(self, anew: bool) -> None:
        """Until nothing changes any more. After an erasure the index is built anew from the store, which is
        what leaves no vector behind; whoever finds it half done after a crash does it again."""
        changes, index = self._store.changes, self._index
        while (now := changes.revision()) != (at := index.revision) or anew:
            ahead = at > now  # of another past: the store is a restored backup
            if anew or at == 0 or ahead or changes.erased_since(at):
                index.replace(self._parts(), now)
                anew = False
            elif some := changes.since(at, AT_ONCE):
                self._apply(some)
            else:
                index.save(now)  # writes that changed no snippet raise the revision too
        changes.forget(now)

    def _parts(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        for part in self._store.vectors.stream(self._vectors.fingerprint):
            yield np.array(part.ids, dtype=np.int64), as_rows(part.rows, self._vectors.encoder.dim)

    def _apply(self, changes: list[Change]) -> None:
        gone, here = settled(changes)
        if gone:
            self._index.remove(np.array(gone, dtype=np.int64))
        part = self._store.vectors.of_snippets(self._vectors.fingerprint, here)
        if part.ids:
            rows = as_rows(part.rows, self._vectors.encoder.dim)
            self._index.add(np.array(part.ids, dtype=np.int64), rows)
        self._index.save(changes[-1].corpus_revision)
