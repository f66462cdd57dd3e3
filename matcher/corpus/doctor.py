"""Whether store and index are whole and agree, and what to do where they do not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher import __version__
from matcher.corpus.features import unprepared
from matcher.corpus.following import FollowingIndex
from matcher.corpus.vectors import CorpusVectors, as_rows
from matcher.store import Store
from matcher.types.found import Problem

# Snippets that are looked up in the index by their own vectors, spread over all.
_PROBES = 500

_PAGE = 10_000

_REINDEX = "Run `matcher reindex`."
_BACKUP = "Restore a backup. Where there is none, export, and import that into a new corpus."


def examined(store: Store, vectors: CorpusVectors, index: FollowingIndex) -> list[Problem]:
    """What is wrong with the store, with the vectors, and between them and the index."""
    found = [Problem(what, _cure(what)) for what in store.problems()]
    bare = _unencoded(store, vectors)
    if bare:
        found.append(Problem(f"{bare} snippets have no vector under the encoder in use.", _REINDEX))
    old = len(store.resumes.outdated(__version__, _PAGE))
    if old:
        many = f"{old} or more" if old == _PAGE else str(old)
        found.append(
            Problem(
                f"{many} resumes were parsed by another version than {__version__}.",
                _REINDEX,
            )
        )
    unready = unprepared(store, _PAGE)
    if unready:
        many = f"{unready} or more" if unready == _PAGE else str(unready)
        what = f"{many} resumes were prepared by other rules than those in use: searching by role is slow."
        found.append(Problem(what, _REINDEX, harmless=True))
    apart = store.revision_vectors.differing(vectors.fingerprint)
    if apart:
        found.append(Problem(f"Of {apart} resumes the vectors are not kept together as they are.", _REINDEX))
    others = {name: number for name, number in store.stats().vectors.items() if name != vectors.fingerprint}
    for name, number in sorted(others.items()):
        what = f"{number} vectors are of another model, {name}."
        found.append(Problem(what, "Run `matcher reindex --drop-others` if nobody uses it.", harmless=True))
    index.catch_up()
    expected, indexed = store.stats().snippets - bare, index.describe().vectors
    if expected != indexed:
        found.append(Problem(f"The index holds {indexed} vectors; the store has {expected}.", _REINDEX))
    tried, missed = _missed(store, vectors, index)
    if missed:
        found.append(Problem(f"Of {tried} snippets tried the index misses {missed}.", _REINDEX))
    return found


def _cure(what: str) -> str:
    if "erasures" in what:
        return "Close other programs that use the corpus and open it again: that overwrites them."
    return _REINDEX if "without a vector" in what else _BACKUP


def _unencoded(store: Store, vectors: CorpusVectors) -> int:
    number, after = 0, -1
    while bare := store.vectors.unencoded(vectors.fingerprint, _PAGE, after):
        number += len(bare)
        after = max(bare)
    return number


def _missed(store: Store, vectors: CorpusVectors, index: FollowingIndex) -> tuple[int, int]:
    """How many probes there are, and how many of them the index has not, or with another vector."""
    kept = store.vectors.of_snippets(vectors.fingerprint, list(_probes(store)))
    rows = as_rows(kept.rows, vectors.encoder.dim)
    missed = 0
    for key, row in zip(kept.ids, rows, strict=True):
        scores, ids = index.search(row[np.newaxis], 1, np.array([key], dtype=np.int64))
        near = abs(float(scores[0, 0]) - 1) <= index.describe().error + 1e-3
        missed += int(ids[0, 0]) != key or not near
    return len(kept.ids), missed


def _probes(store: Store) -> Iterator[int]:
    ranges = [part for part in store.resumes.snippet_ids() if part]
    step = max(1, len(ranges) // _PROBES)
    for number, part in enumerate(ranges[::step][:_PROBES]):
        yield part[number % len(part)]
