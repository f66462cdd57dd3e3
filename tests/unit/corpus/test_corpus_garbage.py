"""No garbage is looked for while a corpus is searched, and it is afterwards."""

from __future__ import annotations

import gc

import pytest

from matcher.corpus.garbage import undisturbed


def failing() -> None:
    """Two searches at once, and an error in the first."""
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            assert not gc.isenabled()
        raise KeyError


def test_garbage_is_looked_for_again_afterwards() -> None:
    """Also after an error, and by the first of two searches at once that ends."""
    with pytest.raises(KeyError):
        failing()
    assert gc.isenabled()


def test_who_looks_for_no_garbage_at_all_is_left_alone() -> None:
    """A program that has switched it off finds it off."""
    gc.disable()
    try:
        with undisturbed():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
