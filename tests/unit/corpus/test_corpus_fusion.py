"""Orders made one by reciprocal rank."""

from __future__ import annotations

import pytest

from matcher.corpus.fusion import first_of_each, fused


def test_ranks_are_added_as_reciprocals_of_sixty_and_the_rank() -> None:
    """Being second and first beats being first and third; both values are those of the formula."""
    order = fused([(1.0, [7, 8, 9]), (1.0, [8, 9, 7])])
    assert [key for key, _ in order] == [8, 7, 9]
    assert dict(order)[8] == pytest.approx(1 / 62 + 1 / 61)
    assert dict(order)[7] == pytest.approx(1 / 61 + 1 / 63)


def test_a_weight_multiplies_and_ties_go_by_id() -> None:
    """An order of weight 3 outvotes two of weight 1; equals stand by their ids."""
    assert [key for key, _ in fused([(3.0, [5]), (1.0, [4]), (1.0, [4])])] == [5, 4]
    assert [key for key, _ in fused([(1.0, [9]), (1.0, [2])])] == [2, 9]
    assert fused([]) == []


def test_the_first_of_each_stays() -> None:
    """Later ones of the same key go."""
    assert first_of_each([3, 1, 3, 2, 1]) == [3, 1, 2]
