"""What matching makes ready of resumes, kept up to the rules in use."""

from __future__ import annotations

from matcher.matching import prepare, prepared_bytes, prepared_start
from matcher.store import Store

_AT_ONCE = 64  # resumes prepared in one transaction


def unprepared(store: Store, limit: int) -> int:
    """How many newest resumes are not prepared, or by other rules than those in use: `limit` at most."""
    return len(store.features.outdated(prepared_start(), limit))


def prepare_again(store: Store) -> int:
    """Prepare them; returns how many. Some at a time: others write in between, and who is killed goes on."""
    prepared, after = 0, -1
    while ids := store.features.outdated(prepared_start(), _AT_ONCE, after):
        stored = store.resumes.read(ids)
        prepared += store.features.keep(
            {revision: prepared_bytes(prepare(item.resume)) for revision, item in stored.items()}
        )
        after = ids[-1]
    return prepared
