"""How much a corpus holds, and bringing all of it up to this version and this encoder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matcher.corpus.features import prepare_again
from matcher.corpus.following import FollowingIndex
from matcher.corpus.outlines import CorpusOutlines
from matcher.corpus.places import shown
from matcher.corpus.reparsing import parse_again
from matcher.corpus.vectors import CorpusVectors
from matcher.service import Matcher
from matcher.store import Store
from matcher.types.found import CorpusState, Reindexed


def state_of(where: str | Path, store: Store, vectors: CorpusVectors, index: FollowingIndex) -> CorpusState:
    """How much there is, and how it is searched."""
    index.catch_up()
    described = index.describe()
    return CorpusState(
        where=shown(where),
        tenant=store.tenant,
        stats=store.stats(),
        encoder=vectors.fingerprint,
        unencoded=bool(store.vectors.unencoded(vectors.fingerprint, 1)),
        index=described.kind,
        indexed=described.vectors,
        index_revision=index.revision,
        index_error=described.error,
    )


def brought_up(
    matcher: Matcher,
    store: Store,
    vectors: CorpusVectors,
    index: FollowingIndex,
    drop_others: bool,
    progress: Callable[[int], None] | None,
) -> Reindexed:
    """Read anew what another version read, prepare what other rules did, encode what has no vector, and build
    anew what is derived.

    With `drop_others` the vectors and the indexes of all other encoders go, which who uses one has to encode
    again.
    """
    parsed, rejected = parse_again(matcher, store, vectors, progress)
    prepare_again(store)
    CorpusOutlines(store).now()  # makes and keeps those that are missing
    encoded = vectors.encode_missing()
    store.revision_vectors.mend(vectors.fingerprint)
    index.rebuild()
    dropped = 0
    if drop_others:
        others = set(store.stats().vectors) - {vectors.fingerprint}
        dropped = sum(store.vectors.drop(fingerprint) for fingerprint in sorted(others))
        index.drop_others()
    return Reindexed(
        parsed=parsed,
        rejected=rejected,
        encoded=encoded,
        dropped=dropped,
        indexed=index.describe().vectors,
        vectors=store.stats().vectors,
    )
