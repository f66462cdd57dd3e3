"""Orders made one by reciprocal rank."""

from __future__ import annotations

import pytest

from matcher.corpus.fusion import first_of_each, fused


def test_ranks_are_added_as_reciprocals_of_sixty_and_the_rank() -> None:
    """Being second and first beats being first and third; both values are those of the formula."""
    order = fused([7, 8, 9], [8, 9, 7])
    assert [key for key, _ in order] == [8, 7, 9]
    assert dict(order)[8] == pytest.approx(1 / 62 + 1 / 61)
    assert dict(order)[7] == pytest.approx(1 / 61 + 1 / 63)


def test_ties_go_by_id() -> None:
    """Equals stand by their ids, whichever order is given first."""
    assert [key for key, _ in fused([9], [2])] == [2, 9]
    assert fused([9, 2, 4], [2, 3]) == fused([2, 3], [9, 2, 4])
    assert fused([], []) == []


def test_the_first_of_each_stays() -> None:
    """Later ones of the same key go."""
    assert first_of_each([3, 1, 3, 2, 1]) == [3, 1, 2]
