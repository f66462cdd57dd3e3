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


def test_what_was_made_meanwhile_counts_as_old() -> None:
    """A look at what is young finds none of it, and a look at everything does."""
    with undisturbed():
        made = [[] for _ in range(5_000)]
    young = {id(each) for each in gc.get_objects(generation=0)}
    assert young.isdisjoint(map(id, made))
    assert not gc.get_freeze_count()
    assert any(each is made[0] for each in gc.get_objects(generation=2))


def test_what_the_program_froze_stays_frozen() -> None:
    """Its objects are not looked at again because a search ended."""
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with undisturbed():
            pass
        assert 0 < gc.get_freeze_count() <= frozen
    finally:
        gc.unfreeze()
