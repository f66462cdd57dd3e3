"""The outlines of everybody who is searched, in memory: read once, and followed from search to search."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress

from matcher.errors import CorpusFullError, CorpusReadOnlyError, OldFeaturesError
from matcher.matching import (
    Outline,
    Outlines,
    Prepared,
    outline,
    outline_bytes,
    outline_from,
    prepare,
    prepared_from,
)
from matcher.store import Store, StoredResume

_AT_ONCE = 64  # resumes of which outlines are made in one transaction


class CorpusOutlines:
    """The outlines of a corpus. Several threads may use it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._outlines = Outlines.of({})
        self._revision = -1  # the corpus revision that they are of

    def now(self) -> tuple[Outlines, int]:
        """Those of the newest revisions of this moment, by the revisions' ids, and the corpus revision."""
        with self._lock:
            now = self._store.changes.revision()
            if now != self._revision:
                self._follow(self._store.resumes.select())
                self._revision = now
            return self._outlines, now

    def forget(self) -> None:
        """Let go of all of them."""
        with self._lock:
            self._outlines, self._revision = Outlines.of({}), -1

    def _follow(self, wanted: list[int]) -> None:
        """Bring the outlines to these revisions: read on, or anew where somebody is gone."""
        known = self._outlines.keys.tolist()
        if wanted[: len(known)] != known:
            self._outlines, known = Outlines.of({}), []
        if missing := wanted[len(known) :]:
            new = Outlines.of(self._read(missing))
            self._outlines = self._outlines.joined(new) if known else new

    def _read(self, revisions: list[int]) -> Mapping[int, Outline]:
        """The outlines of revisions; what is not kept, or was made by other rules, is made."""
        found: dict[int, Outline] = {}
        missing = set(revisions)
        for revision, data in self._store.outlines.read(revisions).items():
            made = outline_from(data)
            if made is not None:
                found[revision] = made
                missing.remove(revision)
        bare = sorted(missing)
        for start in range(0, len(bare), _AT_ONCE):
            stored = self._store.resumes.read(bare[start : start + _AT_ONCE])
            made_now = {key: outline_of(item) for key, item in stored.items()}
            with suppress(CorpusFullError, CorpusReadOnlyError):  # made again by whoever opens it next
                self._store.outlines.keep({key: outline_bytes(made) for key, made in made_now.items()})
            found |= made_now
        return found


def outline_of(stored: StoredResume) -> Outline:
    """The outline of a stored resume."""
    return outline(stored.resume, prepared_of(stored), stored.received.date())


def prepared_of(stored: StoredResume) -> Prepared:
    """What was made ready at ingest; made now where it was not, or by other rules than these."""
    if stored.features is not None:
        try:
            return prepared_from(stored.features)
        except OldFeaturesError:
            pass  # `matcher reindex` makes them anew
    return prepare(stored.resume)
