"""Changing what processes share beside the store: one at a time, and nobody waits for the dead."""

from __future__ import annotations

import time

import pytest
from store_samples import Corpus


def test_a_turn_is_one_openings_until_it_ends_however_it_ends(corpus: Corpus) -> None:
    """Another opening of the tenant is told so, after as long as it would wait; another tenant is free."""
    with corpus.open("a") as one, corpus.open("a") as two, corpus.open("b") as other:
        with one.changes.turn() as ours:
            assert ours
            with two.changes.turn() as theirs, other.changes.turn() as free:
                assert (theirs, free) == (False, True)
            started = time.monotonic()
            with two.changes.turn(0.3) as theirs:
                assert not theirs
            assert time.monotonic() - started >= 0.3
        with pytest.raises(KeyError), two.changes.turn():
            raise KeyError
        with one.changes.turn() as ours:
            assert ours
