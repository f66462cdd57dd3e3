"""How long snippets are, as ranking by words asks of thousands at once: a row for each newest revision, and
the rows of a tenant in memory, two bytes a snippet. They repeat what the snippets say, and come and go with
them."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from matcher.store.changes import erased_since
from matcher.store.database import Work, parts
from matcher.store.schema import belongs, key_column, metadata
from matcher.store.tenancy import prepared
from matcher.types.corpus import SNIPPET_BITS

snippet_lengths = sa.Table(
    "snippet_lengths",
    metadata,
    key_column("tenant"),
    sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("characters", sa.LargeBinary, nullable=False),  # 16 bits a snippet, by ordinal
    belongs(["revision"], "revisions", ["id"]),
)

_DTYPE = np.dtype("<u2")
_LONGEST = int(np.iinfo(_DTYPE).max)  # what is longer counts as this: it is no sentence any more

_BEHIND = prepared(
    sa.select(snippet_lengths.c.revision, snippet_lengths.c.characters)
    .where(snippet_lengths.c.revision > sa.bindparam("last"))
    .order_by(snippet_lengths.c.revision)
)

_NONE = np.empty(0, np.int64)


class _Known(NamedTuple):
    """What is in memory as of a corpus revision: the lengths of snippets, one revision behind the other, and
    for each number up to that of the last revision where its own begin, -1 for none."""

    corpus_revision: int = -1
    starts: NDArray[np.int64] = _NONE
    characters: NDArray[np.uint16] = np.empty(0, np.uint16)


class Lengths:
    """The lengths of a tenant's snippets. Several threads may use it.

    A revision's snippets never change, a new revision has a higher number than all before, and one that is
    searched no longer never is again: so only what is new is read. Who was erased is dropped at the next use.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = _Known()

    def of(self, work: Work, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The characters of the masked text of each of these snippets; -1 for those that are not this
        tenant's. They are snippets that are searched in the moment of the transaction."""
        known = self._at(work)
        numbers = ids >> SNIPPET_BITS
        found = np.full(len(ids), -1, np.int64)
        near = np.flatnonzero(numbers < len(known.starts))
        starts = known.starts[numbers[near]]
        own, starts = near[starts >= 0], starts[starts >= 0]
        found[own] = known.characters[starts + (ids[own] & ((1 << SNIPPET_BITS) - 1))]
        return found

    def _at(self, work: Work) -> _Known:
        """What is in memory, read on to the transaction's moment. It may be of a later one: nothing that is
        searched is missing from it but what was erased since."""
        now = work.revision()
        if now <= self._known.corpus_revision:
            return self._known
        with self._lock:
            known = self._known
            if now > known.corpus_revision:
                if known.corpus_revision >= 0 and erased_since(work, known.corpus_revision):
                    known = _Known()
                known = self._known = _read_on(work, known, now)
            return known


def insert_lengths(work: Work, revision: int, texts: Iterable[str]) -> None:
    """Write how long the masked texts of a revision's snippets are, in their order."""
    work.insert(snippet_lengths, [{"revision": revision, "characters": packed(map(len, texts))}])


def drop_lengths(work: Work, ids: Iterable[int]) -> None:
    """Delete those of the revisions."""
    for part in parts(ids):
        work.change(sa.delete(snippet_lengths).where(snippet_lengths.c.revision.in_(part)))


def packed(characters: Iterable[int]) -> bytes:
    """Lengths as they are kept."""
    return np.fromiter((min(each, _LONGEST) for each in characters), _DTYPE).tobytes()


def _read_on(work: Work, known: _Known, now: int) -> _Known:
    """What is known with that of the revisions behind its last, as of `now`."""
    rows: Sequence[sa.Row[tuple[int, bytes]]] = work.rows(_BEHIND, {"last": len(known.starts) - 1})
    if not rows:
        return known._replace(corpus_revision=now)
    starts = np.full(rows[-1].revision + 1, -1, np.int64)
    starts[: len(known.starts)] = known.starts
    sizes = np.array([len(row.characters) for row in rows]) // _DTYPE.itemsize
    starts[[row.revision for row in rows]] = len(known.characters) + np.cumsum(sizes) - sizes
    new = np.frombuffer(b"".join(row.characters for row in rows), _DTYPE).astype(np.uint16, copy=False)
    return _Known(now, starts, np.concatenate([known.characters, new]))
