"""What changes of the store mean for an index that follows it."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.types.corpus import Change

# Corpus revisions whose changes are applied together: some ten thousand snippets of a bulk ingest.
AT_ONCE = 20


def settled(changes: Sequence[Change]) -> tuple[list[int], list[int]]:
    """The ids of snippets to remove and to add: of several changes to one the last counts."""
    is_gone: dict[int, bool] = {}
    for change in changes:
        is_gone.update(dict.fromkeys(change.removed, True))
        is_gone.update(dict.fromkeys(change.added, False))
    return [key for key, gone in is_gone.items() if gone], [key for key, gone in is_gone.items() if not gone]
